import { Space } from 'mitten'
import { describe, expect, it } from 'vitest'
import { CELL_COUNT, cellEdges, cellKey, EDGES, OPERATIONS } from './cell-code.ts'
import { Cell, space } from './cell.ts'
import { evaluate } from './task.ts'

describe('the cell as a symbolic class', () => {
  it('spans all 15,625 cells, each once', () => {
    const cells = Space.of(space())
    expect(cells.dna.size).toBe(15_625n)
    const seen = new Set<number>()
    for (const cell of cells) {
      expect(cell).toBeInstanceOf(Cell)
      seen.add(cellKey(cell))
    }
    expect(seen.size).toBe(CELL_COUNT)
  })

  it('has the digits of the table as its genes', () => {
    const cells = Space.of(space())
    const cell = cells.materialize(cells.dna.parse('[3, 3, 3, 1, 3, 2]'))
    expect(cellKey(cell)).toBe(Number.parseInt('333132', 5))
    expect(cells.encode(cell).toString()).toBe('[3, 3, 3, 1, 3, 2]')
    expect(evaluate(cell)).toBeCloseTo(91.6067, 4)
  })

  it('is built from its edges', () => {
    const cell = new Cell(cellEdges(Number.parseInt('012340', 5)))
    expect(EDGES.map(({ name }) => OPERATIONS.indexOf(cell[name]))).toEqual([0, 1, 2, 3, 4, 0])
  })
})
