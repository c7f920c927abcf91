import { describe, expect, expectTypeOf, it } from 'vitest'
import { clone } from './clone.ts'
import { equals } from './equals.ts'
import { DeclarationError, DuplicateNameError, OutOfRangeError, ReadOnlyError, TypeMismatchError } from './errors.ts'
import type { AnyField, FieldMap, SymbolicClass } from './field.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { list, type List } from './list.ts'
import { query } from './query.ts'
import { rebindAt } from './rebind.ts'
import { record } from './record.ts'
import { extend, symbolic } from './symbolic.ts'
import { getSymbolic } from './tree.ts'

let count = 0
const name = (): string => `symbolic/Anonymous${count++}`

describe('a class', () => {
  class Conv extends symbolic('symbolic/Conv', {
    filters: field.int().min(1),
    kernel: field.int().default(3),
    act: field.enum(['relu', 'swish']).default('relu'),
  }) {
    readonly made = 'here'
    get cost(): number {
      return this.filters * this.kernel
    }
    static of(filters: number): Conv {
      return new Conv({ filters })
    }
  }

  it('[S1] has its fields as read-only properties, and its own members beside them', () => {
    const conv = new Conv({ filters: 16 })
    expect([conv.filters, conv.kernel, conv.act, conv.cost, conv.made]).toEqual([16, 3, 'relu', 48, 'here'])
    expectTypeOf(conv.act).toEqualTypeOf<'relu' | 'swish'>()
    expect(Conv.of(2)).toBeInstanceOf(Conv)
    expect('filters' in conv).toBe(true)
    expect(() => Reflect.set(conv, 'filters', 3)).toThrow(ReadOnlyError)
    expect(() => Object.assign(conv, { act: 'swish' })).toThrow(ReadOnlyError)
  })

  it('[S1] prints its declared name, without its scope', () => {
    expect(String(new Conv({ filters: 1 }))).toBe("Conv({ filters: 1, kernel: 3, act: 'relu' })")
    expect(symbolic('a-b/c.d/@e/Name_1$', {}).name).toBe('a-b/c.d/@e/Name_1$')
  })

  it('[S1] a declaration can be used as a class itself', () => {
    const Point = symbolic('symbolic/Point', { x: field.number(), y: field.number() })
    const point = new Point({ x: 1, y: 2 })
    expect(format(clone(point))).toBe('Point({ x: 1, y: 2 })')
    expect(equals(point, new Point({ x: 1, y: 2 }))).toBe(true)
  })

  it('[S16] has few members of its own; the rest are functions', () => {
    const members = new Set<string>()
    for (let at: object = Conv.prototype; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
      for (const key of Object.getOwnPropertyNames(at)) members.add(key)
    }
    expect([...members].sort()).toEqual(
      ['constructor', 'cost', 'filters', 'kernel', 'act', 'rebind', 'clone', 'toJSON', 'toString'].sort(),
    )
    const conv = new Conv({ filters: 1 })
    expect(String(conv.clone())).toBe(conv.toString())
    expect(conv.rebind({ filters: 2 })).toBe(conv)
  })

  it.each(['rebind', 'clone', 'toJSON', 'toString', 'onBound', 'onChange', 'constructor', '~anything', '~', ''])(
    '[S16] no field can be called %j',
    (key) => {
      expect(() => symbolic('symbolic/Reserved', { [key]: field.int() })).toThrow(DeclarationError)
      expect(() => symbolic('symbolic/Reserved', { [key]: field.int() })).toThrow(
        `symbolic/Reserved${key === '' ? '[""]' : `.${key}`}: expected a field name that is free, got '${key}'; rename the field: constructor, __proto__, ` +
          'rebind, clone, toJSON, toString, onBound, onChange and what starts with ~ are reserved.',
      )
    },
  )

  it('[S16] nor __proto__', () => {
    const fields = JSON.parse('{"__proto__": 1}') as FieldMap
    expect(() => symbolic('symbolic/Reserved', fields)).toThrow(DeclarationError)
  })

  it.each(['', 'my conv', '1st', '/Conv', 'a/', 'a//b', 'a b/C', 'é', 'C\n'])(
    '[S13] no class can be called %j',
    (wrong) => {
      expect(() => symbolic(wrong, {})).toThrow(DeclarationError)
      expect(() => symbolic(wrong, {})).toThrow('expected a class name, scoped or not')
    },
  )

  it('[S1] a name with code in it, a field with quotes in it: all is data', () => {
    const odd = {
      "a'b": field.int().default(1),
      'x"y\\': field.string().default('`${1}`'),
      '\u2028': field.any().default(null),
    }
    class Odd extends symbolic('symbolic/Odd', odd) {}
    const made = clone(new Odd({ "a'b": 2 }))
    expect([made["a'b"], made['x"y\\'], made['\u2028']]).toEqual([2, '`${1}`', null])
    expect(() => new Odd({ "a'b": 'x' as never })).toThrow(TypeMismatchError)
  })
})

