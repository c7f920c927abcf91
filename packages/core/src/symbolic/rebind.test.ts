import { describe, expect, it, vi } from 'vitest'
import { Hole } from '../../test/arbitrary-program.ts'
import { clone } from './clone.ts'
import { equals } from './equals.ts'
import {
  CycleError,
  MissingFieldError,
  MittenError,
  OutOfRangeError,
  OverlapError,
  ReadOnlyError,
  RebindLoopError,
  TypeMismatchError,
  UnknownKeyError,
} from './errors.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { type List, list } from './list.ts'
import { Path } from './path.ts'
import { Delete, Insert, rebind, rebindAt, transform } from './rebind.ts'
import { record } from './record.ts'
import { ref } from './ref.ts'
import { symbolic } from './symbolic.ts'
import type { FieldUpdate } from './transaction.ts'
import { getSymbolic, isAbstract, parentOf, pathOf } from './tree.ts'

class Layer extends symbolic('rebind/Layer', { size: field.int().min(1), name: field.string().default('l') }) {}
class Net extends symbolic('rebind/Net', {
  layers: field.list(Layer).maxSize(4),
  head: Layer,
  lr: field.number().min(0).default(0.1),
  note: field.string().optional(),
  options: field.record(field.list(field.number())).default({ a: [1] }),
}) {}

const layer = (size: number): Layer => new Layer({ size })
const net = (): Net => new Net({ layers: [layer(1), layer(2)], head: layer(3) })

