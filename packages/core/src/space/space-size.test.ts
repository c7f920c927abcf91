import { describe, expect, it } from 'vitest'
import { manyOf, oneOf, permutationOf } from './choice.ts'
import { floatIn, intIn } from './range.ts'
import { Space } from './space.ts'
import type { SpaceSize } from './space-size.ts'

const sizeOf = (program: unknown): SpaceSize => Space.of(program).dna.size
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

function factorial(n: bigint): bigint {
  return n <= 1n ? 1n : n * factorial(n - 1n)
}

function binomial(n: bigint, k: bigint): bigint {
  return factorial(n) / factorial(k) / factorial(n - k)
}

describe('the size of a space', () => {
  it('[G3] is exact beyond what a double holds', () => {
    expect(sizeOf(Array.from({ length: 60 }, () => oneOf(upTo(1000))))).toBe(1000n ** 60n)
    expect(sizeOf(permutationOf(upTo(100)))).toBe(factorial(100n))
    expect(sizeOf([intIn(0, Number.MAX_SAFE_INTEGER), intIn(0, Number.MAX_SAFE_INTEGER)])).toBe(2n ** 106n)
  })

  it('[G3] of several choices of many is computed at once', () => {
    expect(sizeOf(manyOf(7, upTo(22)))).toBe(factorial(22n) / factorial(15n))
    expect(sizeOf(manyOf(50, upTo(200), { sorted: true }))).toBe(binomial(200n, 50n))
    expect(sizeOf(manyOf(50, upTo(200), { sorted: true, distinct: false }))).toBe(binomial(249n, 50n))
    expect(sizeOf(manyOf(50, upTo(200), { distinct: false }))).toBe(200n ** 50n)
  })

  it('[G3] is kept once it is known', () => {
    const { dna } = Space.of(permutationOf(upTo(300)))
    const first = dna.size
    const start = performance.now()
    for (let i = 0; i < 1000; i++) expect(dna.size === first).toBe(true)
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it.each<[string, unknown, SpaceSize]>([
    ['nothing to decide', 5, 1n],
    ['an empty list', [], 1n],
    ['one candidate', oneOf([1]), 1n],
    ['equal candidates', oneOf([1, 1, 1]), 3n],
    ['one of one', manyOf(1, [1, 2, 3]), 3n],
    ['more free choices than candidates', manyOf(3, [1, 2], { distinct: false }), 8n],
    ['integers', intIn(-3, 3), 7n],
    ['integers by a step that misses the end', intIn(1, 10, { step: 4 }), 3n],
    ['a grid of floats', floatIn(0, 1, { step: 0.1 }), 11n],
    ['a float of one value', floatIn(1, 1), 1n],
    ['a float', floatIn(0, 1), 'infinite'],
    ['neighbouring floats', floatIn(1, 1 + Number.EPSILON), 'infinite'],
    ['a float in a candidate', oneOf([1, [floatIn(0, 1)]]), 'infinite'],
    ['a float in one of several choices', manyOf(2, [1, 2, floatIn(0, 1)], { sorted: true }), 'infinite'],
    ['a float beside a large rest', [oneOf(upTo(1000)), floatIn(0, 1)], 'infinite'],
    ['candidates of different sizes', oneOf([oneOf(upTo(3)), [oneOf(upTo(4)), oneOf(upTo(5))], 1]), 24n],
  ])('[G3] of %s', (_, program, size) => {
    expect(sizeOf(program)).toBe(size)
  })
})
