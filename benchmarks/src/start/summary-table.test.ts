import { describe, expect, it } from 'vitest'
import type { SummaryRow } from './summary.ts'
import { summaryTable } from './summary-table.ts'

const rows: SummaryRow[] = [
  {
    algorithm: 'random',
    trials: 500,
    seeds: 50,
    medianRegret: 0.268667,
    hitRate: 0.04,
    medianTest: 93.9725,
    trialsPerSecond: 52_310,
  },
  {
    algorithm: 'regularized-evolution',
    trials: 500,
    seeds: 50,
    medianRegret: 0,
    hitRate: 0.92,
    medianTest: 94.3733,
    trialsPerSecond: 8_001,
  },
]

describe('the table of the summary', () => {
  it('aligns its columns', () => {
    expect(summaryTable(rows, { width: 80 })).toEqual([
      'algorithm               median regret   hit rate   median test   trials/s',
      'random                           0.27        4 %       93.97 %     52,310',
      'regularized-evolution            0.00       92 %       94.37 %      8,001',
    ])
  })

  it('becomes paragraphs in a narrow terminal', () => {
    expect(summaryTable(rows.slice(0, 1), { width: 40 })).toEqual([
      'random',
      '  median regret  0.27',
      '  hit rate       4 %',
      '  median test    93.97 %',
      '  trials/s       52,310',
    ])
  })

  it('is empty without rows', () => {
    expect(summaryTable([], { width: 80 })).toEqual([])
  })
})