describe('rebind', () => {
  it('[S4] changes values by path, all at once, and gives the target back', () => {
    const program = net()
    const result = rebind(program, { lr: 0.5, 'head.size': 30, 'layers[1].name': 'x', 'options.b': [2, 3] })
    expect(result).toBe(program)
    expect(format(program)).toBe(
      "Net({ layers: [Layer({ size: 1, name: 'l' }), Layer({ size: 2, name: 'x' })], " +
        "head: Layer({ size: 30, name: 'l' }), lr: 0.5, options: { a: [1], b: [2, 3] } })",
    )
    expect(program.rebind({ lr: 0 }).lr).toBe(0)
  })

  it('[S4] addresses a list as it was before', () => {
    const numbers = list([1, 2, 3])
    expect(format(rebindAt(clone(numbers), [['[3]', 4]]))).toBe('[1, 2, 3, 4]')
    expect(
      String(
        rebindAt(clone(numbers), [
          ['[9]', 5],
          ['[7]', 4],
        ]),
      ),
    ).toBe('[1, 2, 3, 4, 5]')
    expect(
      String(
        rebindAt(clone(numbers), [
          ['[0]', Delete],
          ['[2]', Delete],
        ]),
      ),
    ).toBe('[2]')
    expect(
      String(
        rebindAt(clone(numbers), [
          ['[2]', 7],
          ['[0]', new Insert(9)],
          ['[1]', Delete],
        ]),
      ),
    ).toBe('[9, 1, 7]')
    expect(format(rebindAt(clone(numbers), [['[3]', new Insert(4)]]))).toBe('[1, 2, 3, 4]')
  })

  it('[S4] an item that is inserted beside itself stays where it was; a copy goes in front', () => {
    const xs = list([{ v: 1 }])
    const item = xs.at(0)
    rebindAt(xs, [
      ['[0]', new Insert(item)],
      ['[0].v', 5],
    ])
    expect(format(xs)).toBe('[{ v: 1 }, { v: 5 }]')
    expect(xs.at(1)).toBe(item)
    xs.insert(1, item as { v: number })
    expect(xs.at(2)).toBe(item)
    expect(xs.at(1)).not.toBe(item)
  })

  it('[S4] items that stay are themselves, wherever they move', () => {
    const program = net()
    const [first, second] = program.layers.toArray()
    rebind(program, { 'layers[0]': new Insert(layer(9)) })
    expect(program.layers.toArray().slice(1)).toEqual([first, second])
    expect(program.layers.at(1)).toBe(first)
    rebind(program, { 'layers[0]': Delete, 'layers[2]': second as Layer })
    expect(program.layers.at(0)).toBe(first)
    expect(program.layers.at(1)).toBe(second)
  })

  it('[S4] Delete removes an entry, empties an optional field and sets a field back to its default', () => {
    const program = rebind(net(), { note: 'n', lr: 1, 'options.a': [7] })
    rebindAt(program, [
      ['note', Delete],
      ['lr', Delete],
      ['options.a', Delete],
    ])
    expect([program.note, program.lr, format(program.options)]).toEqual([undefined, 0.1, '{}'])
    rebindAt(program, [['options', Delete]])
    expect(format(program.options)).toBe('{ a: [1] }')
    program.options['a']?.push(2)
    expect(format(net().options)).toBe('{ a: [1] }')
    expect(() => rebindAt(program, [['head', Delete]])).toThrow(MissingFieldError)
    expect(() => rebindAt(program, [['head', Delete]])).toThrow(
      'head: expected an instance of Layer, got Delete; the field is required and has no default; give another value.',
    )
    expect(() => rebindAt(program, [['layers[0].size', Delete]])).toThrow(/^layers\[0\]\.size: /)
  })

  it('[S4] takes paths as text or as paths, and any iterable of updates', () => {
    const program = record({ 'a.b': { '': 1 }, '0': 2 })
    rebindAt(
      program,
      new Map<Path | string, unknown>([
        [new Path(['a.b', '']), 3],
        ['["0"]', 4],
      ]),
    )
    expect(format(program)).toBe("{ '0': 4, 'a.b': { '': 3 } }")
    expect(rebindAt(program, [])).toBe(program)
  })

  it('[S4] a value that is the same changes nothing; -0 and 0 are not the same, NaN is', () => {
    const log: unknown[] = []
    class Watching extends symbolic('rebind/Watching', { x: field.any(), xs: field.list(field.any()).default([]) }) {
      override onChange(updates: readonly FieldUpdate[]): void {
        log.push(...updates.map(({ path, oldValue, newValue }) => [String(path), oldValue, newValue]))
      }
    }
    const watching = new Watching({ x: NaN, xs: [NaN, 0, { a: 1 }] })
    rebindAt(watching, [
      ['x', NaN],
      ['xs', watching.xs],
    ])
    rebindAt(watching, [
      ['xs[0]', NaN],
      ['xs[2]', watching.xs.at(2)],
    ])
    watching.xs.sort(() => 0)
    expect(log).toEqual([])
    rebindAt(watching, [['xs[1]', -0]])
    expect(log).toEqual([['xs[1]', 0, -0]])
    rebindAt(watching, [['x', -0]])
    rebindAt(watching, [['x', 0]])
    expect(Object.is(watching.x, 0)).toBe(true)
  })

  it('[S4] a value may come from the tree itself: it is taken as it is before the change', () => {
    const program = record<Record<string, unknown>>({ a: { v: 1 }, b: { v: 2 }, c: [] })
    const { b } = program
    rebindAt(program, [
      ['a', b],
      ['b.v', 3],
      ['c', [{ inside: [b] }]],
    ])
    expect(format(program)).toBe('{ a: { v: 2 }, b: { v: 3 }, c: [{ inside: [{ v: 2 }] }] }')
    expect(program['b']).toBe(b)
    // A swap.
    rebindAt(program, [
      ['a', program['b']],
      ['b', program['a']],
    ])
    expect(format(program)).toBe('{ a: { v: 3 }, b: { v: 2 }, c: [{ inside: [{ v: 2 }] }] }')
  })

  it('[S2] the root of a tree can be put below itself: a copy goes in', () => {
    class Tree extends symbolic('rebind/Tree', {
      value: field.int(),
      children: field.list(field.lazy<Tree>((): unknown => Tree)).default([]),
      any: field.any().optional(),
    }) {}
    const tree = new Tree({ value: 1, children: [new Tree({ value: 2 })] })
    rebind(tree, { 'children[0].children': [tree], 'children[0].value': 5 })
    expect(format(tree)).toBe(
      'Tree({ value: 1, children: [Tree({ value: 5, children: [Tree({ value: 1, children: [Tree({ value: 2, children: [] })] })] })] })',
    )
    tree.children.push(tree)
    expect(tree.children.length).toBe(2)
    rebind(tree, { any: { deep: [[tree]] } })
    const inner = (tree.any as { deep: List<List<Tree>> }).deep.at(0)?.at(0) as Tree
    expect(inner).not.toBe(tree)
    expect(parentOf(tree)).toBeUndefined()
    expect(String(pathOf(inner))).toBe('any.deep[0][0]')
  })

  it('[S4] plain data with a circle in it is refused, with the path', () => {
    const circle: Record<string, unknown> = { a: [1] }
    ;(circle['a'] as unknown[]).push({ b: circle })
    const program = record<Record<string, unknown>>({ x: 1 })
    expect(() => rebindAt(program, [['x', circle]])).toThrow(CycleError)
    expect(() => rebindAt(program, [['x', circle]])).toThrow(
      'x.a[1].b: expected a tree, got an array or object that contains itself; hold the repeated value with ref(value), ' +
        'or build it without the circle.',
    )
    expect(program['x']).toBe(1)
  })
})

