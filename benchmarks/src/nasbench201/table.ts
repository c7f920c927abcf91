import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { CELL_COUNT, EDGES, OPERATIONS } from './cell-code.ts'

/** The image data sets each cell was trained on. */
export const DATASETS = ['cifar10', 'cifar100', 'imagenet16-120'] as const

/** One of the three image data sets. */
export type Dataset = (typeof DATASETS)[number]

/**
 * The NAS-Bench-201 table in memory. Every array has 15,625 entries and is addressed by the number of the cell
 * (`cellKey`). Accuracies are in percent after 200 epochs.
 */
export interface Table {
  /** Validation accuracy, the mean over the training seeds present. This is what a search may see. */
  readonly validation: Readonly<Record<Dataset, Float64Array>>
  /** Test accuracy, the mean over the seeds. For the report after a search, never for its reward. */
  readonly test: Readonly<Record<Dataset, Float64Array>>
  /** Trainable parameters of the CIFAR-10 network. */
  readonly parameters: Float64Array
  /** Multiply-adds of the CIFAR-10 network for one image. */
  readonly multiplyAdds: Float64Array
}

/** The table could not be read: the file is missing, is not gzip, or does not hold what it should. */
export class TableError extends Error {
  override readonly name = 'TableError'
  /** Where: the file, and the line and column of it where one is at fault. */
  readonly path: string
  readonly expected: string
  readonly got: string

  constructor(path: string, expected: string, got: string, options?: ErrorOptions) {
    super(`${path}: expected ${expected}, got ${got}; restore datasets/nasbench201 from the repository`, options)
    this.path = path
    this.expected = expected
    this.got = got
  }
}

/** The table that comes with the project. */
export const TABLE_FILE = fileURLToPath(new URL('../../../datasets/nasbench201/nb201_15625.csv.gz', import.meta.url))

/**
 * Reads the table into typed arrays; about 50 ms.
 *
 * @param file - a gzipped CSV file with the columns of datasets/nasbench201/README.md, in any order
 * @throws TableError when the file is missing, damaged, or has another shape than 15,625 distinct cells
 */
export function loadTable(file: string = TABLE_FILE): Table {
  return parseTable(unpack(file), file)
}

