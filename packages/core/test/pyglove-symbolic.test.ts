/**
 * Symbolic objects beside PyGlove's own: each row of `golden/pyglove-symbolic.json` is what PyGlove answers. Where we mean
 * to answer otherwise, the name of the test says how.
 */
import {
  compare,
  Delete,
  equals,
  field,
  type FieldUpdate,
  format,
  hash,
  Insert,
  list,
  MittenError,
  parentOf,
  Path,
  query,
  rebind,
  rebindAt,
  record,
  symbolic,
  extend,
  transform,
} from 'mitten'
import { describe, expect, it } from 'vitest'
import golden from './golden/pyglove-symbolic.json' with { type: 'json' }

const { rows } = golden

/** The class and the message of the error that an attempt ends in. */
function failure(attempt: () => unknown): string {
  try {
    attempt()
  } catch (error) {
    if (error instanceof MittenError) return `${error.name}: ${error.message}`
    throw error
  }
  return 'no error'
}

describe('events', () => {
  const log: string[] = []
  class N extends symbolic('golden/N', {
    name: field.string(),
    a: field.any().optional(),
    c: field.list(field.any()).default([]),
  }) {
    override onBound(): void {
      log.push(this.name)
    }
  }
  const tree = (): N => {
    const leaf = new N({ name: 'leaf', a: 1 })
    return new N({ name: 'root', c: [new N({ name: 'm', c: [leaf] }), new N({ name: 'sib', a: 2 })] })
  }
  /** The names of the nodes that were bound meanwhile, in order. */
  const heard = (act: () => unknown): string[] => {
    log.length = 0
    act()
    return [...log]
  }

  it('[S5] ev-01: nodes are bound leaves first', () => {
    expect(heard(tree)).toEqual(rows['ev-01'].pyglove)
  })

  it('[S5] ev-02, ev-03: a rebind binds the changed nodes and those above, children first, later siblings first', () => {
    const root = tree()
    expect(heard(() => rebindAt(root, [['c[0].c[0].a', 9]]))).toEqual(rows['ev-02'].pyglove)
    expect(
      heard(() =>
        rebindAt(root, [
          ['c[0].c[0].a', 10],
          ['c[1].a', 20],
        ]),
      ),
    ).toEqual(rows['ev-03'].pyglove)
  })

  it('[S5] ev-04, ev-05: differs, there is no way to leave out those above or all of them', () => {
    expect(rows['ev-04'].pyglove).toEqual(['leaf', 'm'])
    expect(rows['ev-05'].pyglove).toEqual([])
    const root = tree()
    expect(heard(() => (root.c.at(0) as N).rebind({ c: [] }))).toEqual(['m', 'root'])
  })

  it('[S5] ev-06: the value that is there already is no event', () => {
    const root = tree()
    const [, events] = rows['ev-06'].pyglove
    expect(heard(() => rebindAt(root, [['c[1].a', 2]]))).toEqual(events)
  })

  it('[S4] ev-07: differs, a rebind of nothing does nothing', () => {
    expect(rows['ev-07'].pyglove).toMatch(/^ValueError/)
    expect(heard(() => rebind(tree(), {}))).toEqual(rows['ev-01'].pyglove)
  })

  it('[S4] ev-08: an unknown path is refused, with the whole path', () => {
    expect(rows['ev-08'].pyglove).toMatch(/^KeyError: .*'q' is not allowed/)
    expect(failure(() => rebindAt(tree(), [['c[1].q', 1]]))).toBe(
      "UnknownKeyError: c[1].q: expected a field of golden/N, got 'q'; its fields are name, a, c.",
    )
  })

  it('[S5] ev-10: a node hears of all updates at once, their paths from it', () => {
    const told: string[] = []
    class Watcher extends symbolic('golden/Watcher', { a: field.any() }) {
      override onChange(updates: readonly FieldUpdate[]): void {
        const parts = updates.map(
          ({ path, oldValue, newValue }) => `'${path.toString()}': (${oldValue as number}, ${newValue as number})`,
        )
        told.push(`{${parts.join(', ')}}`)
      }
    }
    rebindAt(new Watcher({ a: { p: 1, q: 2 } }), [
      ['a.p', 10],
      ['a.q', 20],
    ])
    expect(told).toEqual(rows['ev-10'].pyglove)
  })

  it('[S5] ev-22: two changes are two events above', () => {
    const child = { v: 0 }
    const b = new N({ name: 'b', a: child })
    const events = heard(() => {
      rebindAt(b, [['a.v', 1]])
      rebindAt(b, [['a.v', 2]])
    })
    expect(events).toEqual(rows['ev-22'].pyglove)
  })
})

