import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../math/index.ts'
import { drawFloat, drawGrid, gridIndex, gridSize, gridValue, type Scale } from './scale.ts'

/** The fraction of `n` draws that fulfil a condition. */
function share(n: number, draw: () => number, condition: (value: number) => boolean): number {
  let count = 0
  for (let i = 0; i < n; i++) if (condition(draw())) count++
  return count / n
}

describe('stepped ranges', () => {
  it.each([
    [0, 1, 0.1, 11],
    [0, 0.3, 0.1, 4],
    [0.1, 1.1, 0.1, 11],
    [0, 0.9, 0.3, 4],
    [1e-4, 1, 1e-4, 10_000],
    [1000.1, 1000.4, 0.1, 4],
    [0, 1, 0.4, 3],
    [-1, 1, 0.5, 5],
    [5, 5, 1, 1],
    [5, 5, 100, 1],
    [0, 999_999.9995, 1, 1_000_000],
    [0, 999_999_999, 1_000_000_000, 1],
    [0, Number.MAX_SAFE_INTEGER, 1, Number.MAX_SAFE_INTEGER + 1],
    [1, 10, 2, 5],
    [1, 10, 3, 4],
  ])('[G2] [%d, %d] by %d has %d values', (min, max, step, size) => {
    expect(gridSize(min, max, step)).toBe(size)
  })

  it('[G2] integers are counted exactly', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeNat(), fc.maxSafeNat(), (min, width, step) => {
        fc.pre(step > 0 && Number.isSafeInteger(min + width))
        expect(BigInt(gridSize(min, min + width, step))).toBe(BigInt(width) / BigInt(step) + 1n)
      }),
    )
  })

  it('[G2] decimal bounds and steps are counted as they are written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom(10, 100, 1000),
        (min, step, count, unit) => {
          expect(gridSize(min / unit, (min + count * step) / unit, step / unit)).toBe(count + 1)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('[G2] every value has its index, in order and inside the range', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 1e9 }),
        (min, step, count) => {
          const max = min + count * step
          fc.pre(Number.isFinite(max) && Math.max(Math.abs(min), Math.abs(max)) / step < 2 ** 43)
          const size = gridSize(min, max, step)
          expect(Math.abs(size - count - 1)).toBeLessThanOrEqual(1)
          for (const index of [0, 1, 2, Math.floor(size / 2), size - 2, size - 1]) {
            if (index < 0 || index >= size) continue
            const value = gridValue(min, max, step, index)
            expect(value).toBeGreaterThanOrEqual(min)
            expect(value).toBeLessThanOrEqual(max)
            expect(gridIndex(min, max, step, value)).toBe(index)
            if (index > 0) expect(value).toBeGreaterThan(gridValue(min, max, step, index - 1))
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('[G2] a value is min + i·step exactly, no error builds up', () => {
    let sum = 0
    for (let i = 0; i < 10; i++, sum += 0.1) expect(gridValue(0, 1, 0.1, i)).toBe(i * 0.1)
    expect(sum).not.toBe(1)
    expect(gridValue(0, 1, 0.1, 10)).toBe(1)
    expect(gridValue(0, 0.3, 0.1, 3)).toBe(0.3)
  })

  it.each([0.05, -0.1, 1.1, 0.10000000000000002, NaN, Infinity, 0.3])('[G2] %d is none of [0, 1] by 0.1', (value) => {
    expect(gridIndex(0, 1, 0.1, value)).toBeUndefined()
  })
})

describe('draws', () => {
  const arbitraryRange = fc
    .tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ noNaN: true, noDefaultInfinity: true }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)

  it('[G5] stay inside the range, whatever its width and scale', () => {
    fc.assert(
      fc.property(
        arbitraryRange,
        fc.constantFrom<Scale>('linear', 'log', 'reverseLog'),
        fc.integer(),
        ([min, max], scale, seed) => {
          fc.pre(scale === 'linear' || min > 0)
          const stream = randomStream(seed)
          for (let i = 0; i < 5; i++) {
            const value = drawFloat(min, max, scale, stream)
            expect(value >= min && value <= max).toBe(true)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('[G5] of neighbouring numbers give one of the two', () => {
    const stream = randomStream(1)
    const next = 1 + Number.EPSILON
    for (const scale of ['linear', 'log', 'reverseLog'] as const) {
      for (let i = 0; i < 100; i++) expect([1, next]).toContain(drawFloat(1, next, scale, stream))
    }
  })

  it('[G5] take one number from the stream, so that one range shifts no other', () => {
    for (const draw of [
      (stream: ReturnType<typeof randomStream>) => drawFloat(1, 2, 'log', stream),
      (stream: ReturnType<typeof randomStream>) => drawGrid(1, 100, 1, 'log', stream),
    ]) {
      const one = randomStream(5)
      const two = randomStream(5)
      draw(one)
      two.next()
      expect(one.next()).toBe(two.next())
    }
  })

  it('[G5] on a log scale fall into each decade alike', () => {
    const stream = randomStream(2)
    for (let decade = -4; decade < 0; decade++) {
      const from = 10 ** decade
      const found = share(
        20_000,
        () => drawFloat(1e-4, 1, 'log', stream),
        (value) => value >= from && value < from * 10,
      )
      // Four standard deviations of a share of 1/4 of 20,000.
      expect(Math.abs(found - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / 20_000))
    }
  })

  it('[G5] on a reversed log scale crowd at the upper end as those of a log scale do at the lower', () => {
    const log = randomStream(3)
    const reverse = randomStream(3)
    for (let i = 0; i < 100; i++) {
      const low = drawFloat(1e-3, 1, 'log', log)
      expect(drawFloat(1e-3, 1, 'reverseLog', reverse)).toBeCloseTo(1.001 - low, 12)
    }
  })

  it('[G5] on a log grid give each value what is nearest to it', () => {
    const stream = randomStream(4)
    const [min, max] = [1, 8]
    const total = Math.log(8.5 / 0.5)
    for (let value = min; value <= max; value++) {
      const expected = Math.log((value + 0.5) / (value - 0.5)) / total
      const found = share(
        20_000,
        () => drawGrid(min, max, 1, 'log', stream),
        (drawn) => drawn === value,
      )
      expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 20_000))
    }
  })

  it('[G5] on a log grid that ends before the range does give the last value no more than its share', () => {
    const stream = randomStream(6)
    // 2, 6, 10 of [2, 13]: what lies beyond 12 belongs to none.
    const expected = Math.log(12 / 8) / Math.log(12 / 1)
    const found = share(
      20_000,
      () => drawGrid(2, 13, 4, 'log', stream),
      (drawn) => drawn === 10,
    )
    expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 20_000))
  })

  it('[G5] on a grid give only values of the grid', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.constantFrom(0.1, 0.25, 1, 7),
        fc.constantFrom<Scale>('linear', 'log', 'reverseLog'),
        fc.integer(),
        (min, width, step, scale, seed) => {
          const value = drawGrid(min, min + width, step, scale, randomStream(seed))
          const index = gridIndex(min, min + width, step, value) ?? NaN
          expect(gridValue(min, min + width, step, index)).toBe(value)
        },
      ),
    )
  })
})
