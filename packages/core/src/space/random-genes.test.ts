import { describe, expect, it } from 'vitest'
import { randomStream } from '../math/index.ts'
import { manyOf, oneOf, permutationOf } from './choice.ts'
import { floatIn, intIn } from './range.ts'
import { Space } from './space.ts'

/** How often each text comes among `n` random DNA. */
function counts(program: unknown, n: number, seed: number): Map<string, number> {
  const { dna } = Space.of(program)
  const stream = randomStream(seed)
  const found = new Map<string, number>()
  for (let i = 0; i < n; i++) {
    const text = String(dna.random(stream.child(i)))
    found.set(text, (found.get(text) ?? 0) + 1)
  }
  return found
}

/**
 * Pearson's statistic against expected shares, and the value that it exceeds with a probability of about 1 in 10,000 (after
 * Wilson and Hilferty).
 */
function chiSquare(found: ReadonlyMap<string, number>, shares: Readonly<Record<string, number>>) {
  const n = [...found.values()].reduce((sum, count) => sum + count, 0)
  const outcomes = Object.entries(shares)
  const statistic = outcomes.reduce((sum, [text, share]) => {
    const expected = share * n
    return sum + ((found.get(text) ?? 0) - expected) ** 2 / expected
  }, 0)
  const freedom = outcomes.length - 1
  const limit = freedom * (1 - 2 / (9 * freedom) + 3.719 * Math.sqrt(2 / (9 * freedom))) ** 3
  return { statistic, limit, strays: [...found.keys()].filter((text) => !(text in shares)) }
}

function expectShares(program: unknown, shares: Readonly<Record<string, number>>): void {
  expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  const { statistic, limit, strays } = chiSquare(counts(program, 12_000, 1), shares)
  expect(strays).toEqual([])
  expect(statistic).toBeLessThan(limit)
}

/** Equal shares. */
function equally(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries(texts.map((text) => [text, 1 / texts.length]))
}

describe('random DNA', () => {
  it('[G5] chooses candidates alike', () => {
    expectShares(oneOf(['a', 'b', 'c', 'd', 'e']), equally(['0', '1', '2', '3', '4']))
  })

  it('[G5] chooses candidates alike however much each has to decide', () => {
    expectShares(oneOf([oneOf([1, 2, 3]), 4]), { '(0, 0)': 1 / 6, '(0, 1)': 1 / 6, '(0, 2)': 1 / 6, '1': 1 / 2 })
  })

  it('[G5] chooses candidates as often as their weights say, and one of weight 0 never', () => {
    expectShares(oneOf(['a', 'b', 'c', 'd'], { weights: [1, 2, 0, 5] }), { '0': 1 / 8, '1': 2 / 8, '3': 5 / 8 })
    expect(counts(oneOf(['a', 'b'], { weights: [0, 1] }), 100, 1)).toEqual(new Map([['1', 100]]))
  })

  it('[G5] decides side by side independently', () => {
    const texts = ['[0, 0]', '[0, 1]', '[0, 2]', '[1, 0]', '[1, 1]', '[1, 2]']
    expectShares([oneOf([1, 2]), oneOf([1, 2, 3])], equally(texts))
  })

  it('[G5] draws distinct choices without replacement', () => {
    const texts = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].flatMap((b) => (a === b ? [] : [`[${a}, ${b}]`])))
    expectShares(manyOf(2, ['a', 'b', 'c', 'd']), equally(texts))
    expectShares(
      permutationOf(['a', 'b', 'c']),
      equally(['[0, 1, 2]', '[0, 2, 1]', '[1, 0, 2]', '[1, 2, 0]', '[2, 0, 1]', '[2, 1, 0]']),
    )
  })

  it('[G5] draws distinct sorted choices as sets, each alike', () => {
    const texts = ['[0, 1]', '[0, 2]', '[0, 3]', '[1, 2]', '[1, 3]', '[2, 3]']
    expectShares(manyOf(2, ['a', 'b', 'c', 'd'], { sorted: true }), equally(texts))
  })

  it('[G5] draws free choices each by itself', () => {
    const texts = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => `[${a}, ${b}]`))
    expectShares(manyOf(2, ['a', 'b', 'c'], { distinct: false }), equally(texts))
  })

  it('[G5] draws sorted choices with repetition as often as a set has orders, like PyGlove', () => {
    expectShares(manyOf(2, ['a', 'b'], { distinct: false, sorted: true }), {
      '[0, 0]': 1 / 4,
      '[0, 1]': 1 / 2,
      '[1, 1]': 1 / 4,
    })
  })

  it('[G5] draws what several choices lead to anew for each', () => {
    const shares = { '[(0, 0), 1]': 1 / 4, '[(0, 1), 1]': 1 / 4, '[1, (0, 0)]': 1 / 4, '[1, (0, 1)]': 1 / 4 }
    expectShares(manyOf(2, [oneOf([1, 2]), 3]), shares)
  })

  it('[G5] draws integers and steps alike on the linear scale', () => {
    expectShares(intIn(-2, 4, { step: 2 }), equally(['-2', '0', '2', '4']))
    expectShares(floatIn(0, 1, { step: 0.25 }), equally(['0', '0.25', '0.5', '0.75', '1']))
  })

  it('[G5] spreads floats evenly on the linear scale', () => {
    const { dna } = Space.of(floatIn(-1, 3))
    const stream = randomStream(7)
    const tenths = new Map<string, number>()
    for (let i = 0; i < 12_000; i++) {
      const tenth = String(Math.floor((((dna.random(stream).genes[0] as number) + 1) / 4) * 10))
      tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1)
    }
    const { statistic, limit, strays } = chiSquare(tenths, equally(Array.from({ length: 10 }, (_, i) => String(i))))
    expect(strays).toEqual([])
    expect(statistic).toBeLessThan(limit)
  })

  it('[T3] is the same for the same stream', () => {
    const program = (): unknown => [oneOf([1, 2, 3]), floatIn(0, 1), manyOf(2, [1, 2, 3, 4])]
    const draw = (): string => String(Space.of(program()).dna.random(randomStream(11)))
    expect(draw()).toBe(draw())
  })

  it('[T8] is the same in every version: golden draws', () => {
    const { dna } = Space.of({
      choice: oneOf<unknown>(['a', manyOf(2, [1, 2, 3], { sorted: true }), floatIn(0, 1)], { weights: [1, 2, 2] }),
      rate: floatIn(1e-5, 1, { scale: 'log' }),
      momentum: floatIn(0.5, 0.999, { scale: 'reverseLog' }),
      width: intIn(8, 512, { scale: 'log', step: 8 }),
      depth: intIn(1, 20),
      order: permutationOf(['x', 'y', 'z']),
    })
    expect(Array.from({ length: 4 }, (_, i) => String(dna.random(randomStream(i))))).toMatchInlineSnapshot(`
      [
        "[(2, 0.5709685120263902), 0.0014553231467501573, 0.9929836986564446, 288, 7, [0, 2, 1]]",
        "[(1, [1, 2]), 0.11288824385054973, 0.8944733086975376, 72, 13, [0, 1, 2]]",
        "[(2, 0.6772588358999087), 0.00018813808919238326, 0.8488680622290753, 8, 4, [0, 1, 2]]",
        "[(1, [0, 1]), 0.0039013635256722355, 0.953490616086479, 16, 13, [0, 1, 2]]",
      ]
    `)
  })
})
