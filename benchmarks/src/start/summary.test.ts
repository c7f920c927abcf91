import { describe, expect, it } from 'vitest'
import { cellEdges } from '../nasbench201/index.ts'
import { exampleRun } from './example-run.ts'
import { groupRuns, summarize } from './summary.ts'

const cellOf = (code: string) => cellEdges(Number.parseInt(code, 5))
const optimum = { best: cellOf('333132'), hit: true }
const second = { best: cellOf('333133') }

describe('the summary', () => {
  it('has a row for each algorithm with the figures of its runs', () => {
    const rows = summarize([
      exampleRun({ ...second, milliseconds: 10 }),
      exampleRun({ algorithm: 'sweep', ...second }),
      exampleRun({ ...optimum, milliseconds: 20 }),
      exampleRun({ ...optimum, milliseconds: 30 }),
    ])
    expect(rows).toEqual([
      {
        algorithm: 'random',
        trials: 100,
        seeds: 3,
        medianRegret: 0,
        hitRate: 0.666667,
        medianTest: 94.3733,
        trialsPerSecond: 5000,
      },
      expect.objectContaining({ algorithm: 'sweep', seeds: 1, medianRegret: 0.053333, hitRate: 0 }),
    ])
    expect(Object.keys(rows[0] ?? {})).toEqual(
      'algorithm trials seeds medianRegret hitRate medianTest trialsPerSecond'.split(' '),
    )
  })

  it('leaves an interrupted run out where there are complete ones', () => {
    const cut = exampleRun({ complete: false, trials: 3 })
    expect(groupRuns([exampleRun(), cut])).toEqual([[exampleRun()]])
    expect(summarize([cut])).toMatchObject([{ trials: 3, seeds: 1 }])
    expect(summarize([])).toEqual([])
  })
})