describe('what is refused', () => {
  it.each([
    [
      [['depth', 1]],
      UnknownKeyError,
      "depth: expected a field of rebind/Net, got 'depth'; its fields are layers, head, lr, note, options.",
    ],
    [[['heat', 1]], UnknownKeyError, "heat: expected a field of rebind/Net, got 'heat'; did you mean 'head'?"],
    [[['[0]', 1]], UnknownKeyError, '[0]: expected a field of rebind/Net, got 0'],
    [
      [['head.size.x', 1]],
      UnknownKeyError,
      'head.size: expected a node that can be entered, got 3; it has size, name.',
    ],
    [[['head.nope.x', 1]], UnknownKeyError, "head.nope: expected a key of a Layer, got 'nope'; it has size, name."],
    [[['layers[5].size', 1]], UnknownKeyError, 'layers[5]: expected a key of a list of 2, got 5; it has 0, 1.'],
    [[['layers.x', layer(1)]], UnknownKeyError, "layers.x: expected an index from 0 to 2, got 'x'"],
    [
      [['layers[-1]', layer(1)]],
      UnknownKeyError,
      'layers[-1]: expected an index from 0 to 2, got -1; list paths address the list as it was before the rebind.',
    ],
    [[['layers[2]', Delete]], UnknownKeyError, 'layers[2]: expected an index from 0 to 1, got 2'],
    [[[new Path(['layers', 0.5]), layer(1)]], UnknownKeyError, 'expected an index from 0 to 2, got 0.5'],
    [[[new Path(['layers', NaN]), layer(1)]], UnknownKeyError, 'expected an index from 0 to 2, got NaN'],
    [[[new Path(['layers', '0']), layer(1)]], UnknownKeyError, "expected an index from 0 to 2, got '0'"],
    [[['options[0]', [1]]], UnknownKeyError, 'options[0]: expected a key of a record of 1, got 0; it has a.'],
    [[['options.b', Delete]], UnknownKeyError, "options.b: expected a key of a record of 1, got 'b'; it has a."],
    [
      [['', 1]],
      UnknownKeyError,
      'expected a path below the target, got the target itself; a node cannot replace itself; rebind it in its parent.',
    ],
    [
      [['head', new Insert(layer(1))]],
      TypeMismatchError,
      'head: expected a value, since only lists can be inserted into, got an instance of Insert; give the value itself.',
    ],
    [
      [['options.a', new Insert([1])]],
      TypeMismatchError,
      'options.a: expected a value, since only lists can be inserted into',
    ],
    [[['lr', 'x']], TypeMismatchError, "lr: expected a number of at least 0, got 'x'."],
    [[['lr', NaN]], TypeMismatchError, 'lr: expected a number of at least 0, got NaN.'],
    [[['lr', undefined]], TypeMismatchError, 'lr: expected a number of at least 0, got undefined.'],
    [[['lr', -1]], OutOfRangeError, 'lr: expected a number of at least 0, got -1.'],
    [
      [['head.size', 1.5]],
      TypeMismatchError,
      'head.size: expected an integer of at least 1, got 1.5; round it, or declare the field with field.number().',
    ],
    [
      [['layers[1]', new Net({ layers: [], head: layer(1) })]],
      TypeMismatchError,
      'layers[1]: expected an instance of Layer, got a Net.',
    ],
    [[['layers', [layer(1), 2]]], TypeMismatchError, 'layers[1]: expected an instance of Layer, got 2.'],
    [[['options', { b: [1, 'x'] }]], TypeMismatchError, "options.b[1]: expected a number, got 'x'."],
    [[['options.a[1]', 'x']], TypeMismatchError, "options.a[1]: expected a number, got 'x'."],
    [
      [['layers', [1, 2, 3, 4, 5].map(layer)]],
      OutOfRangeError,
      'layers: expected a list of 0 to 4 items that are each an instance of Layer, got an array of 5.',
    ],
    [
      [
        ['layers[2]', layer(1)],
        ['layers[3]', layer(1)],
        ['layers[4]', layer(1)],
      ],
      OutOfRangeError,
      'layers: expected a list of 0 to 4 items',
    ],
    [
      [
        ['head', layer(1)],
        ['head.size', 2],
      ],
      OverlapError,
      'head.size: expected updates of separate places, got one that also replaces head; put the inner value into the outer one, or rebind twice.',
    ],
    [
      [
        ['layers[0].size', 2],
        ['layers', []],
      ],
      OverlapError,
      'layers[0].size: expected updates of separate places, got one that also replaces layers',
    ],
    [
      [
        ['layers[0].size', 2],
        ['layers[0]', Delete],
      ],
      OverlapError,
      'got one that also replaces layers[0]',
    ],
    [
      [
        ['options.a[0]', 2],
        ['options', {}],
      ],
      OverlapError,
      'options.a[0]: expected updates of separate places, got one that also replaces options',
    ],
    [
      [
        ['lr', 1],
        [Path.parse('lr'), 2],
      ],
      OverlapError,
      'lr: expected updates of separate places, got two for the same place',
    ],
    [
      [
        ['layers[0]', new Insert(layer(1))],
        ['layers[0]', new Insert(layer(2))],
      ],
      OverlapError,
      'layers[0]: expected updates of separate places, got two for the same place',
    ],
  ] as unknown as [[Path | string, unknown][], new () => Error, string][])(
    '[S4] case %#: %j',
    (updates, type, message) => {
      const program = net()
      const before = clone(program)
      for (const act of [
        () => rebindAt(program, updates),
        () => rebindAt(program, [['note', 'changed'], ...updates]),
      ]) {
        expect(act).toThrow(type)
        expect(act).toThrow(message)
        expect(equals(program, before)).toBe(true)
      }
    },
  )

  it('[S4] paths of errors start at the root of the tree, whatever the target', () => {
    const program = net()
    expect(() => rebindAt(program.head, [['size', 0]])).toThrow('head.size: expected an integer of at least 1, got 0.')
    expect(() => program.layers.push(1 as never)).toThrow('layers[2]: expected an instance of Layer, got 1.')
    expect(() => rebindAt(program.layers, [['[0].x', 0]])).toThrow(/^layers\[0\]\.x: /)
  })

  it('[S4] only nodes can be rebound', () => {
    expect(() => rebind([1], { '[0]': 2 } as never)).toThrow(
      'expected a symbolic object, list or record, got an array of 1; turn plain data into a node with record(...) or ' +
        'list(...) first.',
    )
  })

  it('[S6] a property cannot be assigned; the error says how to change it', () => {
    const program = net()
    const assign = (): void => {
      ;(program.head as { size: number }).size = 2
    }
    expect(assign).toThrow(ReadOnlyError)
    expect(assign).toThrow(
      'head.size: expected no assignment, since fields are read-only, got a Layer; change it with rebind(node, { size: value }).',
    )
  })

  it('[S4] what a frozen field holds does not change, however deep', () => {
    class Frozen extends symbolic('rebind/Frozen', {
      sizes: field.list(field.any()).freeze([1, { a: [2] }]),
      kind: field.string().freeze('k'),
    }) {}
    const frozen = new Frozen()
    expect(format(frozen)).toBe("Frozen({ sizes: [1, { a: [2] }], kind: 'k' })")
    for (const act of [
      () => frozen.sizes.push(3),
      () => frozen.sizes.reverse(),
      () => rebindAt(frozen, [['sizes[1].a[0]', 3]]),
      () => rebindAt(frozen.sizes, [['[1].b', 3]]),
      () => rebindAt(frozen, [['kind', 'l']]),
      () => rebindAt(frozen, [['sizes', [1]]]),
    ]) {
      expect(act).toThrow(ReadOnlyError)
      expect(equals(frozen, new Frozen())).toBe(true)
    }
    expect(() => frozen.sizes.push(3)).toThrow(
      'sizes: expected no change in what a frozen field holds, got a list of 2; freeze it in a subclass only, or build a ' +
        'program without the frozen field.',
    )
    // A value that is equal changes nothing that counts.
    rebindAt(frozen, [
      ['kind', 'k'],
      ['sizes', [1, { a: [2] }]],
    ])
    expect(equals(Reflect.construct(Frozen, [{ kind: 'k' }]), frozen)).toBe(true)
  })
})

