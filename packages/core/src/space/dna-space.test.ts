import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitrarySpace, build, enumerateModel, textOf } from '../../test/arbitrary-space.ts'
import { randomStream } from '../math/index.ts'
import { DeclarationError, UnknownKeyError } from '../symbolic/errors.ts'
import { manyOf, oneOf, permutationOf } from './choice.ts'
import type { DecisionPoint } from './decision-point.ts'
import type { Dna } from './dna.ts'
import type { DnaSpace } from './dna-space.ts'
import { InfiniteSpaceError, InvalidDnaError } from './errors.ts'
import { floatIn, intIn } from './range.ts'
import { Space } from './space.ts'

const dnaOf = (program: unknown): DnaSpace => Space.of(program).dna

/** Order of gene lists: by the first that differs. */
function compareGenes(left: readonly number[], right: readonly number[]): number {
  const i = left.findIndex((gene, at) => gene !== right[at])
  return i < 0 ? 0 : (left[i] as number) - (right[i] as number)
}

describe('the DNA of a space', () => {
  it('[G3] the size of a space is the number of its DNA, which are valid, distinct and in order', () => {
    fc.assert(
      fc.property(arbitrarySpace(), (model) => {
        const points = enumerateModel(model, 2000)
        fc.pre(points !== undefined)
        const space = dnaOf(build(model))
        expect(space.size).toBe(BigInt(points.length))
        let before: Dna | undefined
        let count = 0
        for (const dna of space) {
          expect(dna.genes).toEqual(points[count++]?.genes)
          expect(() => space.dna(dna.genes)).not.toThrow()
          if (before !== undefined) expect(compareGenes(before.genes, dna.genes)).toBeLessThan(0)
          before = dna
        }
        expect(count).toBe(points.length)
        expect(new Set(Array.from(space, String)).size).toBe(count)
      }),
      { numRuns: 200 },
    )
  })

  it('[G2] a random DNA is one that enumeration reaches', () => {
    fc.assert(
      fc.property(arbitrarySpace(), fc.integer(), (model, seed) => {
        const points = enumerateModel(model, 500)
        fc.pre(points !== undefined)
        const space = dnaOf(build(model))
        const known = new Set(points.map(({ genes }) => String(genes)))
        const stream = randomStream(seed)
        for (let i = 0; i < 10; i++) expect(known.has(String(space.random(stream).genes))).toBe(true)
      }),
    )
  })

  it('[G2] text is what PyGlove prints; text and JSON read back as the same DNA', () => {
    fc.assert(
      fc.property(arbitrarySpace(), (model) => {
        const points = enumerateModel(model, 200)
        fc.pre(points !== undefined)
        const space = dnaOf(build(model))
        for (const { genes, texts } of points) {
          const dna = space.dna(genes)
          expect(String(dna)).toBe(textOf(texts))
          expect(space.parse(String(dna)).genes).toEqual(genes)
          expect(space.fromJSON(JSON.parse(JSON.stringify(dna))).genes).toEqual(genes)
          expect(space.parse(String(dna)).equals(dna)).toBe(true)
        }
      }),
    )
  })

  it('[G2] text and JSON keep every bit of a float', () => {
    fc.assert(
      fc.property(arbitrarySpace({ continuous: true }), fc.integer(), (model, seed) => {
        const space = dnaOf(build(model))
        const dna = space.random(randomStream(seed))
        const read = [space.parse(String(dna)), space.fromJSON(JSON.parse(JSON.stringify(dna)))]
        for (const { genes } of read) expect(genes.every((gene, i) => Object.is(gene, dna.genes[i]))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('[G2] every id is that of one decision point, and finds it', () => {
    fc.assert(
      fc.property(arbitrarySpace({ continuous: true }), (model) => {
        const space = dnaOf(build(model))
        const ids = space.points.map((point) => point.id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const point of space.points) {
          expect(space.lookUp(point.id)).toEqual([point])
          if (point.name !== undefined) expect(space.lookUp(point.name)).toContain(point)
        }
      }),
    )
  })

  it('[G2] `get` gives the gene of an active decision, by id or name, and nothing for another', () => {
    const space = dnaOf({
      a: oneOf<unknown>([1, oneOf([2, 3], { name: 'inner' })]),
      b: floatIn(0, 1, { name: 'rate' }),
    })
    const dna = space.parse('[(1, 0), 0.5]')
    expect([dna.get('a'), dna.get('a[=1/2]'), dna.get('inner'), dna.get('b'), dna.get('rate')]).toEqual([
      1, 0, 0, 0.5, 0.5,
    ])
    expect(space.parse('[0, 0.5]').get('inner')).toBeUndefined()
    expect(() => dna.get('c')).toThrow(UnknownKeyError)
    expect(() => dna.get('c')).toThrow(
      "c: expected the id or name of a decision point, got 'c'; there are a, a[=1/2], b, inner, rate.",
    )
  })

  it('[G2] a name that several decisions share gives the first active one', () => {
    const space = dnaOf(manyOf(2, [0, oneOf([1, 2, 3], { name: 'inner' })], { distinct: false }))
    expect(space.lookUp('inner').map((point) => point.id)).toEqual(['[0][=1/2]', '[1][=1/2]'])
    expect(space.parse('[0, (1, 2)]').get('inner')).toBe(2)
    expect(space.parse('[(1, 1), (1, 2)]').get('inner')).toBe(1)
    expect(space.parse('[0, 0]').get('inner')).toBeUndefined()
  })

  it('[G2] a name may repeat the id of its own decision', () => {
    const space = dnaOf({ rate: floatIn(0, 1, { name: 'rate' }) })
    expect(space.lookUp('rate')).toHaveLength(1)
    expect(space.dna([0.5]).get('rate')).toBe(0.5)
  })

  it.each([
    ['two decisions', { a: oneOf([1], { name: 'x' }), b: oneOf([1], { name: 'x' }) }, 'b'],
    [
      'a decision and one in a candidate',
      { a: oneOf([oneOf([1], { name: 'x' })]), b: floatIn(0, 1, { name: 'x' }) },
      'b',
    ],
    ['the id of another decision', { a: oneOf([1]), b: oneOf([1], { name: 'a' }) }, 'b'],
    ['the id of several choices', { a: manyOf(2, [1, 2]), b: oneOf([1], { name: 'a' }) }, 'b'],
    ['the id of one of several choices', { a: manyOf(2, [1, 2]), b: oneOf([1], { name: 'a[0]' }) }, 'b'],
  ])('[G2] refuses a name that clashes: %s', (_, program, path) => {
    expect(() => Space.of(program)).toThrow(DeclarationError)
    expect(() => Space.of(program)).toThrow(expect.objectContaining({ path, code: 'declaration' }))
  })

  it('[G2] the message of a clash says what to do', () => {
    expect(() => Space.of({ a: oneOf([1]), b: oneOf([1], { name: 'a' }) })).toThrow(
      "b: expected a name that no other decision has as its name or id, got 'a'; rename one of them.",
    )
  })

  it('[G2] −0 counts as 0, so that a point has one list of genes', () => {
    const space = dnaOf([oneOf([1, 2]), floatIn(-1, 1), intIn(-1, 1)])
    const dna = space.dna([-0, -0, -0])
    expect(dna.genes.every((gene) => Object.is(gene, 0))).toBe(true)
    expect(String(dna)).toBe('[0, 0, 0]')
    expect(Object.is(dnaOf(intIn(-0, 1)).first().genes[0], 0)).toBe(true)
    expect(Object.is(dnaOf(floatIn(-1, -0, { step: 1 })).dna([0]).genes[0], 0)).toBe(true)
  })

  it('[G2] keeps its genes to itself', () => {
    const genes = [1]
    const dna = dnaOf(oneOf([1, 2])).dna(genes)
    genes[0] = 0
    expect(dna.genes).toEqual([1])
  })

  it('[G2] DNA are equal if they are the same point of equal spaces', () => {
    const one = dnaOf({ a: oneOf([1, 2]) })
    expect(one.dna([1]).equals(dnaOf({ a: oneOf([1, 2]) }).dna([1]))).toBe(true)
    expect(one.dna([1]).equals(one.dna([0]))).toBe(false)
    expect(one.dna([1]).equals(dnaOf({ b: oneOf([1, 2]) }).dna([1]))).toBe(false)
    expect(one.dna([1]).equals(dnaOf([oneOf([1, 2]), oneOf([1, 2])]).dna([1, 1]))).toBe(false)
  })

  it('[G2] `decisions` lists what is active, in pre-order, with the position of its gene', () => {
    const space = dnaOf({ a: manyOf(2, [0, oneOf([1, 2])]), b: oneOf([1, 2]) })
    expect(space.parse('[[(1, 0), 0], 1]').decisions.map(({ point, position }) => [point.id, position])).toEqual([
      ['a[0]', 0],
      ['a[0][=1/2]', 1],
      ['a[1]', 2],
      ['b', 3],
    ])
  })

  it('[G2] `parameters` show numbers and the literals of choices by id', () => {
    const space = dnaOf({ a: oneOf(['x', 'y']), b: manyOf(2, [1, 2]), c: floatIn(0, 1), d: intIn(1, 9) })
    expect(space.parse('[1, [1, 0], 0.5, 4]').parameters).toEqual({ a: "'y'", 'b[0]': 2, 'b[1]': 1, c: 0.5, d: 4 })
  })
})

describe('fromDecisions', () => {
  it('[G2] asks for each active decision in order, and tells what the choices before it have taken', () => {
    const space = dnaOf({ a: oneOf<unknown>([0, intIn(3, 5)]), b: manyOf(3, ['x', 'y', 'z']) })
    const asked: string[] = []
    const dna = space.fromDecisions((point: DecisionPoint, earlier) => {
      asked.push(`${point.id}:${earlier.join()}`)
      if (point.kind !== 'choice') return point.max
      return point.candidates.findLastIndex((_, i) => !earlier.includes(i))
    })
    expect(asked).toEqual(['a:', 'a[=1/2]:', 'b[0]:', 'b[1]:2', 'b[2]:2,1'])
    expect(String(dna)).toBe('[(1, 5), [2, 1, 0]]')
  })

  it('[G2] refuses what does not fit', () => {
    expect(() => dnaOf(oneOf([1, 2])).fromDecisions(() => 2)).toThrow(InvalidDnaError)
    expect(() => dnaOf(oneOf([1, oneOf([2])])).fromDecisions(() => NaN)).toThrow(InvalidDnaError)
  })
})

describe('enumeration', () => {
  it('[G3] of a space with a float has no end, and says so before it begins', () => {
    const space = dnaOf({ a: oneOf([1, 2]), b: oneOf([1, floatIn(0, 1)]) })
    expect(space.size).toBe('infinite')
    expect(() => [...space]).toThrow(InfiniteSpaceError)
    expect(() => [...space]).toThrow(
      'expected a space with finitely many points, got one with a float range; give floatIn a step, or sample at random.',
    )
    expect(() => [...Space.of({ b: floatIn(0, 1) })]).toThrow(InfiniteSpaceError)
  })

  it('[G3] goes step by step as far as no float has to move', () => {
    const space = dnaOf([oneOf([1, floatIn(0, 1)]), oneOf([1, 2])])
    const second = space.next(space.first()) as Dna
    const third = space.next(second) as Dna
    const fourth = space.next(third) as Dna
    expect([second, third, fourth].map(String)).toEqual(['[0, 1]', '[(1, 0), 0]', '[(1, 0), 1]'])
    const next = (): unknown => space.next(fourth)
    expect(next).toThrow(InfiniteSpaceError)
    expect(next).toThrow(
      '[0][=1/2]: expected a finite number of values, got every number in [0, 1]; give floatIn a step, or sample at random.',
    )
  })

  it('[G3] a float of one value is finite', () => {
    const space = dnaOf([floatIn(0.5, 0.5), oneOf([1, 2])])
    expect(space.size).toBe(2n)
    expect([...space].map(String)).toEqual(['[0.5, 0]', '[0.5, 1]'])
  })

  it('[G3] `next` takes a DNA of another space only if it fits', () => {
    const space = dnaOf(oneOf([1, 2]))
    expect(String(space.next(dnaOf(oneOf([3, 4])).first()))).toBe('1')
    expect(() => space.next(dnaOf(oneOf([1, 2, 3])).dna([2]))).toThrow(InvalidDnaError)
    expect(space.next(space.dna([1]))).toBeUndefined()
  })

  it('[G3] begins and goes on in a permutation of many without delay', () => {
    const space = dnaOf(permutationOf(Array.from({ length: 1000 }, (_, i) => i)))
    const first = space.first()
    expect(first.genes).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(space.next(first)?.genes.slice(-2)).toEqual([999, 998])
    expect(space.next(space.dna(first.genes.toReversed()))).toBeUndefined()
  })
})

describe('the fingerprint', () => {
  it('[G2] is the same for equal spaces', () => {
    fc.assert(
      fc.property(arbitrarySpace({ continuous: true }), (model) => {
        const one = dnaOf(build(model)).fingerprint
        expect(dnaOf(build(model)).fingerprint).toBe(one)
        expect(one).toMatch(/^[0-9a-f]{16}$/)
      }),
    )
  })

  it('[G2] is the same in every version: golden values', () => {
    expect(dnaOf({ a: oneOf<unknown>(['x', oneOf([1, 2]), manyOf(2, [3, 4, 5])]), b: floatIn(0, 1) }).fingerprint).toBe(
      '1c0c82741aec5ad5',
    )
    expect(dnaOf([intIn(1, 10, { step: 3 }), floatIn(0, 1, { step: 0.1 })]).fingerprint).toBe('a81b9f3325022c4b')
    expect(dnaOf(5).fingerprint).toBe('cf3604ff715aa821')
  })

  it('[G2] does not depend on names, hints, scales and weights, at any depth', () => {
    const plain = dnaOf({ a: oneOf([1, 2]), b: oneOf<unknown>([floatIn(1, 2), [oneOf([3, 4])]]), c: intIn(1, 9) })
    const dressed = dnaOf({
      a: oneOf([1, 2], { weights: [1, 3], hints: { x: 1 } }),
      b: oneOf<unknown>([floatIn(1, 2, { scale: 'log', name: 'f' }), [oneOf([3, 4], { name: 'g', weights: [1, 2] })]]),
      c: intIn(1, 9, { scale: 'log', name: 'h', hints: 'i' }),
    })
    expect(dressed.fingerprint).toBe(plain.fingerprint)
  })

  const different: unknown[] = [
    5,
    oneOf([1, 2]),
    oneOf([1, 3]),
    oneOf([1, '2']),
    oneOf([2, 1]),
    oneOf([1, 2, 3]),
    oneOf([1, oneOf([2])]),
    oneOf([1, oneOf([2, 3])]),
    oneOf([1, [oneOf([2, 3])]]),
    oneOf([1, manyOf(2, [2, 3])]),
    oneOf([1, manyOf(2, [2, 3], { sorted: true })]),
    [oneOf([1, 2])],
    { a: oneOf([1, 2]) },
    { b: oneOf([1, 2]) },
    { b: oneOf([1, 2]), c: oneOf([1, 2]) },
    manyOf(2, [1, 2]),
    manyOf(2, [1, 2], { sorted: true }),
    manyOf(2, [1, 2], { distinct: false }),
    manyOf(2, [1, 2], { distinct: false, sorted: true }),
    manyOf(3, [1, 2], { distinct: false }),
    manyOf(2, [1, 3]),
    floatIn(0, 1),
    floatIn(0, 2),
    floatIn(-1, 1),
    floatIn(0, 1, { step: 0.5 }),
    floatIn(0, 1, { step: 0.25 }),
    intIn(0, 1),
    intIn(0, 2),
    intIn(0, 2, { step: 2 }),
  ]

  it('[G2] differs between spaces that differ in what is valid', () => {
    expect(new Set(different.map((program) => dnaOf(program).fingerprint)).size).toBe(different.length)
  })

  it('[G2] does not depend on what stands around the decisions', () => {
    expect(dnaOf({ a: oneOf([1, 2]), b: 5 }).fingerprint).toBe(dnaOf({ a: oneOf([1, 2]), c: 6 }).fingerprint)
  })
})

describe('JSON', () => {
  it('[G2] is PyGlove’s compact form under our type name', () => {
    const space = dnaOf({ a: oneOf<unknown>([0, manyOf(2, [3, 4, 5])]), b: floatIn(0, 1) })
    expect(space.parse('[(1, [2, 0]), 0.5]').toJSON()).toEqual({
      _type: 'mitten/Dna',
      format: 'compact',
      value: [['__tuple__', 1, [2, 0]], 0.5],
    })
    const pyglove =
      '{"_type": "pyglove.core.geno.base.DNA", "format": "compact", "value": [["__tuple__", 1, [2, 0]], 0.5]}'
    expect(String(space.fromJSON(JSON.parse(pyglove)))).toBe('[(1, [2, 0]), 0.5]')
    expect(String(space.fromJSON([['__tuple__', 1, [2, 0]], 0.5]))).toBe('[(1, [2, 0]), 0.5]')
  })

  it.each([
    [null, 'expected a number, a list or a chain, got null; give the JSON of a DNA.'],
    ['0', "expected a number, a list or a chain, got '0'; give the JSON of a DNA."],
    [
      {},
      "format: expected the compact form of a DNA, { format: 'compact', value: … }, got undefined; give what dna.toJSON() wrote.",
    ],
    [
      { _type: 'pyglove.core.geno.base.DNA', value: 0, children: [] },
      "format: expected the compact form of a DNA, { format: 'compact', value: … }, got undefined; give what dna.toJSON() wrote.",
    ],
    [{ format: 'compact' }, 'expected a number, a list or a chain, got undefined; give the JSON of a DNA.'],
    [['__tuple__', 0], 'expected a chain of at least two parts, got (0); write a choice alone without parentheses.'],
    [
      [['__tuple__', [0, 1], 1]],
      'expected several decisions in the last place of a chain only, got [0, 1]; put the list at the end.',
    ],
  ])('[G2] refuses %j', (json, message) => {
    expect(() => dnaOf(oneOf([1, 2])).fromJSON(json)).toThrow(InvalidDnaError)
    expect(() => dnaOf(oneOf([1, 2])).fromJSON(json)).toThrow(message)
  })

  it('[S14] refuses endless nesting, also in a circle', () => {
    const circle: unknown[] = []
    circle.push(circle)
    expect(() => dnaOf(oneOf([1, 2])).fromJSON(circle)).toThrow(InvalidDnaError)
    let deep: unknown = 0
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(() => dnaOf(oneOf([1, 2])).fromJSON(deep)).toThrow('expected at most 1000 levels, got more;')
  })
})
