import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summarizeCurve } from './best-so-far.ts'
import { exampleRun } from './example-run.ts'
import { quantile } from './quantile.ts'
import type { Run, Step } from './run.ts'

describe('the best-so-far curve', () => {
  it('agrees with working out every trial of every run', () => {
    // Rewards as an algorithm might see them, from which both the steps and the plain curve are made.
    const rewards = fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 30, maxLength: 30 }), {
      minLength: 1,
      maxLength: 9,
    })
    fc.assert(
      fc.property(rewards, (all) => {
        const runs = all.map((values) => {
          const steps: Step[] = []
          for (const [index, value] of values.entries()) {
            if (value > (steps.at(-1)?.value ?? -1)) steps.push({ trial: index + 1, value })
          }
          return exampleRun({ trials: values.length, steps: steps as [Step, ...Step[]] })
        }) as [Run, ...Run[]]
        const curve = summarizeCurve(runs, 1000)
        expect(curve.trials).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
        for (const [index, trial] of curve.trials.entries()) {
          const ascending = all.map((values) => Math.max(...values.slice(0, trial))).toSorted((a, b) => a - b)
          expect(curve.lower[index]).toBe(quantile(ascending, 0.25))
          expect(curve.median[index]).toBe(quantile(ascending, 0.5))
          expect(curve.upper[index]).toBe(quantile(ascending, 0.75))
        }
      }),
    )
  })

  it('keeps both ends where there are fewer points than trials', () => {
    const { trials, median } = summarizeCurve([exampleRun({ trials: 1_000_000, values: [80, 85] })], 5)
    expect(trials).toEqual([1, 250_001, 500_001, 750_000, 1_000_000])
    expect(median).toEqual([80, 85, 85, 85, 85])
  })

  it('ends with the shortest run, and works for a run of one trial', () => {
    expect(summarizeCurve([exampleRun({ trials: 100 }), exampleRun({ trials: 7 })], 50).trials.at(-1)).toBe(7)
    const single = summarizeCurve([exampleRun({ trials: 1, values: [50] })], 50)
    expect(single).toMatchObject({ runs: 1, trials: [1], lower: [50], median: [50], upper: [50] })
  })
})