describe('nothing has changed after an error', () => {
  it('[S4] not the arguments either: a fresh node is free to go elsewhere, and its lists are not bound', () => {
    const program = net()
    const fresh = layer(7)
    const loose = list<unknown>([fresh])
    const numbers = list<unknown>([1, 2])
    for (const act of [
      () =>
        rebindAt(program, [
          ['layers', [fresh]],
          ['lr', -1],
        ]),
      () =>
        rebindAt(program, [
          ['layers', loose],
          ['lr', -1],
        ]),
      () =>
        rebindAt(program, [
          ['options', { a: numbers }],
          ['lr', -1],
        ]),
      () => rebindAt(program, [['options', { a: [fresh] }]]),
      () => program.layers.push(fresh, layer(1), layer(2)),
      () => new Net({ layers: [fresh], head: fresh, lr: -1 }),
      () => new Net({ layers: [fresh], options: { a: numbers as never } } as never),
      () => new Net({ layers: [fresh, 1 as never], head: layer(1) }),
    ]) {
      expect(act).toThrow(MittenError)
      expect([parentOf(loose), parentOf(numbers)]).toEqual([undefined, undefined])
      expect(parentOf(fresh)).toBe(loose)
    }
    const free = layer(8)
    expect(() =>
      rebindAt(program, [
        ['layers', [free]],
        ['lr', -1],
      ]),
    ).toThrow(MittenError)
    expect(() => new Net({ layers: [free], head: layer(1), lr: -1 })).toThrow(MittenError)
    expect(() => program.layers.push(free, layer(1), layer(2))).toThrow(MittenError)
    expect(parentOf(free)).toBeUndefined()
    rebindAt(program, [['layers', [free]]])
    expect(program.layers.at(0)).toBe(free)
    numbers.push('text')
    loose.push('text')
    expect(format(numbers)).toBe("[1, 2, 'text']")
  })

  it('[S4] nor when a hook throws: fresh nodes are given back, lists are unbound, values come back as themselves', () => {
    let armed = false
    class Guard extends symbolic('rebind/Guard', {
      xs: field.list(field.number()).default([1]),
      y: field.any().optional(),
    }) {
      override onBound(): void {
        if (armed) throw new RangeError('not now')
      }
    }
    const guard = new Guard({ y: { a: 1, b: 2, c: 3 } })
    const { xs, y } = guard
    const fresh = record({ inner: [1] })
    const numbers = list<unknown>([1, 2])
    armed = true
    const onBound = vi.spyOn(guard, 'onBound')
    onBound.mockImplementationOnce(() => {
      armed = false
      throw new RangeError('not now')
    })
    expect(() =>
      rebindAt(guard, [
        ['xs', numbers],
        ['y', [fresh]],
      ]),
    ).toThrow(new RangeError('not now'))
    expect(onBound).toHaveBeenCalledTimes(2)
    expect([guard.xs, guard.y]).toEqual([xs, y])
    expect(guard.xs).toBe(xs)
    expect(guard.y).toBe(y)
    expect(parentOf(xs)).toBe(guard)
    expect([parentOf(fresh), parentOf(numbers)]).toEqual([undefined, undefined])
    numbers.push('text')
    expect(numbers.length).toBe(3)
  })

  it('[S4] a removed key comes back at its place', () => {
    class Guard extends symbolic('rebind/OrderGuard', { y: field.any(), limit: field.int().default(3) }) {
      override onBound(): void {
        if (Object.keys(this.y as object).length < this.limit) throw new RangeError('too few')
      }
    }
    const held = ref(new Map())
    const guard = new Guard({ y: { a: 1, b: { deep: 2 }, c: held, d: 4 }, limit: 4 })
    const { b } = guard.y as { b: object }
    expect(() =>
      rebindAt(guard, [
        ['y.a', Delete],
        ['y.c', Delete],
        ['y.b', 5],
        ['y.e', 6],
        ['y.d', Delete],
      ]),
    ).toThrow(RangeError)
    expect(Object.keys(guard.y as object)).toEqual(['a', 'b', 'c', 'd'])
    expect((guard.y as { b: object }).b).toBe(b)
    expect(getSymbolic(guard.y as object, 'c')).toBe(held)
    expect(format(guard.y)).toBe('{ a: 1, b: { deep: 2 }, c: ref(<an instance of Map>), d: 4 }')
  })

  it('[S4] abstract state comes back', () => {
    class Guard extends symbolic('rebind/AbstractGuard', { y: field.any(), z: field.any().optional() }) {
      override onBound(): void {
        if (this.z !== undefined) throw new RangeError('no z')
      }
    }
    const outer = record({ guard: new Guard({ y: [1] }), inner: [new Hole({ candidates: [1, 2] })] })
    expect(isAbstract(outer)).toBe(true)
    expect(() =>
      rebindAt(outer, [
        ['inner[0]', 1],
        ['guard.z', 1],
      ]),
    ).toThrow(RangeError)
    expect(isAbstract(outer) && isAbstract(getSymbolic(outer, 'inner'))).toBe(true)
    expect(() =>
      rebindAt(outer.guard, [
        ['y', [1]],
        ['z', new Map()],
      ]),
    ).toThrow(RangeError)
    expect(isAbstract(outer.guard)).toBe(false)
  })
})

