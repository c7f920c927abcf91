import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { progressLines, progressSentence } from './progress.ts'
import type { Progress } from './progress.ts'

const random: Progress = {
  algorithm: 'random',
  seedsDone: 12,
  seeds: 50,
  trialsDone: 6250,
  trials: 25_000,
  milliseconds: 125,
  best: 91.345,
  hits: 1,
}
const evolution: Progress = {
  ...random,
  algorithm: 'regularized-evolution',
  trialsDone: 0,
  milliseconds: 0,
  best: undefined,
}

describe('progress', () => {
  it('shows everything where there is room', () => {
    expect(progressLines([random, evolution], { width: 120 })).toEqual([
      'random                 ━━━━━━━─────────────────────     50,000 trials/s  best 91.34 %  12/50 seeds   1 found the optimum',
      'regularized-evolution  ────────────────────────────          – trials/s  best     – %  12/50 seeds   1 found the optimum',
    ])
  })

  it.each([
    [90, 'random                 ━━━━━───────────────     50,000 trials/s  best 91.34 %  12/50 seeds'],
    [70, 'random                 ━━━──────────     50,000 trials/s  best 91.34 %'],
    [56, 'random      ━━╸───────     50,000 trials/s  best 91.34 %'],
    [40, 'random      ━━━╸──────────  best 91.34 %'],
    [25, 'random best 91.34 %'],
    [8, 'random b'],
  ])('drops the least important where there are %i columns', (width, line) => {
    expect(progressLines([random, evolution], { width })[0]).toBe(line)
  })

  it('is never wider than it may be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        (width, trialsDone, seeds) => {
          const lines = progressLines([{ ...random, trialsDone, seeds }, evolution], { width })
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
        },
      ),
    )
  })

  it('fills the bar when all runs ended, also those of an exhausted space', () => {
    const [line] = progressLines([{ ...random, seedsDone: 50, trialsDone: 40, trials: 1_000_000 }], { width: 120 })
    expect(line).toContain('━'.repeat(32))
    expect(line).not.toContain('─')
  })

  it('says the same as a sentence', () => {
    expect(progressSentence(random)).toBe(
      'random: 12/50 seeds, 6,250 trials, 50,000 trials/s, best 91.34 %, 1 found the optimum',
    )
    expect(progressSentence(evolution)).toContain('– trials/s, best – %')
  })
})