describe('one class to a name', () => {
  it('[S13] a second subclass of one declaration is an error that says what to write', () => {
    const Declared = symbolic('symbolic/Twice', {})
    class First extends Declared {}
    class Second extends Declared {}
    new First()
    expect(() => new Second()).toThrow(DuplicateNameError)
    expect(() => new Second()).toThrow(
      "symbolic/Twice: expected one class for the declared name, First, got the class Second; declare the other one by extend('Second', First, {}).",
    )
    expect(new First()).toBeInstanceOf(Declared)
  })

  it('[S13] so is a subclass that was not extended, whichever of the two is seen first', () => {
    class Plain extends symbolic('symbolic/Plain', { x: field.int() }) {}
    class Special extends Plain {}
    new Special({ x: 1 })
    expect(() => new Plain({ x: 1 })).toThrow(
      "symbolic/Plain: expected one class for the declared name, Special, got the class Plain; declare the other one by extend('Special', Plain, {}).",
    )
    class Plain2 extends symbolic('symbolic/Plain2', {}) {}
    class Special2 extends Plain2 {}
    new Plain2()
    expect(() => new Special2()).toThrow("declare the other one by extend('Special2', Plain2, {}).")
  })

  it('[S13] an abstract class over a declaration, and one class below it, are one class', () => {
    abstract class Shape extends symbolic('symbolic/Shape', { size: field.number() }) {
      abstract area(): number
    }
    class Square extends extend('symbolic/Square', Shape, {}) {
      area(): number {
        return this.size * this.size
      }
    }
    class Circle extends extend('symbolic/Circle', Shape, {}) {
      area(): number {
        return this.size * this.size * 3
      }
    }
    expect([new Square({ size: 2 }), new Circle({ size: 2 })].map((shape) => shape.area())).toEqual([4, 12])
    expect(clone(new Circle({ size: 1 }))).toBeInstanceOf(Shape)
    class Drawing extends symbolic('symbolic/Drawing', { shapes: field.list(Shape) }) {}
    expect(new Drawing({ shapes: [new Square({ size: 1 })] }).shapes.at(0)?.area()).toBe(1)
  })

  it('[S13] the same name from another place is an error', () => {
    symbolic('symbolic/Name', {})
    expect(() => symbolic('symbolic/Name', {})).toThrow(DuplicateNameError)
    expect(() => extend('symbolic/Name', symbolic(name(), {}), {})).toThrow(
      "symbolic/Name: expected a name that no other class was declared under, got 'symbolic/Name'; give one of the two a " +
        "scope, as in symbolic('my-lib/symbolic/Name', …).",
    )
  })
})

