import { describe, expect, it } from 'vitest'
import { CELL_COUNT, cellEdges, cellKey } from './cell-code.ts'
import { DATASETS, loadTable } from './table.ts'
import { evaluate, networkSize, optimum, rank, regret, testAccuracy } from './task.ts'

const cellOf = (code: string) => cellEdges(Number.parseInt(code, 5))

describe('the task', () => {
  it('knows the best cell on CIFAR-10', () => {
    const best = cellOf('333132')
    expect(evaluate(best)).toBeCloseTo((91.684 + 91.72 + 91.416) / 3, 10)
    expect(testAccuracy(best)).toBe(94.3733)
    expect(rank(best)).toBe(1)
    expect(regret(best)).toBe(0)
    expect(networkSize(best)).toEqual({ parameters: 1_073_466, multiplyAdds: 153_272_970 })
  })

  it('ranks like counting the better cells, on each data set', () => {
    const { validation } = loadTable()
    for (const dataset of DATASETS) {
      const values = validation[dataset]
      expect(optimum({ dataset })).toBe(values.reduce((a, b) => Math.max(a, b)))
      for (let key = 0; key < CELL_COUNT; key += 521) {
        const own = values[key] ?? 0
        const cell = cellEdges(key)
        expect(rank(cell, { dataset })).toBe(1 + values.reduce((better, other) => better + (other > own ? 1 : 0), 0))
        expect(regret(cell, { dataset })).toBe(optimum({ dataset }) - evaluate(cell, { dataset }))
      }
    }
  })

  it('gives cells of the same accuracy the same place', () => {
    const { validation } = loadTable()
    const worst = validation.cifar10.reduce((a, b) => Math.min(a, b))
    const ranks = [...validation.cifar10.keys()]
      .filter((key) => validation.cifar10[key] === worst)
      .map((key) => rank(cellEdges(key)))
    expect(ranks.length).toBeGreaterThan(1)
    expect(new Set(ranks)).toEqual(new Set([CELL_COUNT - ranks.length + 1]))
  })

  it('reads any object with the six edges', () => {
    expect(cellKey({ ...cellOf('012340') })).toBe(cellKey(cellOf('012340')))
    expect(evaluate(cellOf('000000'))).toBeLessThan(11)
  })
})
