import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, quantile } from './quantile.ts'

describe('quantiles', () => {
  it('interpolates between order statistics', () => {
    // The values R gives for quantile(c(1, 2, 4, 8), type = 7).
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile([1, 2, 4, 8], share))).toEqual([1, 1.75, 3, 5, 8])
    expect(quantile([5], 0.3)).toBe(5)
  })

  it('sorts by value for the median, not by text', () => {
    expect(median([100, 9, 20])).toBe(20)
    expect(median(new Set([4, 1, 2, 3]))).toBe(2.5)
  })

  it('stays within the sample and rises with the share', () => {
    const sample = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), { minLength: 1 })
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(sample, share, share, (values, one, other) => {
        const ascending = values.toSorted((a, b) => a - b)
        const low = quantile(ascending, Math.min(one, other))
        const high = quantile(ascending, Math.max(one, other))
        expect(low).toBeLessThanOrEqual(high + 1e-6)
        expect(low).toBeGreaterThanOrEqual((ascending[0] ?? 0) - 1e-6)
        expect(high).toBeLessThanOrEqual((ascending.at(-1) ?? 0) + 1e-6)
      }),
    )
  })

  it('refuses an empty sample', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})