describe('hooks that rebind', () => {
  it('[S4] join the transaction, and rounds go on until nothing changes', () => {
    const log: string[] = []
    class Doubled extends symbolic('rebind/Doubled', {
      x: field.int(),
      y: field.int().default(0),
      z: field.int().default(0),
    }) {
      override onBound(): void {
        log.push(`${this.x} ${this.y} ${this.z}`)
        if (this.y !== 2 * this.x) this.rebind({ y: 2 * this.x })
        else if (this.z !== this.y + 1) this.rebind({ z: this.y + 1 })
      }
    }
    const doubled = new Doubled({ x: 1 })
    expect(log).toEqual(['1 0 0', '1 2 0', '1 2 3'])
    log.length = 0
    rebind(doubled, { x: 5 })
    expect(log).toEqual(['5 2 3', '5 10 3', '5 10 11'])
  })

  it('[S4] are undone with the transaction they joined', () => {
    class Counter extends symbolic('rebind/Counter', {
      n: field.int().max(3),
      log: field.list(field.int()).default([]),
    }) {
      override onChange(updates: readonly FieldUpdate[]): void {
        if (updates.some(({ path }) => String(path) === 'n')) this.log.push(this.n)
      }
      override onBound(): void {
        if (this.log.length > 2) throw new RangeError('full')
      }
    }
    const counter = new Counter({ n: 0 })
    rebind(rebind(counter, { n: 1 }), { n: 2 })
    expect(format(counter.log)).toBe('[1, 2]')
    expect(() => rebind(counter, { n: 3 })).toThrow(new RangeError('full'))
    expect([counter.n, format(counter.log)]).toEqual([2, '[1, 2]'])
  })

  it('[S4] reach other trees, which are undone too', () => {
    const other = record({ seen: 0 })
    class Telling extends symbolic('rebind/Telling', { n: field.int() }) {
      override onChange(): void {
        rebindAt(other, [['seen', other.seen + 1]])
      }
      override onBound(): void {
        if (this.n > 1) throw new RangeError('too much')
      }
    }
    const telling = new Telling({ n: 0 })
    rebind(telling, { n: 1 })
    expect(other.seen).toBe(1)
    expect(() => rebind(telling, { n: 2 })).toThrow(RangeError)
    expect([other.seen, telling.n]).toEqual([1, 1])
  })

  it('[S4] a joined rebind that throws and is caught leaves nothing behind', () => {
    const log: unknown[] = []
    class Trying extends symbolic('rebind/Trying', {
      n: field.int(),
      xs: field.list(field.int()).maxSize(2).default([1, 2]),
      ok: field.boolean().default(false),
    }) {
      override onChange(updates: readonly FieldUpdate[]): void {
        log.push(updates.map(({ path }) => String(path)).join())
        if (this.ok) return
        try {
          rebindAt(this, [
            ['n', 99],
            ['xs[2]', 3],
          ])
        } catch (error) {
          log.push((error as Error).name)
        }
        this.rebind({ ok: true })
      }
    }
    const trying = new Trying({ n: 0 })
    rebind(trying, { n: 1 })
    expect([trying.n, trying.ok, format(trying.xs)]).toEqual([1, true, '[1, 2]'])
    expect(log).toEqual(['n', 'OutOfRangeError', 'ok'])
    expect(isAbstract(trying)).toBe(false)
  })

  it('[S4] that never come to rest end in a RebindLoopError after 100 rounds, and all is as before', () => {
    let rounds = 0
    class Restless extends symbolic('rebind/Restless', { n: field.int(), go: field.boolean().default(false) }) {
      override onChange(): void {
        rounds++
        if (this.go) this.rebind({ n: this.n + 1 })
      }
    }
    const restless = record({ in: [new Restless({ n: 0 })] })
    expect(() => rebindAt(restless, [['in[0].go', true]])).toThrow(RebindLoopError)
    expect(rounds).toBe(100)
    expect(() => rebindAt(restless, [['in[0].go', true]])).toThrow(
      'in[0].n: expected hooks that come to rest within 100 rounds, got a rebind in answer to every rebind; let the hook ' +
        'change a value only if it differs from what is there.',
    )
    expect(format(restless)).toBe('{ in: [Restless({ n: 0, go: false })] }')
  })

  it('[S4] a hundred rounds are enough for whoever needs a hundred', () => {
    class Counting extends symbolic('rebind/Counting', { n: field.int(), to: field.int().default(0) }) {
      override onChange(): void {
        if (this.n < this.to) this.rebind({ n: this.n + 1 })
      }
    }
    // The first round is that of the rebind itself.
    expect(rebind(new Counting({ n: 0 }), { to: 99 }).n).toBe(99)
    expect(() => rebind(new Counting({ n: 0 }), { to: 100 })).toThrow(RebindLoopError)
  })

  it('[S4] a hook that throws again while all is taken back is told of, and what it rebinds then does not stay', () => {
    class Stubborn extends symbolic('rebind/Stubborn', { n: field.int(), tries: field.int().default(0) }) {
      override onBound(): void {
        if (!armed) return
        this.rebind({ tries: this.tries + 1 })
        throw new RangeError(`try at ${this.n}`)
      }
    }
    let armed = false
    const stubborn = new Stubborn({ n: 1 })
    armed = true
    const failure = (() => {
      try {
        rebind(stubborn, { n: 2 })
        return undefined
      } catch (error) {
        return error
      }
    })()
    expect(failure).toBeInstanceOf(AggregateError)
    expect((failure as AggregateError).errors).toEqual([new RangeError('try at 2'), new RangeError('try at 1')])
    expect((failure as AggregateError).cause).toEqual(new RangeError('try at 2'))
    expect([stubborn.n, stubborn.tries]).toEqual([1, 0])
    armed = false
    expect(rebind(stubborn, { n: 3 }).n).toBe(3)
  })

  it('[S4] what hooks derive is derived again, children first, when all is taken back', () => {
    class Sum extends symbolic('rebind/Sum', {
      own: field.int(),
      parts: field.list(field.lazy<Sum>((): unknown => Sum)).default([]),
    }) {
      declare total: number
      override onBound(): void {
        this.total = this.own + this.parts.reduce((sum, part) => sum + part.total, 0)
        if (this.total > 100) throw new OutOfRangeError({ expected: 'a total of at most 100', got: this.total })
      }
    }
    const totals = (sum: Sum): unknown => [sum.total, ...sum.parts.map(totals)]
    const root = new Sum({ own: 1, parts: [new Sum({ own: 2, parts: [new Sum({ own: 3 })] }), new Sum({ own: 4 })] })
    const before = totals(root)
    expect(before).toEqual([10, [5, [3]], [4]])
    expect(() =>
      rebindAt(root, [
        ['parts[0].parts[0].own', 50],
        ['parts[1].own', 49],
      ]),
    ).toThrow(OutOfRangeError)
    expect(totals(root)).toEqual(before)
    rebindAt(root, [['parts[0].parts[0].own', 50]])
    expect(totals(root)).toEqual([57, [52, [50]], [4]])
  })
})

