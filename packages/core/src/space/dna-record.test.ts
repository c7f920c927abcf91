import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitrarySpace, build } from '../../test/arbitrary-space.ts'
import { randomStream } from '../math/index.ts'
import { manyOf, oneOf } from './choice.ts'
import type { DnaRecordOptions } from './dna-record.ts'
import type { DnaSpace } from './dna-space.ts'
import { InvalidDnaError } from './errors.ts'
import { floatIn, intIn } from './range.ts'
import { Space } from './space.ts'

const dnaOf = (program: unknown): DnaSpace => Space.of(program).dna

const arbitraryOptions = fc.record<Required<DnaRecordOptions>>({
  keys: fc.constantFrom('id', 'name-or-id'),
  values: fc.constantFrom('gene', 'choice', 'choice-and-literal'),
  several: fc.constantFrom('each', 'list', 'both'),
  inactive: fc.boolean(),
})

describe('records of decisions', () => {
  it('[G2] read back as the same DNA, in every form but that of literals alone, and through JSON', () => {
    fc.assert(
      fc.property(arbitrarySpace({ continuous: true }), fc.integer(), arbitraryOptions, (model, seed, options) => {
        const space = dnaOf(build(model))
        const dna = space.random(randomStream(seed))
        const record = dna.toRecord(options)
        const before = JSON.stringify(record)
        expect(space.fromRecord(record).genes).toEqual(dna.genes)
        expect(space.fromRecord(JSON.parse(before)).genes).toEqual(dna.genes)
        expect(JSON.stringify(record)).toBe(before)
      }),
      { numRuns: 500 },
    )
  })

  it('[G2] of literals read back as such, unless two candidates print alike: then they are refused', () => {
    fc.assert(
      fc.property(arbitrarySpace({ continuous: true }), fc.integer(), arbitraryOptions, (model, seed, options) => {
        const space = dnaOf(build(model))
        const dna = space.random(randomStream(seed))
        const record = dna.toRecord({ ...options, values: 'literal' })
        const clear = dna.decisions.every(({ point, position }) => {
          if (point.kind !== 'choice') return true
          const mine = point.literals[dna.genes[position] as number]
          return point.literals.filter((literal) => literal === mine).length === 1
        })
        const read = (): readonly number[] => space.fromRecord(record, { values: 'literal' }).genes
        if (clear) expect(read()).toEqual(dna.genes)
        else expect(read).toThrow(InvalidDnaError)
      }),
      { numRuns: 300 },
    )
  })

  const space = dnaOf({
    a: oneOf<unknown>(['x', oneOf([1, 2]), manyOf(2, [3, 4, 5])]),
    b: floatIn(0, 1, { name: 'rate' }),
    c: intIn(1, 9),
  })
  const dna = space.parse('[(2, [2, 0]), 0.5, 4]')

  it.each<[DnaRecordOptions, object]>([
    [{}, { a: 2, 'a[=2/3][0]': 2, 'a[=2/3][1]': 0, b: 0.5, c: 4 }],
    [{ keys: 'name-or-id' }, { a: 2, 'a[=2/3][0]': 2, 'a[=2/3][1]': 0, rate: 0.5, c: 4 }],
    [{ values: 'choice' }, { a: '2/3', 'a[=2/3][0]': '2/3', 'a[=2/3][1]': '0/3', b: 0.5, c: 4 }],
    [{ several: 'list' }, { a: 2, 'a[=2/3]': [2, 0], b: 0.5, c: 4 }],
    [{ several: 'both' }, { a: 2, 'a[=2/3]': [2, 0], 'a[=2/3][0]': 2, 'a[=2/3][1]': 0, b: 0.5, c: 4 }],
    [{ inactive: true }, { a: 2, 'a[=1/3]': null, 'a[=2/3][0]': 2, 'a[=2/3][1]': 0, b: 0.5, c: 4 }],
    [
      { values: 'literal' },
      {
        a: 'ManyOf({ k: 2, candidates: [3, 4, 5], distinct: true, sorted: false })',
        'a[=2/3][0]': 5,
        'a[=2/3][1]': 3,
        b: 0.5,
        c: 4,
      },
    ],
  ])('[G2] with %j', (options, expected) => {
    expect(dna.toRecord(options)).toEqual(expected)
    expect(Object.keys(dna.toRecord(options))).toEqual(Object.keys(expected))
  })

  it('[G2] inactive choices of several are nothing each', () => {
    const zero = space.parse('[0, 0.5, 4]')
    expect(zero.toRecord({ inactive: true, several: 'list' })).toEqual({
      a: 0,
      'a[=1/3]': null,
      'a[=2/3]': [null, null],
      b: 0.5,
      c: 4,
    })
  })

  it('[G2] decisions that share a name come as a list of the active ones, in order', () => {
    const shared = dnaOf(manyOf(3, [0, oneOf([1, 2, 3], { name: 'inner' })], { distinct: false, name: 'outer' }))
    const two = shared.parse('[(1, 2), 0, (1, 0)]')
    expect(two.toRecord({ keys: 'name-or-id' })).toEqual({ outer: [1, 0, 1], inner: [2, 0] })
    expect(two.toRecord({ keys: 'name-or-id', inactive: true })).toEqual({ outer: [1, 0, 1], inner: [2, null, 0] })
    expect(shared.fromRecord({ outer: [1, 0, 1], inner: [2, null, 0] }).genes).toEqual(two.genes)
    const one = shared.parse('[0, (1, 2), 0]')
    expect(one.toRecord({ keys: 'name-or-id' })).toEqual({ outer: [0, 1, 0], inner: 2 })
    expect(shared.fromRecord({ outer: [0, 1, 0], inner: 2 }).genes).toEqual(one.genes)
  })

  it('[G2] any name is a key', () => {
    for (const name of ['toString', 'constructor', '__proto__', '']) {
      const odd = dnaOf({ a: oneOf([1, 2], { name }) })
      const record = odd.dna([1]).toRecord({ keys: 'name-or-id' })
      expect(Object.entries(record)).toEqual([[name, 1]])
      expect(odd.fromRecord(record).genes).toEqual([1])
    }
  })

  it('[G2] values that tell by themselves what they are can be mixed', () => {
    const record = { a: '2/3', 'a[=2/3][0]': '2/3 (5)', 'a[=2/3][1]': 0, rate: 0.5, c: 4 }
    expect(String(space.fromRecord(record))).toBe('[(2, [2, 0]), 0.5, 4]')
    expect(String(space.fromRecord({ a: "'x'", b: 1, c: 9 }))).toBe('[0, 1, 9]')
  })

  it('[G2] an integer is the index of a candidate; as a literal it is read only on request', () => {
    const numbers = dnaOf(oneOf([2, 1, 0, 0.5]))
    expect(numbers.fromRecord({ '': 2 }).genes).toEqual([2])
    expect(numbers.fromRecord({ '': 2 }, { values: 'literal' }).genes).toEqual([0])
    expect(numbers.fromRecord({ '': 0.5 }).genes).toEqual([3])
    expect(dnaOf(oneOf([true, false])).fromRecord({ '': false }).genes).toEqual([1])
  })

  const refused: [string, Record<string, unknown>, string, string][] = [
    [
      'a missing value',
      { a: 0, c: 4 },
      'b',
      "b: expected a value for the decision, got nothing; give it under 'b' or 'rate'.",
    ],
    ['null', { a: null, b: 0, c: 4 }, 'a', "a: expected a value for the decision, got nothing; give it under 'a'."],
    [
      'a missing value of an active decision in a candidate',
      { a: 1, b: 0, c: 4 },
      'a[=1/3]',
      "a[=1/3]: expected a value for the decision, got nothing; give it under 'a[=1/3]'.",
    ],
    [
      'an unknown key',
      { a: 0, b: 0, c: 4, d: 1 },
      'd',
      "d: expected the id or name of a decision of the space, got 'd'; there are a, a[=1/3], a[=2/3], a[=2/3][0], a[=2/3][1], b, rate, c.",
    ],
    [
      'a literal without quotes',
      { a: 'x', b: 0, c: 4 },
      'a',
      "a: expected the index, choice or literal of a candidate, such as 0, 0/3 or 'x', got 'x'; there are 'x', OneOf({ candidates: [1, 2] }), ManyOf({ k: 2, candidates: [3, 4, 5], distinct: true, sorted: false }).",
    ],
    [
      'a choice beyond the candidates',
      { a: '3/3', b: 0, c: 4 },
      'a',
      "a: expected a choice from 0/3 to 2/3, got '3/3'; the space has changed since the record was written, or it is another one.",
    ],
    [
      'a choice between another number of candidates',
      { a: '1/2', b: 0, c: 4 },
      'a',
      "a: expected a choice from 0/3 to 2/3, got '1/2'; the space has changed since the record was written, or it is another one.",
    ],
    [
      'a choice with another literal',
      { a: "0/3 ('y')", b: 0, c: 4 },
      'a',
      "a: expected 0/3 ('x'), got '0/3 (\\'y\\')'; the space has changed since the record was written, or it is another one.",
    ],
    [
      'a negative gene',
      { a: -1, b: 0, c: 4 },
      'a',
      "a: expected the index of a candidate, an integer in [0, 2], got -1; read literals with { values: 'literal' }.",
    ],
    ['a number out of range', { a: 0, b: 2, c: 4 }, 'b', 'b: expected a number in [0, 1], got 2.'],
    ['a number as text', { a: 0, b: '0.5', c: 4 }, 'b', "b: expected a number in [0, 1], got '0.5'."],
    ['a float for an integer', { a: 0, b: 0, c: 4.5 }, 'c', 'c: expected an integer in [1, 9], got 4.5.'],
    [
      'more values than active decisions under a name',
      { a: 0, rate: [0, 0.5], c: 4 },
      'rate',
      'rate: expected one value to each active decision of the name, got 1 more; leave out the values of decisions that are not active.',
    ],
  ]
  it.each(refused)('[G2] refuses %s', (_, record, path, message) => {
    let error: unknown
    try {
      space.fromRecord(record)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(InvalidDnaError)
    expect(error).toMatchObject({ code: 'invalid-dna', path, message })
  })

  it('[G2] refuses a literal that two candidates share', () => {
    const twice = dnaOf(oneOf(['x', 'y', 'x']))
    expect(twice.fromRecord({ '': "'y'" }).genes).toEqual([1])
    expect(() => twice.fromRecord({ '': "'x'" })).toThrow(
      "expected the index of a candidate, since several print as 'x', got '\\'x\\''; there are 'x', 'y', 'x'.",
    )
  })

  it('[G2] a shared name with too few values lacks one', () => {
    const shared = dnaOf(manyOf(2, [1, 2, 3], { name: 'both' }))
    expect(() => shared.fromRecord({ both: [1] })).toThrow(
      "[1]: expected a value for the decision, got nothing; give it under '[1]' or 'both'.",
    )
    expect(() => shared.fromRecord({ both: 1 })).toThrow(InvalidDnaError)
  })
})
