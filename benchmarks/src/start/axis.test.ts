import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accuracyRange, axis } from './axis.ts'
import { summarizeCurve } from './best-so-far.ts'
import { exampleRun } from './example-run.ts'

describe('an axis', () => {
  it('has round ticks', () => {
    expect(axis(90.13, 91.7, 8)).toMatchObject({ ticks: [90.2, 90.4, 90.6, 90.8, 91, 91.2, 91.4, 91.6], decimals: 1 })
    expect(axis(1, 500, 5, true).ticks).toEqual([100, 200, 300, 400, 500])
    expect(axis(1, 2, 8, true).ticks).toEqual([1, 2])
    expect(axis(0, 0.3, 3).ticks).toEqual([0, 0.1, 0.2, 0.3])
  })

  it('keeps its ticks within the range, ascending, as short as it says', () => {
    const ends = fc.tuple(
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.double({ min: 0.01, max: 1000, noNaN: true }),
    )
    fc.assert(
      fc.property(ends, fc.integer({ min: 1, max: 12 }), ([min, span], wanted) => {
        const { ticks, decimals } = axis(min, min + span, wanted)
        expect(ticks.length).toBeLessThanOrEqual(wanted + 2)
        for (const [index, tick] of ticks.entries()) {
          expect(tick).toBeGreaterThanOrEqual(min - span * 1e-6)
          expect(tick).toBeLessThanOrEqual(min + span * (1 + 1e-6))
          expect(Number(tick.toFixed(decimals))).toBe(tick)
          expect(tick).toBeGreaterThan(ticks[index - 1] ?? Number.NEGATIVE_INFINITY)
        }
      }),
    )
  })

  it('is sensible over an empty range', () => {
    expect(axis(3, 3, 5)).toMatchObject({ min: 3, max: 4, ticks: [3] })
  })
})

describe('the range of accuracies', () => {
  const curve = (values: number[]) => summarizeCurve([exampleRun({ values })], 100)

  it('leaves out the first trials and shows the optimum below the upper edge', () => {
    const { min, max } = accuracyRange([curve([10, 90.5, 91.5])], 91.6)
    expect(min).toBeLessThan(10)
    expect(max).toBeGreaterThan(91.6)
    const early = accuracyRange([summarizeCurve([exampleRun({ trials: 500, values: [10, 90.5, 91.5] })], 500)], 91.6)
    expect(early.min).toBeGreaterThan(89)
    expect(early.min).toBeLessThan(90.5)
  })

  it('is not squeezed by one hopeless curve of several', () => {
    const good = curve([91, 91.4, 91.6])
    expect(accuracyRange([good, good, curve([10, 11])], 91.6).min).toBeGreaterThan(90)
    expect(accuracyRange([curve([10, 11])], 91.6).min).toBeLessThan(10)
  })

  it('has a width where the optimum was there from the first trial', () => {
    const { min, max } = accuracyRange([curve([91.6])], 91.6)
    expect(max - min).toBeGreaterThan(0.05)
    expect(accuracyRange([], 91.6).max).toBeGreaterThan(91.6)
  })
})
