import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from './stream.ts'
import type { Stream } from './stream.ts'
import { weightedIndex } from './weighted-index.ts'

/** A stream whose only draw is given. */
function drawing(value: number): Stream {
  const stream = randomStream(0)
  return { next: () => value, int: (n) => stream.int(n), child: (key) => stream.child(key) }
}

describe('weightedIndex', () => {
  it('draws in proportion to the weights', () => {
    const weights = [1, 0, 2, 0.5, 6.5, 0]
    const stream = randomStream(9)
    const counts = weights.map(() => 0)
    const draws = 100_000
    for (let i = 0; i < draws; i++) {
      const index = weightedIndex(stream, weights)
      counts[index] = (counts[index] as number) + 1
    }
    weights.forEach((weight, i) => {
      const share = weight / 10
      expect(Math.abs((counts[i] as number) - share * draws)).toBeLessThanOrEqual(
        4 * Math.sqrt(draws * share * (1 - share)),
      )
    })
  })

  it('gives the index in whose stretch of the sum the draw falls', () => {
    const weights = [1, 0, 2, 1]
    expect([0, 0.2499, 0.25, 0.5, 0.7499, 0.75, 1 - 2 ** -53].map((u) => weightedIndex(drawing(u), weights))).toEqual([
      0, 0, 2, 2, 2, 3, 3,
    ])
  })

  it('never draws a weight of 0, not at the ends and not among subnormal weights', () => {
    const weight = fc.oneof(fc.constant(0), fc.constant(5e-324), fc.double({ min: 0, max: 1e300, noNaN: true }))
    const weights = fc.array(weight, { minLength: 1, maxLength: 8 }).filter((list) => list.some((x) => x > 0))
    const draw = fc.oneof(
      fc.constant(0),
      fc.constant(1 - 2 ** -53),
      fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true }),
    )
    fc.assert(
      fc.property(weights, draw, (list, u) => {
        expect(list[weightedIndex(drawing(u), list)]).toBeGreaterThan(0)
      }),
    )
  })

  it('takes one draw', () => {
    const [stream, twin] = [randomStream(4), randomStream(4)]
    weightedIndex(stream, new Float64Array([1, 2, 3]))
    twin.next()
    expect(stream.next()).toBe(twin.next())
  })

  it('refuses weights that leave nothing to draw, with what to do', () => {
    const stream = randomStream(1)
    for (const bad of [-1, NaN]) {
      expect(() => weightedIndex(stream, [1, bad])).toThrow(
        new RangeError(`weights[1]: expected a finite number >= 0, got ${bad}; use 0 for what may not be drawn`),
      )
    }
    for (const [weights, total] of [
      [[], 0],
      [[0, 0], 0],
      [[1, Infinity], Infinity],
      [[1.7e308, 1.7e308], Infinity],
    ] as const) {
      expect(() => weightedIndex(stream, weights)).toThrow(
        new RangeError(`weights: expected a finite sum above 0, got ${total}; scale the weights or make one positive`),
      )
    }
  })
})