function unpack(file: string): Buffer {
  let packed: Buffer
  try {
    packed = readFileSync(file)
  } catch (cause) {
    throw new TableError(file, 'a readable file', `'${messageOf(cause)}'`, { cause })
  }
  try {
    return gunzipSync(packed)
  } catch (cause) {
    throw new TableError(file, 'gzip data', `'${messageOf(cause)}'`, { cause })
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

const COMMA = 0x2c
const NEWLINE = 0x0a
const POINT = 0x2e
const ZERO = 0x30

/** Accuracies have at most four decimals: as multiples of this unit their sums are exact, so that ties are ties. */
const UNITS_PER_PERCENT = 10_000

/** The short names of the data sets in the header, in the order of `DATASETS`. */
const SHORT_NAMES = ['c10', 'c100', 'in16'] as const

/** Where a column of the file goes; a column that nobody reads has none. */
type Column =
  | { readonly kind: 'ops' }
  | { readonly kind: 'validation'; readonly dataset: number }
  | { readonly kind: 'test'; readonly dataset: number }
  | { readonly kind: 'parameters' }
  | { readonly kind: 'multiplyAdds' }

const COLUMNS: ReadonlyMap<string, Column> = new Map<string, Column>([
  ['ops', { kind: 'ops' }],
  ...SHORT_NAMES.flatMap((short, dataset): [string, Column][] => [
    ...[0, 1, 2].map((seed): [string, Column] => [`val200_${short}_${seed}`, { kind: 'validation', dataset }]),
    [`test200_${short}`, { kind: 'test', dataset }],
  ]),
  ['params', { kind: 'parameters' }],
  ['flops', { kind: 'multiplyAdds' }],
])

/**
 * Parses the unpacked bytes in one pass, number by number, without making a string of any of the 340,000 fields: that
 * is what keeps the load a small part of a search of a few seconds.
 */
function parseTable(bytes: Uint8Array, file: string): Table {
  const headerEnd = bytes.indexOf(NEWLINE)
  const header = new TextDecoder().decode(bytes.subarray(0, Math.max(headerEnd, 0))).split(',')
  for (const name of COLUMNS.keys()) {
    const count = header.filter((title) => title === name).length
    if (count !== 1) throw new TableError(`${file}:1`, `one column '${name}' in the header line`, `${count} of them`)
  }
  const columns = header.map((title) => COLUMNS.get(title))

  const validation = DATASETS.map(() => new Float64Array(CELL_COUNT))
  const test = DATASETS.map(() => new Float64Array(CELL_COUNT))
  const parameters = new Float64Array(CELL_COUNT)
  const multiplyAdds = new Float64Array(CELL_COUNT)
  const seen = new Uint8Array(CELL_COUNT)

  const sums = DATASETS.map(() => 0)
  const counts = DATASETS.map(() => 0)
  const testUnits = DATASETS.map(() => 0)
  let rows = 0
  let at = headerEnd + 1
  while (at < bytes.length) {
    rows += 1
    if (rows > CELL_COUNT) break
    let key = -1
    let rowParameters = 0
    let rowMultiplyAdds = 0
    sums.fill(0)
    counts.fill(0)

    for (let index = 0; index < columns.length; index += 1) {
      const start = at
      while (at < bytes.length && bytes[at] !== COMMA && bytes[at] !== NEWLINE) at += 1
      const last = index === columns.length - 1
      if (bytes[at] !== (last ? NEWLINE : COMMA)) {
        throw fault(index, last ? 'the end of the line' : 'a comma after the field', nameOf(bytes, at))
      }
      const column = columns[index]
      switch (column?.kind) {
        case undefined:
          break
        case 'ops':
          key = readKey(bytes, start, at)
          if (key < 0) throw fault(index, 'six digits from 0 to 4', quote(bytes, start, at))
          if (seen[key] === 1) throw fault(index, 'each cell once', `${quote(bytes, start, at)} again`)
          seen[key] = 1
          break
        case 'validation': {
          if (at === start) break
          const units = readAccuracy(bytes, start, at)
          if (units < 0) throw fault(index, PERCENTAGE, quote(bytes, start, at))
          sums[column.dataset] = (sums[column.dataset] ?? 0) + units
          counts[column.dataset] = (counts[column.dataset] ?? 0) + 1
          break
        }
        case 'test': {
          const units = readAccuracy(bytes, start, at)
          if (units < 0) throw fault(index, PERCENTAGE, quote(bytes, start, at))
          testUnits[column.dataset] = units
          break
        }
        case 'parameters':
          rowParameters = readCount(bytes, start, at)
          if (rowParameters < 0) throw fault(index, 'a whole number', quote(bytes, start, at))
          break
        case 'multiplyAdds':
          rowMultiplyAdds = readCount(bytes, start, at)
          if (rowMultiplyAdds < 0) throw fault(index, 'a whole number', quote(bytes, start, at))
          break
      }
      at += 1
    }

    for (let dataset = 0; dataset < DATASETS.length; dataset += 1) {
      const count = counts[dataset] ?? 0
      const values = validation[dataset]
      const tests = test[dataset]
      if (count === 0 || values === undefined || tests === undefined) {
        throw new TableError(`${file}:${rows + 1}`, `a validation accuracy for ${DATASETS[dataset]}`, 'only blanks')
      }
      values[key] = (sums[dataset] ?? 0) / (count * UNITS_PER_PERCENT)
      tests[key] = (testUnits[dataset] ?? 0) / UNITS_PER_PERCENT
    }
    parameters[key] = rowParameters
    multiplyAdds[key] = rowMultiplyAdds
  }
  if (rows !== CELL_COUNT) {
    throw new TableError(file, `${CELL_COUNT} rows`, rows > CELL_COUNT ? 'more' : `${rows}`)
  }
  return { validation: byDataset(validation), test: byDataset(test), parameters, multiplyAdds }

  function fault(column: number, expected: string, got: string): TableError {
    return new TableError(`${file}:${rows + 1}, column ${header[column] ?? column + 1}`, expected, got)
  }
}

function byDataset(columns: readonly Float64Array[]): Readonly<Record<Dataset, Float64Array>> {
  // One column for each of `DATASETS`, in its order; `fromEntries` forgets the names.
  return Object.fromEntries(DATASETS.map((dataset, index) => [dataset, columns[index]])) as Record<
    Dataset,
    Float64Array
  >
}

/** The number of the cell, or −1 when the field is not six digits from 0 to 4. */
function readKey(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== EDGES.length) return -1
  let key = 0
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO
    if (digit < 0 || digit >= OPERATIONS.length) return -1
    key = key * OPERATIONS.length + digit
  }
  return key
}

const PERCENTAGE = 'a percentage from 0 to 100 with at most four decimals'

/** A percentage as a whole number of units of 1/10,000, or −1 when the field is not one. */
function readAccuracy(bytes: Uint8Array, start: number, end: number): number {
  let units = 0
  let digits = 0
  let decimals = -1
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === POINT && decimals < 0) {
      decimals = 0
      continue
    }
    const digit = byte - ZERO
    if (digit < 0 || digit > 9) return -1
    units = units * 10 + digit
    digits += 1
    if (decimals >= 0) decimals += 1
  }
  if (digits === 0 || decimals > 4) return -1
  for (let missing = 4 - Math.max(decimals, 0); missing > 0; missing -= 1) units *= 10
  return units <= 100 * UNITS_PER_PERCENT ? units : -1
}

/** A whole number of at most 15 digits, or −1 when the field is not one. */
function readCount(bytes: Uint8Array, start: number, end: number): number {
  if (end === start || end - start > 15) return -1
  let count = 0
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO
    if (digit < 0 || digit > 9) return -1
    count = count * 10 + digit
  }
  return count
}

function quote(bytes: Uint8Array, start: number, end: number): string {
  return end === start ? 'a blank' : `'${new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 40)))}'`
}

function nameOf(bytes: Uint8Array, at: number): string {
  if (at >= bytes.length) return 'the end of the file'
  return bytes[at] === NEWLINE ? 'the end of the line' : 'another field'
}
