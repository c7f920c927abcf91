import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../math/index.ts'
import { OutOfRangeError, TypeMismatchError } from '../symbolic/errors.ts'
import { field } from '../symbolic/fields/index.ts'
import { format } from '../symbolic/format.ts'
import { fromJSON } from '../symbolic/from-json.ts'
import { rebindAt } from '../symbolic/rebind.ts'
import { symbolic } from '../symbolic/symbolic.ts'
import { toJSON } from '../symbolic/to-json.ts'
import { thrown } from '../../test/thrown.ts'
import { HyperValueError } from './errors.ts'
import { floatIn, intIn } from './range.ts'
import { Space } from './space.ts'

const LARGEST = Number.MAX_VALUE
const SAFE = Number.MAX_SAFE_INTEGER

describe('what no range can be', () => {
  it.each<[string, () => unknown, string, string]>([
    ['a bound that is NaN', () => floatIn(NaN, 1), 'min', 'min: expected a finite number, got NaN; give both ends.'],
    [
      'an infinite bound',
      () => floatIn(0, Infinity),
      'max',
      'max: expected a finite number, got Infinity; give both ends.',
    ],
    [
      'a bound that is no number',
      () => floatIn('0' as never, 1),
      'min',
      "min: expected a finite number, got '0'; give both ends.",
    ],
    [
      'a missing bound',
      () => (floatIn as (min: number) => unknown)(0),
      'max',
      'max: expected a finite number, got undefined; give both ends.',
    ],
    [
      'bounds that cross',
      () => floatIn(1, 0),
      'min',
      'min: expected a lower bound of at most 0, got 1; exchange the bounds.',
    ],
    [
      'integer bounds that cross',
      () => intIn(1, 0),
      'min',
      'min: expected a lower bound of at most 0, got 1; exchange the bounds.',
    ],
    ['a fraction for an integer', () => intIn(0.5, 1), 'min', 'min: expected a safe integer, got 0.5; give both ends.'],
    [
      'an integer beyond 2^53',
      () => intIn(0, 2 ** 53),
      'max',
      'max: expected a safe integer, got 9007199254740992; give both ends.',
    ],
    [
      'more integers than can be counted',
      () => intIn(-SAFE, SAFE),
      'max',
      'max: expected a range of at most 9007199254740991 from end to end, got 9007199254740991; narrow the range.',
    ],
    [
      'a log scale from 0',
      () => floatIn(0, 1, { scale: 'log' }),
      'min',
      "min: expected a lower bound above 0 for the scale 'log', got 0; raise it, or use the linear scale.",
    ],
    [
      'a reversed log scale from below 0',
      () => floatIn(-1, 1, { scale: 'reverseLog' }),
      'min',
      "min: expected a lower bound above 0 for the scale 'reverseLog', got -1; raise it, or use the linear scale.",
    ],
    [
      'a log scale of integers from 0',
      () => intIn(0, 1, { scale: 'log' }),
      'min',
      "min: expected a lower bound above 0 for the scale 'log', got 0; raise it, or use the linear scale.",
    ],
    [
      'an unknown scale',
      () => floatIn(1, 2, { scale: 'rlog' as never }),
      'scale',
      "scale: expected one of 'linear', 'log', 'reverseLog', got 'rlog'; leave it out for the linear scale.",
    ],
    [
      'a scale that integers do not have',
      () => intIn(1, 2, { scale: 'reverseLog' as never }),
      'scale',
      "scale: expected one of 'linear', 'log', got 'reverseLog'; leave it out for the linear scale.",
    ],
    [
      'a step of 0',
      () => floatIn(0, 1, { step: 0 }),
      'step',
      'step: expected a positive number, got 0; leave it out for every value.',
    ],
    [
      'a negative step',
      () => intIn(0, 1, { step: -1 }),
      'step',
      'step: expected a positive integer, got -1; leave it out for every value.',
    ],
    [
      'a step that is NaN',
      () => floatIn(0, 1, { step: NaN }),
      'step',
      'step: expected a positive number, got NaN; leave it out for every value.',
    ],
    [
      'an infinite step',
      () => floatIn(0, 1, { step: Infinity }),
      'step',
      'step: expected a positive number, got Infinity; leave it out for every value.',
    ],
    [
      'a step of half an integer',
      () => intIn(0, 1, { step: 0.5 }),
      'step',
      'step: expected a positive integer, got 0.5; leave it out for every value.',
    ],
    [
      'a step that rounding swallows',
      () => floatIn(1e10, 1e10 + 1, { step: 1e-7 }),
      'step',
      'step: expected a step of at least 0.0011368683773298471, got 1e-7; take a larger step, or none for every number.',
    ],
    [
      'more steps than can be counted',
      () => floatIn(0, 1, { step: Number.MIN_VALUE }),
      'step',
      'step: expected a step of at least 1.1368683772161603e-13, got 5e-324; take a larger step, or none for every number.',
    ],
    [
      'steps through a range wider than any number',
      () => floatIn(-LARGEST, LARGEST, { step: 1e300 }),
      'max',
      'max: expected a range of at most 1.7976931348623157e+308 from end to end, got 1.7976931348623157e+308; narrow the range.',
    ],
  ])('[G1] %s', (_, call, path, message) => {
    const error = thrown(call)
    expect(error).toBeInstanceOf(HyperValueError)
    expect(error).toMatchObject({ code: 'hyper-value', path, message })
  })
})

