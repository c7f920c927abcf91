import { cellKey } from './cell-code.ts'
import type { CellEdges } from './cell-code.ts'
import { loadTable } from './table.ts'
import type { Dataset, Table } from './table.ts'

/** Which image data set an accuracy is for. */
export interface TaskOptions {
  /** Default `cifar10`. */
  readonly dataset?: Dataset
}

/**
 * The reward of a cell: its validation accuracy after 200 epochs of training, in percent, looked up in the table.
 * The first call loads the table.
 */
export function evaluate(cell: CellEdges, { dataset = 'cifar10' }: TaskOptions = {}): number {
  return valueAt(table().validation[dataset], cellKey(cell))
}

/**
 * The test accuracy of a cell after 200 epochs, in percent. It says what a search was worth and must not steer one: ask
 * for it once, for the cell that was best on validation.
 */
export function testAccuracy(cell: CellEdges, { dataset = 'cifar10' }: TaskOptions = {}): number {
  return valueAt(table().test[dataset], cellKey(cell))
}

/** The place of a cell among all 15,625 by validation accuracy, from 1; cells with the same accuracy share a place. */
export function rank(cell: CellEdges, { dataset = 'cifar10' }: TaskOptions = {}): number {
  const accuracy = evaluate(cell, { dataset })
  const ascending = ascendingOf(dataset)
  // The first position whose accuracy is greater: all from there on are better.
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (valueAt(ascending, middle) > accuracy) high = middle
    else low = middle + 1
  }
  return ascending.length - low + 1
}

/** How much validation accuracy a cell lacks to the best cell of the table, in percentage points; 0 for the best. */
export function regret(cell: CellEdges, { dataset = 'cifar10' }: TaskOptions = {}): number {
  return optimum({ dataset }) - evaluate(cell, { dataset })
}

/** The best validation accuracy in the table, in percent. */
export function optimum({ dataset = 'cifar10' }: TaskOptions = {}): number {
  const ascending = ascendingOf(dataset)
  return valueAt(ascending, ascending.length - 1)
}

/** What the CIFAR-10 network of a cell costs. */
export function networkSize(cell: CellEdges): { readonly parameters: number; readonly multiplyAdds: number } {
  const key = cellKey(cell)
  return { parameters: valueAt(table().parameters, key), multiplyAdds: valueAt(table().multiplyAdds, key) }
}

let loaded: Table | undefined
const sorted = new Map<Dataset, Float64Array>()

/** The table never changes, so one copy serves the process. */
function table(): Table {
  loaded ??= loadTable()
  return loaded
}

function ascendingOf(dataset: Dataset): Float64Array {
  let ascending = sorted.get(dataset)
  if (ascending === undefined) {
    ascending = table().validation[dataset].toSorted()
    sorted.set(dataset, ascending)
  }
  return ascending
}

function valueAt(values: Float64Array, index: number): number {
  const value = values[index]
  if (value === undefined) throw new RangeError(`table: expected a row in [0, ${values.length}), got ${index}`)
  return value
}
