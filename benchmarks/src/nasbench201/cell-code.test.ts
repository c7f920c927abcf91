import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { architectureString, CELL_COUNT, cellCode, cellEdges, cellKey } from './cell-code.ts'
import type { CellEdges } from './cell-code.ts'

describe('the code of a cell', () => {
  it('counts 15,625 cells', () => {
    expect(CELL_COUNT).toBe(15_625)
  })

  it('gives every cell a number and every number its cell', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: CELL_COUNT - 1 }), (key) => {
        expect(cellKey(cellEdges(key))).toBe(key)
        expect(cellCode(key)).toMatch(/^[0-4]{6}$/)
        expect(Number.parseInt(cellCode(key), 5)).toBe(key)
      }),
    )
  })

  it('reads the edges in the order 0→1, 0→2, 1→2, 0→3, 1→3, 2→3', () => {
    const cell: CellEdges = {
      edge01: 'none',
      edge02: 'skip_connect',
      edge12: 'nor_conv_1x1',
      edge03: 'nor_conv_3x3',
      edge13: 'avg_pool_3x3',
      edge23: 'none',
    }
    expect(cellCode(cellKey(cell))).toBe('012340')
    expect(cellEdges(Number.parseInt('012340', 5))).toEqual(cell)
  })

  it('writes the notation of the paper', () => {
    // The first architecture of the official list, index 0.
    expect(architectureString(cellEdges(Number.parseInt('421211', 5)))).toBe(
      '|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|',
    )
  })

  it('refuses what is not an operation and what is not a cell number', () => {
    const cell = { ...cellEdges(0), edge13: 'max_pool' }
    // The compiler refuses it as well; what is tested is data that came from elsewhere.
    expect(() => cellKey(cell as unknown as CellEdges)).toThrow(/edge13: expected one of none, .*got max_pool/)
    expect(() => cellEdges(CELL_COUNT)).toThrow(/\[0, 15625\), got 15625/)
    expect(() => cellEdges(0.5)).toThrow(RangeError)
  })
})
