import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleIndices } from './sample-indices.ts'
import { randomStream } from './stream.ts'

/** The whole shuffle, step by step, on an array of all n. */
function reference(seed: number, n: number, k: number): number[] {
  const stream = randomStream(seed)
  const order = [...new Array<number>(n).keys()]
  for (let i = 0; i < k; i++) {
    const j = i + stream.int(n - i)
    const held = order[i] as number
    order[i] = order[j] as number
    order[j] = held
  }
  return order.slice(0, k)
}

const request = fc
  .oneof(fc.nat({ max: 30 }), fc.nat({ max: 5000 }))
  .chain((n) => fc.tuple(fc.constant(n), fc.oneof(fc.nat({ max: Math.min(n, 12) }), fc.nat({ max: n }))))

describe('sampleIndices', () => {
  it('is the first steps of a shuffle, whichever way the places are kept', () => {
    fc.assert(
      fc.property(fc.integer(), request, (seed, [n, k]) => {
        expect(sampleIndices(randomStream(seed), n, k)).toEqual(reference(seed, n, k))
      }),
      { numRuns: 300 },
    )
  })

  it('gives k different indices of ranges of any size', () => {
    const large = fc.oneof(fc.integer({ min: 1, max: 2 ** 53 - 1 }), fc.constant(2 ** 53))
    fc.assert(
      fc.property(fc.integer(), large, fc.nat({ max: 50 }), (seed, n, wanted) => {
        const k = Math.min(n, wanted)
        const drawn = sampleIndices(randomStream(seed), n, k)
        expect(new Set(drawn).size).toBe(k)
        for (const index of drawn) {
          expect(Number.isInteger(index)).toBe(true)
          expect(index).toBeGreaterThanOrEqual(0)
          expect(index).toBeLessThan(n)
        }
      }),
    )
  })

  it.each([
    [4, 4, 24],
    [5, 2, 20],
    [90, 1, 90],
  ])('of %i, %i drawn: each of the %i ordered choices is as likely', (n, k, choices) => {
    const stream = randomStream(8)
    const counts = new Map<string, number>()
    const draws = 1000 * choices
    for (let i = 0; i < draws; i++) {
      const choice = sampleIndices(stream, n, k).join()
      counts.set(choice, (counts.get(choice) ?? 0) + 1)
    }
    expect(counts.size).toBe(choices)
    const statistic = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
    // Pearson's statistic: mean choices − 1, deviation √(2 (choices − 1)); the seed is fixed.
    expect(Math.abs(statistic - (choices - 1))).toBeLessThan(4 * Math.sqrt(2 * (choices - 1)))
  })

  it('[T8] is frozen', () => {
    expect(sampleIndices(randomStream(1), 10, 10)).toEqual([3, 0, 9, 5, 8, 4, 7, 6, 2, 1])
    expect(sampleIndices(randomStream(1), 1_000_000, 5)).toEqual([326408, 269843, 963962, 289223, 810530])
  })

  it('refuses sizes that are none, with what to pass', () => {
    const stream = randomStream(1)
    for (const n of [-1, 1.5, NaN, 2 ** 53 + 2]) {
      expect(() => sampleIndices(stream, n, 0)).toThrow(
        new RangeError(`n: expected an integer in [0, 2^53], got ${n}; pass the size of the range`),
      )
    }
    for (const k of [-1, 1.5, NaN, 11]) {
      expect(() => sampleIndices(stream, 10, k)).toThrow(
        new RangeError(`k: expected an integer in [0, 10], got ${k}; draw at most as many as there are`),
      )
    }
  })
})
