import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { median, relativeSpread } from './statistics.ts'

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 })

describe('median', () => {
  test('is the middle of an odd number of values and the mean of the middle two of an even number', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([10, 9, 2, 1])).toBe(5.5)
    expect(median([7])).toBe(7)
  })

  test('sorts numbers as numbers, and leaves its argument alone', () => {
    const values = [100, 9, 20]
    expect(median(values)).toBe(20)
    expect(values).toEqual([100, 9, 20])
  })

  test('at most half of the values lie on either side', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const middle = median(values)
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2)
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2)
      }),
    )
  })

  test('of nothing is an error', () => {
    expect(() => median([])).toThrow('expected at least one value, got none')
  })
})

describe('relativeSpread', () => {
  test('is the median distance to the median as a share of it', () => {
    expect(relativeSpread([8, 10, 12])).toBeCloseTo(0.2)
    expect(relativeSpread([5, 5, 5])).toBe(0)
    expect(relativeSpread([-1, 0, 1])).toBe(0)
  })

  test('does not change with the unit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 20 }), (values) => {
        expect(relativeSpread(values.map((value) => value * 1e-9))).toBeCloseTo(relativeSpread(values), 6)
      }),
    )
  })

  test('one slow batch in many does not show', () => {
    expect(relativeSpread([1, 1, 1, 1, 1, 1, 1, 1, 900])).toBe(0)
  })
})