describe('rebind', () => {
  it('[S4] rb-01 to rb-04: lists are addressed as they were', () => {
    expect(format(rebindAt(list([1, 2]), [['[5]', 3]]))).toBe(rows['rb-01'].pyglove)
    expect(format(rebind(list([1, 2]), { '[0]': new Insert(9) }))).toBe(rows['rb-02'].pyglove)
    expect(format(rebind(list([1, 2]), { '[0]': Delete }))).toBe(rows['rb-03'].pyglove)
    const mixed = rebind(list([1, 2, 3]), { '[0]': new Insert(9), '[1]': Delete, '[2]': 7 })
    expect(format(mixed)).toBe(rows['rb-04'].pyglove)
  })

  it('[S4] rb-05: a function rewrites what is below', () => {
    const program = record({ a: 1, b: [2, { c: 3 }] })
    transform(program, (value) => (typeof value === 'number' ? value * 10 : value))
    expect(rows['rb-05'].pyglove).toBe('{a=10, b=[0: 20, 1: {c=30}]}')
    expect(format(program)).toBe('{ a: 10, b: [20, { c: 30 }] }')
  })

  it('[S4] rb-06: Delete removes a key', () => {
    expect(rows['rb-06'].pyglove).toBe('{b=2}')
    expect(format(rebindAt(record({ a: 1, b: 2 }), [['a', Delete]]))).toBe('{ b: 2 }')
  })

  it('[S2] rb-07: a fresh node is inserted itself, one with a parent as a copy', () => {
    const inner = record({ x: 1 })
    const first = record({ inner })
    const second = record({ inner })
    expect([first.inner === inner, second.inner === inner, equals(second.inner, inner)]).toEqual(rows['rb-07'].pyglove)
    expect(parentOf(inner)).toBe(first)
  })

  it('[S6] rb-09: a property cannot be assigned', () => {
    class A extends symbolic('golden/A', { x: field.int(), y: field.int() }) {}
    expect(rows['rb-09'].pyglove).toMatch(/^WritePermissionError/)
    expect(failure(() => Reflect.set(new A({ x: 1, y: 2 }), 'x', 3))).toMatch(/^ReadOnlyError: x: /)
  })
})

describe('equality and order', () => {
  class A extends symbolic('golden/EqA', { x: field.any(), y: field.any() }) {}
  class B extends extend('golden/EqB', A, {}) {}
  const a = (x: number, y: number): A => new A({ x, y })

  it('[S11] eq-01: plain lists compare by content; differs: true is not 1', () => {
    expect(rows['eq-01'].pyglove).toEqual([true, true, true, false])
    expect([equals([1, a(1, 2)], [1, a(1, 2)]), equals(1, 1.0), equals(true, 1)]).toEqual([true, true, false])
  })

  it('[S11] eq-02, eq-03: records ignore the order of keys and equal plain objects; a subclass is another class', () => {
    const left = record({ a: 1, b: 2 })
    expect([equals(left, record({ b: 2, a: 1 })), equals(left, { a: 1, b: 2 })]).toEqual(rows['eq-02'].pyglove)
    expect(equals(a(1, 2), new B({ x: 1, y: 2 }))).toBe(rows['eq-03'].pyglove)
  })

  it('[S11] eq-05: differs, equal records have the same hash whatever the order of their keys', () => {
    expect(rows['eq-05'].pyglove).toBe(false)
    expect(hash(record({ a: 1, b: 2 }))).toBe(hash(record({ b: 2, a: 1 })))
  })

  it('[S11] lt-02: the first difference decides, a prefix comes first', () => {
    const less = (left: unknown, right: unknown): boolean => compare(left, right) < 0
    expect([
      less(['b'], ['a', 'b']),
      less(['a'], ['a', 'b']),
      less(a(1, 2), a(1, 3)),
      less({ x: 1 }, { y: 0 }),
    ]).toEqual(rows['lt-02'].pyglove)
  })
})