describe('extend', () => {
  class Base extends symbolic('symbolic/Base', {
    size: field.int().min(1).max(9).default(4),
    act: field.enum(['relu', 'swish', 'tanh']),
    tags: field.list(field.string()).maxSize(3).default(['a']),
    note: field.string().optional(),
    extra: field.any().default(1),
  }) {
    describe(): string {
      return `${this.act} ${this.size}`
    }
  }

  it('[S7] base fields come first, in the order in which they were declared first', () => {
    class Sub extends extend('symbolic/Sub', Base, {
      more: field.int().default(0),
      act: field.enum(['tanh']).default('tanh'),
    }) {}
    const sub = new Sub()
    expect(format(sub)).toBe("Sub({ size: 4, act: 'tanh', tags: ['a'], extra: 1, more: 0 })")
    expect(sub.describe()).toBe('tanh 4')
    expectTypeOf(sub.act).toEqualTypeOf<'tanh'>()
    expect(sub).toBeInstanceOf(Base)
    class SubSub extends extend('symbolic/SubSub', Sub, { last: field.int().default(9) }) {}
    expect(format(new SubSub({ size: 2 }))).toBe(
      "SubSub({ size: 2, act: 'tanh', tags: ['a'], extra: 1, more: 0, last: 9 })",
    )
    expect([...query(list([sub, new SubSub()]), Sub).keys()]).toEqual(['[0]', '[1]'])
  })

  it('[S7] static members are inherited', () => {
    class Made extends symbolic('symbolic/Made', { x: field.int() }) {
      static readonly limit = 3
      static of(x: number): Made {
        return new this({ x })
      }
    }
    class Better extends extend('symbolic/Better', Made, {}) {}
    expect(Better.of(1)).toBeInstanceOf(Better)
    expect(Better.limit).toBe(3)
  })

  it('[S7] bounds that are left open are inherited, and so is a default that still fits', () => {
    const inherit = (fields: FieldMap): ((init?: object) => unknown) => {
      const Sub = extend(name(), Base, { act: field.enum(['relu']).default('relu'), ...fields })
      return (init = {}) => format(Reflect.construct(Sub, [init]), { include: Object.keys(fields) }).replace(/^\w+/, '')
    }
    expect(inherit({ size: field.int() })()).toBe('({ size: 4 })')
    expect(() => inherit({ size: field.int() })({ size: 10 })).toThrow('size: expected an integer in [1, 9], got 10.')
    expect(inherit({ size: field.int().min(3) })({ size: 9 })).toBe('({ size: 9 })')
    expect(() => inherit({ size: field.int().min(5) })()).toThrow('size: expected an integer in [5, 9], got nothing')
    expect(inherit({ size: field.int().default(2) })()).toBe('({ size: 2 })')
    expect(inherit({ tags: field.list(field.enum(['a', 'b'])) })()).toBe("({ tags: ['a'] })")
    expect(() => inherit({ tags: field.list(field.enum(['b'])) })()).toThrow('tags: expected a list of 0 to 3 items')
    expect(() => inherit({ tags: field.list(field.string()).minSize(2) })({ tags: ['a'] })).toThrow(OutOfRangeError)
    expect(inherit({ extra: field.string() })({ extra: 'x' })).toBe("({ extra: 'x' })")
    expect(inherit({ extra: field.int().nullable() })()).toBe('({ extra: 1 })')
    expect(inherit({ note: field.string() })({ note: 'x' })).toBe("({ note: 'x' })")
    expect(() => inherit({ note: field.string() })()).toThrow('note: expected a string, got nothing')
    expect(inherit({ note: field.string().pattern(/x+/) })({ note: 'xx' })).toBe("({ note: 'xx' })")
  })

  it('[S7] the lists of an inherited default learn the stricter field, and those of the base stay as they are', () => {
    class Sub extends extend('symbolic/StrictTags', Base, { tags: field.list(field.string().pattern(/a+/)) }) {}
    // By type it is required: only the classes know whether the inherited default still fits.
    const sub = new Sub({ act: 'relu' } as never)
    expect(() => sub.tags.push('b')).toThrow("tags[1]: expected a string that matches /a+/, got 'b'.")
    const base = new Base({ act: 'relu' })
    base.tags.push('b')
    expect(format(base.tags)).toBe("['a', 'b']")
  })

  const refused: readonly [string, AnyField, AnyField][] = [
    ['a lower minimum', field.int().min(1), field.int().min(0)],
    ['a higher maximum', field.int().max(3), field.int().max(4)],
    ['bounds that leave nothing', field.int().max(3), field.int().min(4)],
    ['numbers for integers', field.int(), field.number()],
    ['another kind', field.int(), field.string()],
    ['any value', field.int(), field.any()],
    ['null', field.int(), field.int().nullable()],
    ['nothing at all', field.int(), field.int().optional()],
    ['more values', field.enum(['a']), field.enum(['a', 'b'])],
    ['values of another kind', field.string(), field.enum(['a', 1])],
    ['another pattern', field.string().pattern(/a/), field.string().pattern(/a|b/)],
    ['other items', field.list(field.int()), field.list(field.number())],
    ['fewer items', field.list(field.int()).minSize(2), field.list(field.int()).minSize(1)],
    ['more items', field.list(field.int()).maxSize(2), field.list(field.int()).maxSize(3)],
    ['other values in a record', field.record(field.int()), field.record(field.number())],
    ['a list for a record', field.record(field.int()), field.list(field.int())],
    ['a base class', field.object(TypeError), field.object(Error)],
    ['another option', field.union([field.int(), field.string()]), field.union([field.int(), field.boolean()])],
    ['an option that is not there', field.union([field.int(), field.string()]), field.boolean()],
    ['a looser option', field.union([field.int().min(0), field.string()]), field.int().min(-1)],
    ['a value for a frozen one', field.int().freeze(3), field.int()],
    ['another frozen value', field.int().freeze(3), field.int().freeze(4)],
    ['what is only known later', field.int(), field.lazy<number>(() => field.int())],
  ]
  it.each(refused)('[S7] a redeclared field cannot allow %s', (_, base, own) => {
    const Loose = symbolic(name(), { x: base })
    const declare = (): unknown => extend('symbolic/Looser', Loose as unknown as SymbolicClass, { x: own })
    expect(declare).toThrow(DeclarationError)
    expect(declare).toThrow(
      /^symbolic\/Looser\.x: expected something at least as strict as the inherited .*, got .*; a subclass may only tighten a field; give the new one another name, or widen it in the base class\.$/,
    )
  })

  const allowed: readonly [string, AnyField, AnyField, readonly unknown[], readonly unknown[]][] = [
    ['a narrower range', field.int().min(0), field.int().max(3), [0, 3], [-1, 4]],
    ['integers for numbers', field.number().min(0.5), field.int(), [1], [0, 1.5]],
    ['anything for any value', field.any(), field.list(field.int()), [[1]], [['x'], 1]],
    ['null where it was', field.int().nullable(), field.int().min(0).nullable(), [null, 0], [-1]],
    ['no null', field.int().nullable(), field.int(), [1], [null]],
    ['values for a kind', field.string(), field.enum(['a', 'b']), ['a'], ['c']],
    ['a subclass', field.object(Error), field.object(TypeError), [new TypeError('x')], [new Error('x')]],
    ['one option of a union', field.union([field.int().min(1), field.string()]), field.int(), [1], [0, 'a']],
    [
      'options of a union',
      field.union([field.int().min(1), field.string(), field.boolean()]),
      field.union([field.boolean(), field.int()]),
      [true, 1],
      [0, 'a'],
    ],
    ['values of several options', field.union([field.int(), field.string()]), field.enum(['a', 1]), ['a', 1], ['b']],
    [
      'a union within a kind',
      field.number().min(0),
      field.union([field.int().max(3), field.number().min(10)]),
      [3, 10.5],
      [-1, 4, 9.5],
    ],
    ['the target of a lazy field', field.lazy<number>(() => field.int().min(2)), field.int(), [2], [1]],
    ['the frozen value again', field.int().freeze(3), field.int().freeze(3), [3], [4]],
    ['a frozen list again', field.list(field.int()).freeze([1]), field.list(field.int()).freeze([1]), [[1]], [[2]]],
    ['a frozen value within', field.int().min(2), field.int().freeze(3), [3], [4]],
    ['the same pattern', field.string().pattern(/a+/), field.string().pattern(/a+/), ['aa'], ['b']],
  ]
  it.each(allowed)('[S7] a redeclared field may demand %s', (_, base, own, good, bad) => {
    const Wide = symbolic(name(), { x: base })
    const Narrow = extend(name(), Wide as unknown as SymbolicClass, { x: own })
    for (const value of good)
      expect(equals(getSymbolic(Reflect.construct(Narrow, [{ x: value }]) as object, 'x'), value)).toBe(true)
    for (const value of bad)
      expect(() => Reflect.construct(Narrow, [{ x: value }]) as unknown).toThrow(/^x(\[0\])?: expected /)
  })

  it('[S7] a default is checked against all that is inherited', () => {
    expect(() => extend(name(), Base, { size: field.int().default(0) })).toThrow(OutOfRangeError)
    expect(() => extend('symbolic/BadDefault', Base, { size: field.int().default(10) })).toThrow(
      'symbolic/BadDefault.size: expected an integer in [1, 9], got 10.',
    )
    expect(() => extend(name(), Base, { size: field.int().freeze(10) })).toThrow(OutOfRangeError)
    expect(() => extend(name(), Base, { tags: field.list(field.string()).default(['a', 'b', 'c', 'd']) })).toThrow(
      OutOfRangeError,
    )
  })

  it('[S7] a frozen field of a subclass cannot be given or changed', () => {
    class Fixed extends extend('symbolic/Fixed', Base, { act: field.enum(['relu']).freeze('relu') }) {}
    const fixed = new Fixed({ size: 1 })
    expect(fixed.act).toBe('relu')
    expect(() => new Fixed({ act: 'swish' } as never)).toThrow(ReadOnlyError)
    expect(() => rebindAt(fixed, [['act', 'tanh']])).toThrow(
      "act: expected no value, since the field is frozen, got 'tanh'; leave it out.",
    )
  })

  it('[S7] only a declared class can be extended', () => {
    expect(() => extend(name(), class {} as never, {})).toThrow(
      'expected a base class declared with symbolic or extend, got the class (anonymous); declare the base with symbolic, and before the class that extends it.',
    )
    expect(() => extend(name(), undefined as never, {})).toThrow(DeclarationError)
  })

  it('[S7] descriptions and metadata are inherited and merged', () => {
    const Documented = symbolic(name(), { x: field.int().describe('what').meta({ a: 1, b: 1 }) })
    const Redeclared = extend(name(), Documented, { x: field.int().meta({ b: 2 }) })
    const { spec } = (Redeclared as unknown as { '~schema': { byName: Map<string, { spec: object }> } })[
      '~schema'
    ].byName.get('x') as { spec: object }
    expect(spec).toMatchObject({ modifiers: { description: 'what', metadata: { a: 1, b: 2 } } })
  })
})

describe('records in fields', () => {
  it('[S1] lists and records are read-only views of nodes, typed as such', () => {
    class Typed extends symbolic('symbolic/Typed', { xs: field.list(field.int()), r: field.record(field.string()) }) {}
    const typed = new Typed({ xs: [1], r: { a: 'x' } })
    expectTypeOf(typed.xs).toEqualTypeOf<List<number>>()
    expectTypeOf(typed.r['a']).toEqualTypeOf<string | undefined>()
    expect([typed.xs.at(0), typed.r['a'], typed.r['b']]).toEqual([1, 'x', undefined])
    expect(equals(typed.r, record({ a: 'x' }))).toBe(true)
  })
})