describe('what a range can be', () => {
  it.each<[string, unknown, bigint | 'infinite']>([
    ['one value', floatIn(0.5, 0.5), 1n],
    ['one integer', intIn(-7, -7), 1n],
    ['neighbouring numbers', floatIn(1, 1 + Number.EPSILON), 'infinite'],
    ['every number', floatIn(-LARGEST, LARGEST), 'infinite'],
    ['the smallest numbers', floatIn(Number.MIN_VALUE, 2 * Number.MIN_VALUE, { scale: 'log' }), 'infinite'],
    ['a step longer than the range', floatIn(0, 1, { step: 5 }), 1n],
    ['an integer step longer than the range', intIn(0, 10, { step: SAFE }), 1n],
    ['the widest range of integers', intIn(-1, SAFE - 1), 2n ** 53n],
    ['huge steps', floatIn(0, LARGEST, { step: LARGEST / 4 }), 5n],
  ])('[G5] %s', (_, program, size) => {
    const space = Space.of(program)
    expect(space.dna.size).toBe(size)
    const stream = randomStream(1)
    for (let i = 0; i < 20; i++) {
      const dna = space.dna.random(stream)
      expect(space.dna.dna(dna.genes).genes).toEqual(dna.genes)
      expect(space.encode(space.materialize(dna) as never).genes).toEqual(dna.genes)
    }
  })

  it('[G5] a million integers cost as much as two', () => {
    const many = Space.of(intIn(1, 1_000_000)).dna
    expect(many.size).toBe(1_000_000n)
    expect(many.points).toHaveLength(1)
    expect(many.next(many.dna([999_999]))?.genes).toEqual([1_000_000])
    expect(many.next(many.dna([1_000_000]))).toBeUndefined()
  })

  it('[G2] the gene of an integer is the integer, of a stepped float the number', () => {
    const space = Space.of([intIn(10, 20, { step: 5 }), floatIn(0, 1, { step: 0.1 })])
    expect(String(space.dna.first())).toBe('[10, 0]')
    expect(space.materialize(space.dna.parse('[15, 0.5]')).toArray()).toEqual([15, 0.5])
    expect(String(space.encode([20, 0.30000000000000004] as never))).toBe('[20, 0.30000000000000004]')
  })

  it('[S12] reads back from JSON as the same range', () => {
    for (const program of [
      floatIn(1e-5, 1, { scale: 'log', name: 'rate', hints: { unit: 's' } }),
      floatIn(0, 1, { step: 0.1 }),
      intIn(1, 9, { scale: 'log', step: 2 }),
    ]) {
      const read = fromJSON(JSON.parse(JSON.stringify(toJSON(program))))
      expect(format(read)).toBe(format(program))
      expect(Space.of(read).dna.points).toEqual(Space.of<unknown>(program).dna.points)
    }
  })

  it.each<[string, object, string, string]>([
    [
      'bounds that cross',
      { _type: 'mitten/FloatIn', min: 1, max: 0 },
      'a.min',
      'a.min: expected a lower bound of at most 0, got 1; exchange the bounds.',
    ],
    [
      'an infinite bound',
      { _type: 'mitten/FloatIn', min: 0, max: { _type: 'mitten/number', value: 'Infinity' } },
      'a.max',
      'a.max: expected a finite number, got Infinity; give both ends.',
    ],
    [
      'a log scale from 0',
      { _type: 'mitten/IntIn', min: 0, max: 9, scale: 'log' },
      'a.min',
      "a.min: expected a lower bound above 0 for the scale 'log', got 0; raise it, or use the linear scale.",
    ],
    [
      'a step of 0',
      { _type: 'mitten/FloatIn', min: 0, max: 1, step: 0 },
      'a.step',
      'a.step: expected a positive number, got 0; leave it out for every value.',
    ],
  ])('[G1] JSON of %s is refused by the space', (_, json, path, message) => {
    const error = thrown(() => Space.of(fromJSON({ a: json })))
    expect(error).toBeInstanceOf(HyperValueError)
    expect(error).toMatchObject({ path, message })
  })
})

class Typed extends symbolic('test/RangeTyped', {
  int: field.int().min(-10).max(1024).optional(),
  large: field.int().optional(),
  number: field.number().min(0).max(1.5e308).optional(),
  size: field.enum([1, 3, 5, 7]).optional(),
  level: field.enum([0, 0.5, 1]).optional(),
  apart: field.union([field.number().max(1), field.number().min(5)]).optional(),
  text: field.string().optional(),
  list: field.list(field.int()).optional(),
}) {}