describe('transform', () => {
  it('[S4] replaces what comes back as another value, from the root down, and does not enter it', () => {
    const program = record({ a: 1, b: [2, { c: 3 }] })
    const paths: string[] = []
    const result = transform(program, (value, path, parent) => {
      paths.push(String(path))
      expect(getSymbolic(parent as object, path.key as string)).toBe(value)
      return typeof value === 'number' ? value * 10 : value
    })
    expect(result).toBe(program)
    expect(format(program)).toBe('{ a: 10, b: [20, { c: 30 }] }')
    expect(paths).toEqual(['a', 'b', 'b[0]', 'b[1]', 'b[1].c'])
    const entered: string[] = []
    transform(program, (value, path) => {
      entered.push(String(path))
      return String(path) === 'b' ? [{ d: 1 }] : value
    })
    expect(entered).toEqual(['a', 'b'])
  })

  it('[S4] removes with Delete, keeps NaN and the fields without a value, and sees raw values', () => {
    const hole = new Hole({ candidates: [1, 2] })
    const held = ref(new Map())
    const program = record({ a: [1, 3, 2], n: NaN, hole, held, net: new Net({ layers: [], head: layer(1) }) })
    const seen: unknown[] = []
    transform(program, (value) => {
      seen.push(value)
      return value === 3 ? Delete : value
    })
    expect(format(program.a)).toBe('[1, 2]')
    expect(seen).toContain(hole)
    expect(seen).toContain(held)
    expect(seen.includes(undefined)).toBe(true)
  })

  it('[S4] is one transaction', () => {
    const program = net()
    const before = clone(program)
    expect(() => transform(program, (value) => (typeof value === 'number' ? 0 : value))).toThrow(OutOfRangeError)
    expect(equals(program, before)).toBe(true)
  })
})