describe('objects', () => {
  class P extends symbolic('golden/P', { x: field.int().min(0), y: field.string().default('d') }) {}

  it('[S6] so-03: range, missing, unknown and type are four kinds of error', () => {
    expect(rows['so-03'].pyglove.map((message) => message.replace(/:.*/, ''))).toEqual([
      'ValueError',
      'TypeError',
      'TypeError',
      'TypeError',
    ])
    const make =
      (init: object): (() => unknown) =>
      () =>
        Reflect.construct(P, [init]) as unknown
    expect([{ x: -1 }, {}, { x: 1, z: 2 }, { x: 'a' }].map((init) => failure(make(init)))).toEqual([
      'OutOfRangeError: x: expected an integer of at least 0, got -1.',
      'MissingFieldError: x: expected an integer of at least 0, got nothing; new P(...) needs x.',
      "UnknownKeyError: z: expected a field of golden/P, got 'z'; its fields are x, y.",
      "TypeMismatchError: x: expected an integer of at least 0, got 'a'.",
    ])
  })

  it('[S1] so-07, so-08: query by path and by value', () => {
    class A extends symbolic('golden/QueryA', { x: field.int(), y: field.int() }) {}
    const program = record({ a1: 1, a3: { p: new A({ x: 2, y: 1 }) }, b: [2, new A({ x: 2, y: 2 })] })
    expect(rows['so-07'].pyglove).toBe("{'a3.p': A_(x=2, y=1)}")
    expect([...query(program, /^a\d\.p$/)].map(([path, value]) => [path, format(value)])).toEqual([
      ['a3.p', 'QueryA({ x: 2, y: 1 })'],
    ])
    const twos = query(record({ b: program.b }), (value) => value === 2)
    expect(Object.fromEntries(twos)).toEqual(rows['so-08'].pyglove)
  })

  it('[S1] so-07: differs, a pattern may match anywhere in the path', () => {
    expect([...query(record({ a: { p: 1 } }), /p/).keys()]).toEqual(['a.p'])
  })

  it('[S6] ty-05: the size of a list is a matter of range, its items of type', () => {
    class Sized extends symbolic('golden/Sized', { l: field.list(field.int()).minSize(1).maxSize(2) }) {}
    expect(rows['ty-05'].pyglove.map((message) => message.replace(/:.*| ->.*/, ''))).toEqual([
      'ValueError',
      'NO ERROR',
      'ValueError',
      'TypeError',
    ])
    expect([[], [1], [1, 2, 3], ['a']].map((l) => failure(() => new Sized({ l: l as number[] })))).toEqual([
      'OutOfRangeError: l: expected a list of 1 to 2 items that are each an integer, got an empty array.',
      'no error',
      'OutOfRangeError: l: expected a list of 1 to 2 items that are each an integer, got an array of 3.',
      "TypeMismatchError: l[0]: expected an integer, got 'a'.",
    ])
  })

  it('[S6] ty-08: a frozen field takes its own value and no other', () => {
    class Fixed extends symbolic('golden/Fixed', { x: field.int().freeze(1) }) {}
    const [own, other, none] = rows['ty-08'].pyglove
    const make = (init: object): string => failure(() => Reflect.construct(Fixed, [init]) as unknown)
    expect([own, none]).toEqual(['NO ERROR -> 1', 'NO ERROR -> 1'])
    expect([make({ x: 1 }), make({})]).toEqual(['no error', 'no error'])
    expect(other).toMatch(/^ValueError: Frozen field is not assignable/)
    expect(make({ x: 2 })).toMatch(/^ReadOnlyError: x: /)
  })

  it('[S1] ty-11: instances do not share a default', () => {
    class Listed extends symbolic('golden/Listed', { l: field.list(field.int()).default([]) }) {}
    expect([new Listed().l === new Listed().l]).toEqual(rows['ty-11'].pyglove)
  })
})

describe('paths', () => {
  it('[S3] so-09: reads and writes the same text', () => {
    const [keys, text] = rows['so-09'].pyglove
    expect(Path.parse('a[0].b.c[x.y]').keys).toEqual(keys)
    expect(new Path(['a', 0, 'b.c', 'd']).toString()).toBe(text)
  })

  it('[S3] so-10: indices order by value, names as text; as in the order in which siblings are told, from the last', () => {
    const told: (string | number)[] = []
    class Item extends symbolic('golden/Item', {
      at: field.union([field.string(), field.int()]),
      v: field.int().default(0),
    }) {
      override onChange(): void {
        told.push(this.at)
      }
    }
    const many = list(Array.from({ length: 11 }, (_, at) => new Item({ at })))
    rebindAt(
      many,
      [10, 2].map((at) => [`[${at}].v`, 1]),
    )
    const named = record({ b: new Item({ at: 'b' }), a: new Item({ at: 'a' }) })
    rebindAt(
      named,
      ['a', 'b'].map((at) => [`${at}.v`, 1]),
    )
    expect(rows['so-10'].pyglove).toEqual([true, true, true])
    expect(told).toEqual([10, 2, 'b', 'a'])
  })

  it('[S3] y-32: joins paths, reads negative indices, refuses a bracket that was never opened', () => {
    const [, joined, , unmatched, negative] = rows['y-32'].pyglove
    expect(Path.parse('a').join(Path.parse('b[1]')).toString()).toBe(joined)
    expect(Path.parse('x[-1]').keys).toEqual(negative)
    expect(unmatched).toMatch(/unmatched close bracket/)
    expect(failure(() => Path.parse('a]'))).toBe(
      "PathSyntaxError: expected no ']' without its '[' at position 1, got 'a]'; write names joined by dots and indices in brackets, as in layers[0].kernel.",
    )
  })

  it('[S3] y-32: differs, empty steps are refused instead of dropped', () => {
    expect(rows['y-32'].pyglove.at(-1)).toBe("['a', 'b']")
    expect(failure(() => Path.parse('a..b'))).toMatch(/^PathSyntaxError/)
  })
})