describe('a range in a field', () => {
  it.each<[string, object]>([
    ['integers', { int: intIn(-10, 1024) }],
    ['integers by a step that stays inside', { int: intIn(0, 1030, { step: 512 }) }],
    ['a grid of whole floats', { int: floatIn(0, 4, { step: 2 }) }],
    ['one whole float', { int: floatIn(3, 3) }],
    ['all numbers of the field', { number: floatIn(0, 1.5e308) }],
    ['integers where numbers go', { number: intIn(0, 5) }],
    ['a grid of what is listed', { size: intIn(1, 7, { step: 2 }) }],
    ['floats that are listed', { level: floatIn(0, 1, { step: 0.5 }) }],
    ['one part of a union', { apart: floatIn(-5, 1) }],
    ['items', { list: [intIn(1, 2), intIn(1, 3)] }],
  ])('[G1] is taken with %s', (_, init) => {
    const space = Space.of(new Typed(init))
    const stream = randomStream(1)
    for (let i = 0; i < 20; i++) {
      const program = space.materialize(space.dna.random(stream))
      expect(format(fromJSON(toJSON(program), { as: Typed }))).toBe(format(program))
    }
  })

  const narrow = 'narrow the range, or widen the field.'
  it.each<[string, object, string]>([
    [
      'floats for integers',
      { int: floatIn(0, 1) },
      `int: expected an integer in [-10, 1024] or undefined, got 0.5; ${narrow}`,
    ],
    [
      'floats for integers whose middle is an integer',
      { int: floatIn(0, 1024) },
      `int: expected an integer in [-10, 1024] or undefined, got 0.5; ${narrow}`,
    ],
    [
      'floats for negative integers',
      { int: floatIn(-9, -1) },
      `int: expected an integer in [-10, 1024] or undefined, got -1.5; ${narrow}`,
    ],
    [
      'floats within one integer and the next',
      { int: floatIn(1, 1.25) },
      `int: expected an integer in [-10, 1024] or undefined, got 1.25; ${narrow}`,
    ],
    [
      'large floats for integers',
      { large: floatIn(2 ** 51, 2 ** 53 - 1) },
      `large: expected an integer or undefined, got 2251799813685248.5; ${narrow}`,
    ],
    [
      'half steps for integers',
      { int: floatIn(0, 1, { step: 0.5 }) },
      `int: expected an integer in [-10, 1024] or undefined, got 0.5; ${narrow}`,
    ],
    [
      'a range that starts too low',
      { int: intIn(-11, 0) },
      `int: expected an integer in [-10, 1024] or undefined, got -11; ${narrow}`,
    ],
    [
      'a range that ends too high',
      { int: intIn(0, 1025) },
      `int: expected an integer in [-10, 1024] or undefined, got 1025; ${narrow}`,
    ],
    [
      'a float range that ends too high',
      { number: floatIn(0, 1.6e308) },
      `number: expected a number in [0, 1.5e+308] or undefined, got 1.6e+308; ${narrow}`,
    ],
    [
      'integers that are not all listed',
      { size: intIn(1, 7) },
      `size: expected one of 1, 3, 5, 7 or undefined, got 2; ${narrow}`,
    ],
    [
      'floats where few are listed',
      { level: floatIn(0, 1) },
      `level: expected one of 0, 0.5, 1 or undefined, got 0.6180339887498949; ${narrow}`,
    ],
    [
      'a gap of a union',
      { apart: floatIn(0, 6) },
      `apart: expected a number of at most 1 or a number of at least 5 or undefined, got 3.7082039324993694; ${narrow}`,
    ],
    ['numbers for text', { text: floatIn(0, 1) }, `text: expected a string or undefined, got 0; ${narrow}`],
    [
      'a number for a list',
      { list: intIn(0, 1) },
      `list: expected a list of items that are each an integer or undefined, got 0; ${narrow}`,
    ],
  ])('[G1] is refused with %s', (_, init, message) => {
    const error = thrown(() => new Typed(init))
    expect([TypeMismatchError, OutOfRangeError].some((type) => error instanceof type)).toBe(true)
    expect(error.message).toBe(message)
  })

  it('[G1] of integers takes no float range in which there is a fraction', () => {
    class Int extends symbolic('test/RangeInt', { n: field.int() }) {}
    fc.assert(
      fc.property(
        fc.double({ min: -(2 ** 51), max: 2 ** 51, noNaN: true }),
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        (min, width) => {
          fc.pre(min + width > min)
          expect(() => new Int({ n: floatIn(min, min + width) })).toThrow(TypeMismatchError)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('[G1] is refused by the space if it has been widened past its field', () => {
    const typed = new Typed({ int: intIn(0, 10) })
    rebindAt(typed, [['int.max', 5000]])
    expect(thrown(() => Space.of([typed]))).toMatchObject({
      code: 'range',
      path: '[0].int',
      message: `[0].int: expected an integer in [-10, 1024] or undefined, got 5000; ${narrow}`,
    })
  })
})
