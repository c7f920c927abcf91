import { describe, expect, it } from 'vitest'
import { Hole } from '../../test/arbitrary-program.ts'
import {
  DeclarationError,
  MissingFieldError,
  MittenError,
  OutOfRangeError,
  TypeMismatchError,
  UnknownKeyError,
} from './errors.ts'
import type { AnyField, Field } from './field.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { fromJSON } from './from-json.ts'
import { type List, list } from './list.ts'
import { rebindAt } from './rebind.ts'
import { record } from './record.ts'
import { ref } from './ref.ts'
import { extend, symbolic } from './symbolic.ts'
import { getSymbolic, parentOf } from './tree.ts'

class Base extends symbolic('fields/Base', {}) {}
class Sub extends extend('fields/Sub', Base, { x: field.int().default(1) }) {}
class Plain {
  readonly held = 1
}

let count = 0
/** A class with one field, and how to make an instance with one value. */
function holder(value: AnyField): (given?: unknown) => { readonly value: unknown } {
  const Holder = symbolic(`fields/Holder${count++}`, { value: value as Field<unknown> })
  return (given) => new Holder((given === undefined ? {} : { value: given }) as { value: unknown })
}

const act = (): number => 1

/** What each kind takes and what it refuses, with the class of the error and the phrase of what it expects. */
const kinds: readonly {
  readonly name: string
  readonly field: AnyField
  readonly expected: string
  readonly takes: readonly unknown[]
  readonly mismatches: readonly unknown[]
  readonly outside?: readonly unknown[]
}[] = [
  {
    name: 'boolean()',
    field: field.boolean(),
    expected: 'a boolean',
    takes: [true, false],
    mismatches: [0, 1, '', null, [], 'true'],
  },
  {
    name: 'int()',
    field: field.int(),
    expected: 'an integer',
    takes: [0, -0, -5, 2 ** 53 - 1, 1 - 2 ** 53, 3.0],
    mismatches: [0.5, NaN, Infinity, 2 ** 53, '1', true, 1n, null],
  },
  {
    name: 'int().min(1).max(8)',
    field: field.int().min(1).max(8),
    expected: 'an integer in [1, 8]',
    takes: [1, 8],
    mismatches: [1.5, NaN, '4'],
    outside: [0, 9, -1e9],
  },
  {
    name: 'number()',
    field: field.number(),
    expected: 'a number',
    takes: [0, -0, 0.5, Infinity, -Infinity, 5e-324],
    mismatches: [NaN, '0', 1n, null, new Date(0)],
  },
  {
    name: 'number().min(-0.5)',
    field: field.number().min(-0.5),
    expected: 'a number of at least -0.5',
    takes: [-0.5, Infinity],
    mismatches: [NaN],
    outside: [-0.6, -Infinity],
  },
  {
    name: 'number().max(1e21)',
    field: field.number().max(1e21),
    expected: 'a number of at most 1e+21',
    takes: [1e21, -Infinity],
    mismatches: ['1'],
    outside: [1e22, Infinity],
  },
  {
    name: 'string()',
    field: field.string(),
    expected: 'a string',
    takes: ['', 'a', '🌲'],
    mismatches: [1, null, ['a'], Object('a')],
  },
  {
    name: 'string().pattern(/a|bc/g)',
    field: field.string().pattern(/a|bc/g),
    expected: 'a string that matches /a|bc/g',
    takes: ['a', 'bc', 'a'],
    mismatches: [1],
    outside: ['', 'ab', 'abc', 'xa', 'a\n'],
  },
  {
    name: 'enum([...])',
    field: field.enum(['relu', 'swish', 3, null]),
    expected: "one of 'relu', 'swish', 3, null",
    takes: ['relu', 3, null],
    mismatches: [true, undefined, 3n].filter((value) => value !== undefined),
    outside: ['Relu', 4, NaN],
  },
  {
    name: 'enum of numbers that JSON does not have',
    field: field.enum([NaN, Infinity, -Infinity]),
    expected: 'one of NaN, Infinity, -Infinity',
    takes: [NaN, Infinity, -Infinity],
    mismatches: [null, 'NaN'],
    outside: [0],
  },
  {
    name: 'enum of many',
    field: field.enum(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']),
    expected: "one of 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'",
    takes: ['a', 'j'],
    mismatches: [1],
    outside: ['k'],
  },
  {
    name: 'a symbolic class',
    field: Base,
    expected: 'an instance of Base',
    takes: [new Base(), new Sub()],
    mismatches: [{}, null, new Plain(), Base],
  },
  {
    name: 'object(class)',
    field: field.object(Plain),
    expected: 'an instance of Plain',
    takes: [new Plain()],
    mismatches: [{ held: 1 }, null, new Base()],
  },
  {
    name: 'func()',
    field: field.func(),
    expected: 'a function',
    takes: [act, Math.abs, Plain],
    mismatches: [null, 'act', {}],
  },
  {
    name: 'any()',
    field: field.any(),
    expected: 'a value',
    takes: [null, NaN, 1n, act, new Plain(), 0, '', false],
    mismatches: [],
  },
  {
    name: 'lazy(class)',
    field: field.lazy<Base>((): unknown => Base),
    expected: 'an instance of Base',
    takes: [new Base(), new Sub()],
    mismatches: [new Plain(), null],
  },
  {
    name: 'union([int().min(1), string()])',
    field: field.union([field.int().min(1), field.string()]),
    expected: 'an integer of at least 1 or a string',
    takes: [1, 'a'],
    mismatches: [0, 1.5, null, []],
  },
  {
    name: 'nullable()',
    field: field.int().nullable(),
    expected: 'an integer or null',
    takes: [null, 1],
    mismatches: ['', 0.5],
  },
]

describe.each(kinds)('field.$name', ({ field: spec, expected, takes, mismatches, outside = [] }) => {
  it('[S6] takes what it should and holds it as it is', () => {
    const make = holder(spec)
    for (const value of takes) {
      const given = value instanceof Base ? value.clone() : value
      expect(Object.is(make(given).value, given)).toBe(true)
    }
  })

  it('[S6] refuses the rest, at construction and in a rebind, and tells the kinds of error apart', () => {
    const make = holder(spec)
    const instance = make(takes[0] instanceof Base ? new Base() : takes[0])
    const before = instance.value
    for (const [values, type] of [
      [mismatches, TypeMismatchError],
      [outside, OutOfRangeError],
    ] as const) {
      for (const value of values) {
        for (const tryIt of [() => make(value), () => rebindAt(instance, [['value', value]])]) {
          expect(tryIt).toThrow(type)
          expect(tryIt).toThrow(expect.objectContaining({ path: 'value', expected, got: value }) as Error)
        }
      }
    }
    expect(instance.value).toBe(before)
  })

  it('[S6] a reference is checked by its target, a placeholder candidate by candidate', () => {
    const make = holder(spec)
    const good = takes[0]
    const hole = new Hole({ candidates: takes.map((value) => (value instanceof Base ? value.clone() : value)) })
    expect(getSymbolic(make(hole), 'value')).toBe(hole)
    const held = takes.find((value) => typeof value === 'object' && value !== null)
    if (held !== undefined) expect(make(ref(held)).value).toBe(held)
    for (const bad of [...mismatches, ...outside]) {
      const wrong = new Hole({ candidates: [good instanceof Base ? good.clone() : good, bad] })
      expect(() => make(wrong)).toThrow(expect.objectContaining({ path: 'value.candidates[1]', expected }) as Error)
      if (typeof bad === 'object' && bad !== null && !Array.isArray(bad) && !(bad instanceof Base)) {
        expect(() => make(ref(bad))).toThrow(TypeMismatchError)
      }
    }
  })

  it('[S6] is required unless it says otherwise', () => {
    expect(() => holder(spec)()).toThrow(MissingFieldError)
    expect(() => holder(spec)()).toThrow(expect.objectContaining({ path: 'value', expected, got: undefined }) as Error)
    const open = typeof spec === 'function' ? field.object(spec) : spec
    expect(holder(open.optional())().value).toBeUndefined()
  })
})

describe('lists and records', () => {
  class Grid extends symbolic('fields/Grid', {
    rows: field.list(field.list(field.int()).minSize(1).maxSize(3)).default([]),
    named: field.record(field.record(field.number())).default({}),
    pair: field.list(field.any()).size(2).default([0, 0]),
  }) {}

  it('[S6] every level is checked, and the error has the path of the offending value', () => {
    const grid = new Grid()
    for (const [init, type, message] of [
      [{ rows: [[1], [2, 'x']] }, TypeMismatchError, "rows[1][1]: expected an integer, got 'x'."],
      [
        { rows: [[1], []] },
        OutOfRangeError,
        'rows[1]: expected a list of 1 to 3 items that are each an integer, got an empty array.',
      ],
      [
        { rows: [[1, 2, 3, 4]] },
        OutOfRangeError,
        'rows[0]: expected a list of 1 to 3 items that are each an integer, got an array of 4.',
      ],
      [{ rows: [1] }, TypeMismatchError, 'rows[0]: expected a list of 1 to 3 items that are each an integer, got 1.'],
      [{ rows: { length: 0 } }, TypeMismatchError, 'rows: expected a list of items that are each a list'],
      [{ rows: 'abc' }, TypeMismatchError, 'rows: expected a list of items'],
      [{ named: { a: { b: 1, c: NaN } } }, TypeMismatchError, 'named.a.c: expected a number, got NaN.'],
      [
        { named: { 'x.y': 1 } },
        TypeMismatchError,
        'named[x.y]: expected a record of values that are each a number, got 1.',
      ],
      [
        { named: [] },
        TypeMismatchError,
        'named: expected a record of values that are each a record of values that are each a number, got an empty array.',
      ],
      [{ pair: [1] }, OutOfRangeError, 'pair: expected a list of 2 items that are each a value, got an array of 1.'],
    ] as const) {
      expect(() => new Grid(init as never)).toThrow(type)
      expect(() => new Grid(init as never)).toThrow(message)
      expect(() => rebindAt(grid, Object.entries(init))).toThrow(message)
    }
  })

  it('[S6] changes in place are checked too, also of what was given as a node', () => {
    const rows = list([[1], [2]])
    const grid = new Grid({ rows, named: record({ a: { b: 1 } }) })
    expect(grid.rows).toBe(rows)
    expect(() => grid.rows.at(0)?.push('x' as never)).toThrow("rows[0][1]: expected an integer, got 'x'.")
    expect(() => grid.rows.push([])).toThrow('rows[2]: expected a list of 1 to 3 items')
    expect(() => grid.rows.at(0)?.clear()).toThrow(
      'rows[0]: expected a list of 1 to 3 items that are each an integer, got an empty list.',
    )
    expect(() => grid.rows.at(0)?.push(2, 3, 4)).toThrow(OutOfRangeError)
    expect(() => grid.pair.push(1)).toThrow(OutOfRangeError)
    expect(() => rebindAt(grid, [['named.a.c', 'x']])).toThrow("named.a.c: expected a number, got 'x'.")
    expect(() => rebindAt(grid, [['named.a', [1]]])).toThrow(TypeMismatchError)
    expect(format(grid)).toBe('Grid({ rows: [[1], [2]], named: { a: { b: 1 } }, pair: [0, 0] })')
  })

  it('[S6] takes any iterable for a list, at every declared level, and leaves nodes as they are', () => {
    const grid = new Grid({
      rows: new Set([new Set([1, 2]), [3]]),
      pair: new Map([
        [1, 2],
        [3, 4],
      ]).keys(),
    })
    expect(format(grid)).toBe('Grid({ rows: [[1, 2], [3]], named: {}, pair: [1, 3] })')
    rebindAt(grid, [
      [
        'rows',
        (function* rows() {
          yield [9]
          yield new Set([8])
        })(),
      ],
    ])
    expect(format(grid.rows)).toBe('[[9], [8]]')
    class Named extends symbolic('fields/Named', { sets: field.record(field.list(field.int())) }) {}
    expect(format(new Named({ sets: { a: new Set([1]) } }))).toBe('Named({ sets: { a: [1] } })')
    expect(() => new Named({ sets: { a: 'x' as never } })).toThrow(
      "sets.a: expected a list of items that are each an integer, got 'x'.",
    )
  })

  it('[S6] a union takes an iterable as it is where an option does', () => {
    const set = new Set([1])
    expect(holder(field.union([field.list(field.int()), field.object(Set)]))(set).value).toBe(set)
    expect(format(holder(field.union([field.string(), field.list(field.int())]))(set))).toMatch(/\{ value: \[1\] \}/)
  })

  it('[S6] a union of two kinds of lists is judged by what is inside, and so goes on', () => {
    const make = holder(field.union([field.list(field.int()), field.list(field.string())]))
    const strings = make(['a']) as { value: List<string> }
    strings.value.push('b')
    expect(() => strings.value.push(1 as never)).toThrow('value[2]: expected a string, got 1.')
    expect(() => make([1, 'a'])).toThrow("value[1]: expected an integer, got 'a'.")
  })

  it('[S6] a list that belongs to somebody else is copied before it learns another field', () => {
    class Loose extends symbolic('fields/Loose', { xs: field.list(field.any()) }) {}
    const loose = new Loose({ xs: [1] })
    const strict = new Grid({ rows: [loose.xs as unknown as List<number>] })
    loose.xs.push('x')
    expect(strict.rows.at(0)).not.toBe(loose.xs)
    expect(() => strict.rows.at(0)?.push('x' as never)).toThrow(TypeMismatchError)
  })
})

describe('references to fields', () => {
  it('[S1] a class may contain itself through a lazy field, list by list', () => {
    class Tree extends symbolic('fields/Tree', {
      value: field.int(),
      children: field.list(field.lazy<Tree>((): unknown => Tree)).default([]),
    }) {}
    const tree = new Tree({ value: 1, children: [new Tree({ value: 2 })] })
    expect(tree.children.at(0)?.value).toBe(2)
    expect(() => tree.children.push(1 as never)).toThrow('children[1]: expected an instance of Tree, got 1.')
    expect(() => new Tree({ value: 1, children: [new Base() as never] })).toThrow(TypeMismatchError)
  })

  it('[S1] a lazy list may contain itself', () => {
    const nested: AnyField = field.list(field.lazy<List<never>>((): unknown => nested))
    const make = holder(nested)
    expect(format(make([[], [[]]]).value)).toBe('[[], [[]]]')
    expect(() => make([[], [1]])).toThrow(
      'value[1][0]: expected a list of items that are each a list as declared, got 1.',
    )
  })

  it('[S1] what a lazy field gives is checked when it is used first', () => {
    const make = holder(field.lazy<number>(() => 'not a field'))
    expect(() => make(1)).toThrow(DeclarationError)
    expect(() => make(1)).toThrow("what field.lazy() returns: expected a field or a symbolic class, got 'not a field'")
  })

  it('[S1] an undeclared class says that it comes too early', () => {
    expect(() => field.object(undefined as never)).toThrow(
      'expected a class, got undefined; if the class is declared further down, refer to it with field.lazy(() => TheClass).',
    )
    expect(() => field.list(undefined as never)).toThrow(
      'the element of field.list(): expected a field or a symbolic class, got undefined; declare it with field.int(), ' +
        'field.list(...) or one of their kin.',
    )
    expect(() => field.union([field.int(), {} as never])).toThrow('option 1 of field.union(): expected a field')
    expect(() => field.record('x' as never)).toThrow('the value of field.record(): expected a field')
  })
})

describe('declarations that are refused', () => {
  it.each([
    [() => field.int().min(5).max(4), 'expected bounds with min <= max, got [5, 4]; exchange or correct the bounds.'],
    [() => field.number().min(NaN), 'expected bounds with min <= max, got [NaN, Infinity]'],
    [
      () => field.list(field.int()).minSize(3).maxSize(2),
      'expected sizes that are non-negative integers with minSize <= maxSize, got [3, 2]',
    ],
    [() => field.list(field.int()).size(1.5), 'expected sizes that are non-negative integers'],
    [() => field.list(field.int()).minSize(-1), 'expected sizes that are non-negative integers'],
    [() => field.enum([]), 'expected one or more different values for an enum field, got []; list each value once.'],
    [() => field.enum(['a', 'a']), "expected one or more different values for an enum field, got ['a', 'a']"],
    [
      () => field.union([field.int()]),
      'expected two or more options for a union field, got 1; use the one option by itself.',
    ],
    [() => field.union([]), 'expected two or more options for a union field, got 0; name the options.'],
  ])('[S6] case %#', (declare, message) => {
    expect(declare).toThrow(DeclarationError)
    expect(declare).toThrow(message)
  })

  it('[S1] a default that its own field refuses, with the place in the declaration', () => {
    expect(() => symbolic('fields/Bad1', { x: field.int().min(1).default(0) })).toThrow(OutOfRangeError)
    expect(() => symbolic('fields/Bad1', { x: field.int().min(1).default(0) })).toThrow(
      'fields/Bad1.x: expected an integer of at least 1, got 0.',
    )
    expect(() => symbolic('fields/Bad2', { x: field.list(field.int()).default([1, 'x' as never]) })).toThrow(
      "fields/Bad2.x[1]: expected an integer, got 'x'.",
    )
    expect(() => symbolic('fields/Bad3', { x: field.int().freeze('k' as never) })).toThrow(TypeMismatchError)
    expect(() => symbolic('fields/Bad4', { x: field.int().default(undefined as never) })).toThrow(TypeMismatchError)
    expect(() => symbolic('fields/Bad5', { x: field.int().default(NaN) })).toThrow(TypeMismatchError)
    expect(() => symbolic('fields/Bad6', { x: 5 as never })).toThrow(
      'fields/Bad6.x: expected a field or a symbolic class, got 5',
    )
  })
})

describe('defaults', () => {
  it('[S1] are fresh for each instance, and a copy of what was given', () => {
    const given = record({ deep: [1] })
    class Fresh extends symbolic('fields/Fresh', {
      plain: field.list(field.any()).default([{ a: 1 }]),
      node: field.any().default(given),
      sub: field.object(Sub).default(new Sub({ x: 3 })),
    }) {}
    const one = new Fresh()
    const two = new Fresh()
    expect(one.plain).not.toBe(two.plain)
    one.plain.push(2)
    rebindAt(one, [
      ['node.deep[0]', 9],
      ['sub.x', 9],
    ])
    given.deep.push(5)
    expect(format(two)).toBe('Fresh({ plain: [{ a: 1 }], node: { deep: [1] }, sub: Sub({ x: 3 }) })')
    expect(format(new Fresh())).toBe(format(two))
    expect(parentOf(given)).toBeUndefined()
  })

  it('[S1] `undefined` counts as not given', () => {
    class Some extends symbolic('fields/Some', { x: field.int().default(1), y: field.string().optional() }) {}
    expect(format(new Some({ x: undefined as never, y: undefined }), { hideUndefined: false })).toBe(
      'Some({ x: 1, y: undefined })',
    )
    expect(() => rebindAt(new Some(), [['x', undefined]])).toThrow(TypeMismatchError)
  })

  it.each([0, -0, NaN, Infinity, '', "it's", '\u2028', null, false, 10n])(
    '[S1] a default comes as it is, case %#',
    (value) => {
      const made = holder(field.any().default(value))()
      expect(Object.is(made.value, value)).toBe(true)
    },
  )

  it('[S1] functions and opaque objects are shared', () => {
    const map = new Map()
    expect(holder(field.any().default(map))().value).toBe(map)
    expect(holder(field.func().default(act))().value).toBe(act)
  })
})

describe('construction', () => {
  class Conv extends symbolic('fields/Conv', {
    filters: field.int().min(1),
    kernel: field.int().default(3),
    act: field.string(),
  }) {}

  it('[S6] a missing field is named, all of them in the advice', () => {
    expect(() => new Conv({} as never)).toThrow(MissingFieldError)
    expect(() => new Conv({} as never)).toThrow(
      'filters: expected an integer of at least 1, got nothing; new Conv(...) needs filters, act.',
    )
    expect(() => new Conv({ filters: 1 } as never)).toThrow(
      'act: expected a string, got nothing; new Conv(...) needs act.',
    )
    expect(() => Reflect.construct(Conv, [])).toThrow(MissingFieldError)
  })

  it('[S6] an unknown field is refused; a misspelt one says what was meant, though its field is missing as well', () => {
    expect(() => new Conv({ filters: 1, act: 'x', pads: 1 } as never)).toThrow(UnknownKeyError)
    expect(() => new Conv({ filters: 1, act: 'x', pads: 1 } as never)).toThrow(
      "pads: expected a field of fields/Conv, got 'pads'; its fields are filters, kernel, act.",
    )
    for (const [wrong, right] of [
      ['filter', 'filters'],
      ['Filters', 'filters'],
      ['filtres', 'filters'],
      ['fltres', undefined],
      ['kernal', 'kernel'],
    ]) {
      const advice = right === undefined ? 'its fields are filters, kernel, act.' : `did you mean '${right}'?`
      expect(() => new Conv({ [wrong as string]: 1, act: 'x' } as never)).toThrow(
        `${wrong}: expected a field of fields/Conv, got '${wrong}'; ${advice}`,
      )
    }
    expect(() => Reflect.construct(Base, [{ x: 1 }])).toThrow(
      "x: expected no field of fields/Base, which has none, got 'x'; leave it out.",
    )
  })

  it.each([null, 5, 'x', true, () => 1])('[S6] %j is no object with fields', (init) => {
    expect(() => Reflect.construct(Conv, [init])).toThrow(MittenError)
    if (typeof init === 'function') return
    expect(() => Reflect.construct(Conv, [init])).toThrow(
      expect.objectContaining({
        code: 'type',
        path: 'fields/Conv',
        expected: 'an object with the fields by name',
      }) as Error,
    )
  })

  it('[S1] takes an object of any kind for the fields', () => {
    const init: object = Object.create({ act: 'inherited' }, { filters: { value: 2, enumerable: true } })
    expect(format(Reflect.construct(Conv, [init]))).toBe("Conv({ filters: 2, kernel: 3, act: 'inherited' })")
    expect(new Base().clone()).toBeInstanceOf(Base)
    expect(new Base({})).toBeInstanceOf(Base)
  })

  it('[S6] a name that is no plain step is quoted in paths', () => {
    class Quoted extends symbolic('fields/Quoted', {
      'a.b': field.int(),
      'x y': field.list(field.int()).default([]),
    }) {}
    for (const make of [
      (init: object) => Reflect.construct(Quoted, [init]) as unknown,
      (init: object) => fromJSON({ _type: 'fields/Quoted', ...init }, { types: [Quoted] }),
    ]) {
      expect(() => make({ 'a.b': 'x' })).toThrow("[a.b]: expected an integer, got 'x'.")
      expect(() => make({ 'a.b': 1, 'x y': [1, 'z'] })).toThrow("[x y][1]: expected an integer, got 'z'.")
      expect(() => make({})).toThrow('[a.b]: expected an integer, got nothing')
      expect(() => make({ 'a.b': 1, 'a.c': 1 })).toThrow(
        "[a.c]: expected a field of fields/Quoted, got 'a.c'; did you mean 'a.b'?",
      )
    }
    expect(() => symbolic('fields/QuotedDefault', { 'a.b': field.int().default('x' as never) })).toThrow(
      "fields/QuotedDefault[a.b]: expected an integer, got 'x'.",
    )
  })

  it('[S1] a field may be called like something that every object inherits', () => {
    class Odd extends symbolic('fields/Odd', {
      valueOf: field.int().default(1),
      hasOwnProperty: field.any().optional(),
      isPrototypeOf: field.string(),
    }) {}
    expect(() => new Odd({} as never)).toThrow('isPrototypeOf: expected a string, got nothing')
    const odd = new Odd({ isPrototypeOf: 'x' } as never)
    expect([
      getSymbolic(odd, 'valueOf'),
      getSymbolic(odd, 'hasOwnProperty'),
      getSymbolic(odd, 'isPrototypeOf'),
    ]).toEqual([1, undefined, 'x'])
  })
})

describe('documentation', () => {
  it('[S1] descriptions and metadata are kept, merged, and inherited', () => {
    const spec = field.int().describe('How many').meta({ unit: 'px', shown: true }).meta({ shown: false })
    const modifiers = (value: unknown): unknown => (value as { modifiers: object }).modifiers
    expect(modifiers(spec)).toMatchObject({ description: 'How many', metadata: { unit: 'px', shown: false } })
    expect(modifiers(spec.min(1).optional())).toMatchObject({ description: 'How many', optional: true })
  })
})
