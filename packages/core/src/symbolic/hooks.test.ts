import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { Hole } from '../../test/arbitrary-program.ts'
import { clone } from './clone.ts'
import { field } from './fields/index.ts'
import { fromJSON } from './from-json.ts'
import { list, type List } from './list.ts'
import { Path } from './path.ts'
import { Delete, Insert, rebindAt } from './rebind.ts'
import { record } from './record.ts'
import { symbolic } from './symbolic.ts'
import { toJSON } from './to-json.ts'
import type { FieldUpdate } from './transaction.ts'
import { getSymbolic, pathOf } from './tree.ts'

/** What the hooks were told: `bound <path>` and `changed <path>: <updates>`. */
let log: string[] = []
/** Counts hooks down; the one that reaches 0 throws. */
let fuse = Infinity

beforeEach(() => {
  log = []
  fuse = Infinity
})

class Burnt extends Error {}

/** Derives the sum of what is below, and tells what it hears. */
class Node extends symbolic('hooks/Node', {
  a: field.any().optional(),
  b: field.any().optional(),
  c: field.any().optional(),
}) {
  declare sum: number
  override onChange(updates: readonly FieldUpdate[]): void {
    log.push(`changed ${pathOf(this).toString()}: ${updates.map(({ path }) => path).join(' ')}`)
    if (--fuse === 0) throw new Burnt()
  }
  override onBound(): void {
    log.push(`bound ${pathOf(this).toString()}`)
    this.sum = 1 + sumOf(getSymbolic(this, 'a')) + sumOf(getSymbolic(this, 'b')) + sumOf(getSymbolic(this, 'c'))
    if (--fuse === 0) throw new Burnt()
  }
}

/** Sums the leaves below by what the nodes there have derived, so that a stale one shows. */
function sumOf(value: unknown): number {
  if (value instanceof Node) return value.sum
  if (typeof value === 'number') return value
  if (typeof value !== 'object' || value === null) return 0
  return [...(value as List<unknown>)].reduce<number>((sum, item) => sum + sumOf(item), 0)
}

const bounds = (): string[] => log.filter((line) => line.startsWith('bound'))

describe('onBound', () => {
  it('[S5] runs once for each new node, leaves first, in the order of construction', () => {
    const root = new Node({ a: new Node({ a: new Node() }), b: [new Node(), [new Node()]] })
    expect(log.length).toBe(5)
    expect(root.sum).toBe(5)
    log.length = 0
    clone(root)
    expect(log.length).toBe(5)
  })

  it('[S5] runs once for each node that is read from JSON, leaves first', () => {
    const json = toJSON(new Node({ a: new Node({ a: 1 }), b: [new Node({ b: 2 })] }))
    log.length = 0
    expect(fromJSON<Node>(json).sum).toBe(6)
    expect(log.length).toBe(3)
  })

  it('[S5] runs for what a copy is made of, when a node goes to a second place', () => {
    const shared = new Node({ a: 1 })
    log.length = 0
    record({ x: shared, y: shared, z: [shared] })
    expect(log.length).toBe(2)
  })

  it('[S9] does not run on an abstract node, nor on those above it; it does on the concrete ones beside it', () => {
    const hole = new Hole({ candidates: [1, 2] })
    const root = new Node({ a: new Node({ a: hole }), b: new Node() })
    expect(log).toEqual(['bound '])
    log.length = 0
    rebindAt(root, [['b.a', 1]])
    expect(log).toEqual(['changed b: a', 'bound b'])
    log.length = 0
    // Once all is decided they hear of it.
    rebindAt(root, [['a.a', 5]])
    expect(log).toEqual(['changed a: a', 'bound a', 'changed : a.a', 'bound '])
    expect(root.sum).toBe(1 + 6 + 2)
    log.length = 0
    rebindAt(root, [['b.c', new Hole({ candidates: [1] })]])
    expect(log).toEqual([])
  })

  it('[S5] sees fields, not the initialisers of its class', () => {
    class Early extends symbolic('hooks/Early', { x: field.int() }) {
      initialised = 'later'
      declare derived: number
      declare seen: string
      override onBound(): void {
        this.derived = this.x * 2
        this.seen = this.initialised
      }
    }
    const early = new Early({ x: 2 })
    expect([early.derived, early.initialised, early.seen]).toEqual([4, 'later', undefined])
  })

  it('[S5] an error in it leaves the constructor', () => {
    fuse = 1
    expect(() => new Node()).toThrow(Burnt)
  })
})

describe('onChange', () => {
  const tree = (): Node => new Node({ a: new Node({ a: new Node({ a: 1 }), b: 2 }), b: new Node({ a: 3 }) })

  it('[S5] each changed node and each ancestor hears once, children before parents, later siblings first', () => {
    const root = tree()
    log.length = 0
    rebindAt(root, [['a.a.a', 10]])
    expect(log).toEqual(['changed a.a: a', 'bound a.a', 'changed a: a.a', 'bound a', 'changed : a.a.a', 'bound '])
    log.length = 0
    rebindAt(root, [
      ['a.a.a', 11],
      ['b.a', 12],
      ['a.b', 13],
      ['c', 14],
    ])
    expect(log.filter((line) => line.startsWith('changed'))).toEqual([
      'changed b: a',
      'changed a.a: a',
      'changed a: a.a b',
      'changed : a.a.a b.a a.b c',
    ])
    expect(bounds().length).toBe(4)
  })

  it('[S5] updates carry raw old and new values, with paths from the node that is told', () => {
    const seen: unknown[] = []
    class Telling extends symbolic('hooks/Telling', { x: field.any(), y: field.any().optional() }) {
      override onChange(updates: readonly FieldUpdate[]): void {
        seen.push(updates.map(({ path, oldValue, newValue }) => [path.keys, oldValue, newValue]))
      }
    }
    const inner = record({ v: 1 })
    const telling = new Telling({ x: { inner }, y: 1 })
    const fresh = record({ w: 2 })
    rebindAt(record({ telling }), [
      ['telling.x.inner', fresh],
      ['telling.x.more', 3],
      ['telling.y', Delete],
    ])
    expect(seen).toEqual([
      [
        [['x', 'inner'], inner, fresh],
        [['x', 'more'], undefined, 3],
        [['y'], 1, undefined],
      ],
    ])
  })

  it.each([
    ['push', (xs: List<number>) => xs.push(4, 5), 'xs[3] xs[4]'],
    ['pop', (xs: List<number>) => xs.pop(), 'xs[2]'],
    ['insert', (xs: List<number>) => xs.insert(0, 9), 'xs[0] xs[1] xs[2] xs[3]'],
    ['splice', (xs: List<number>) => xs.splice(1, 1, 7, 8), 'xs[1] xs[2] xs[3]'],
    ['set', (xs: List<number>) => xs.set(1, 7), 'xs[1]'],
    ['sort', (xs: List<number>) => xs.sort((a, b) => b - a), 'xs[0] xs[2]'],
    ['reverse', (xs: List<number>) => xs.reverse(), 'xs[0] xs[2]'],
    ['clear', (xs: List<number>) => xs.clear(), 'xs[0] xs[1] xs[2]'],
    [
      'rebind',
      (xs: List<number>) =>
        rebindAt(xs, [
          ['[0]', new Insert(9)],
          ['[2]', Delete],
        ]),
      'xs[0] xs[1] xs[2]',
    ],
  ])('[S5] a list tells of %s, once', (_, act, paths) => {
    class Holder extends symbolic(`hooks/Holder`, { xs: field.list(field.number()) }) {
      override onChange(updates: readonly FieldUpdate[]): void {
        log.push(updates.map(({ path }) => path).join(' '))
      }
      override onBound(): void {
        log.push('bound')
      }
    }
    const holder = new Holder({ xs: [1, 2, 3] })
    log.length = 0
    act(holder.xs)
    expect(log).toEqual([paths, 'bound'])
  })

  it('[S5] what changes nothing tells nobody', () => {
    const root = new Node({ a: [1, 2], b: [1] })
    log.length = 0
    const xs = root.a as List<number>
    xs.push()
    xs.splice(1, 0)
    xs.sort()
    list([]).clear()
    rebindAt(root, [
      ['a[0]', 1],
      ['b[0]', 1],
    ])
    rebindAt(root, [])
    expect(log).toEqual([])
  })

  it('[S5] nodes of other trees that a hook changes are told in the next round', () => {
    const other = new Node({ a: 1 })
    class Forwarding extends symbolic('hooks/Forwarding', { x: field.int() }) {
      override onChange(): void {
        log.push('forward')
        rebindAt(other, [['a', this.x]])
        // Not yet: hooks run in rounds.
        log.push(`still ${other.sum}`)
      }
    }
    const forwarding = new Forwarding({ x: 1 })
    log.length = 0
    rebindAt(forwarding, [['x', 5]])
    expect(log).toEqual(['forward', 'still 2', 'changed : a', 'bound '])
    expect(other.sum).toBe(6)
  })
})

/** A shape for trees of `Node`, lists and numbers. */
type Shape = number | { readonly list: readonly Shape[] } | { readonly a: Shape; readonly b: Shape; readonly c: Shape }

const arbitraryShape: fc.Arbitrary<Shape> = fc.letrec<{ any: Shape }>((of) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.nat({ max: 9 }),
    fc.array(of('any'), { minLength: 1, maxLength: 12 }).map((items) => ({ list: items })),
    fc.record({ a: of('any'), b: of('any'), c: of('any') }),
    fc.record({ a: of('any'), b: of('any'), c: of('any') }),
  ),
})).any

function make(shape: Shape): unknown {
  if (typeof shape === 'number') return shape
  if ('list' in shape) return shape.list.map(make)
  return new Node({ a: make(shape.a), b: make(shape.b), c: make(shape.c) })
}

type Keys = readonly (string | number)[]

/** Places of numbers in a shape. */
function leavesOf(shape: Shape, keys: Keys = []): Keys[] {
  if (typeof shape === 'number') return [keys]
  if ('list' in shape) return shape.list.flatMap((item, i) => leavesOf(item, [...keys, i]))
  return (['a', 'b', 'c'] as const).flatMap((name) => leavesOf(shape[name], [...keys, name]))
}

/** Places of `Node` objects in a shape. */
function objectsOf(shape: Shape, keys: Keys = []): Keys[] {
  if (typeof shape === 'number') return []
  if ('list' in shape) return shape.list.flatMap((item, i) => objectsOf(item, [...keys, i]))
  return [keys, ...(['a', 'b', 'c'] as const).flatMap((name) => objectsOf(shape[name], [...keys, name]))]
}

const isPrefix = (keys: Keys, of: Keys): boolean => keys.every((key, i) => of[i] === key)

/** Whether `left` is told before `right`: children before parents, later siblings before earlier ones. */
function toldBefore(left: Keys, right: Keys): number {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [a, b] = [left[i] as string | number, right[i] as string | number]
    if (a !== b) return a < b ? 1 : -1
  }
  return right.length - left.length
}

const root = (shape: Shape): Node => new Node({ a: make(shape) })

describe('against a naive model', () => {
  it('[S5] who is told, of what, and in which order', () => {
    fc.assert(
      fc.property(arbitraryShape, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (shape, picks) => {
        const program = root(shape)
        const places = leavesOf(shape, ['a'])
        const chosen = [
          ...new Map(picks.map((pick) => [pick % places.length, places[pick % places.length] as Keys])).values(),
        ]
        const told = [[], ...objectsOf(shape, ['a'])].filter((keys) => chosen.some((place) => isPrefix(keys, place)))
        log.length = 0
        rebindAt(
          program,
          chosen.map((place) => [new Path(place), -1]),
        )
        const expected = told.sort(toldBefore).flatMap((keys) => {
          const below = chosen
            .filter((place) => isPrefix(keys, place))
            .map((place) => new Path(place.slice(keys.length)))
          return [
            `changed ${new Path(keys).toString()}: ${byOwner(chosen, below, keys)}`,
            `bound ${new Path(keys).toString()}`,
          ]
        })
        expect(log).toEqual(expected)
        expect(program.sum).toBe(freshSum(program))
      }),
    )
  })

  it('[S4] a hook that throws, whichever it is, leaves values, places and all that hooks derive as they were', () => {
    fc.assert(
      fc.property(arbitraryShape, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), fc.nat(), (shape, picks, at) => {
        const program = root(shape)
        const places = leavesOf(shape, ['a'])
        const chosen = [
          ...new Map(picks.map((pick) => [pick % places.length, places[pick % places.length] as Keys])).values(),
        ]
        const updates = chosen.map((place, i) => [new Path(place), i % 2 === 0 ? new Node({ a: 1 }) : [100]] as const)
        const before = stateOf(program)
        const hooks =
          2 * [[], ...objectsOf(shape, ['a'])].filter((keys) => chosen.some((place) => isPrefix(keys, place))).length
        log.length = 0
        fuse = 1 + (at % hooks)
        const heard = fuse
        expect(() => rebindAt(program, updates)).toThrow(Burnt)
        fuse = Infinity
        expect(stateOf(program)).toEqual(before)
        // Whoever was told hears again, once.
        const toldOnes = new Set(log.slice(0, heard).map((line) => line.replace(/^\w+ /, '').replace(/:.*$/, '')))
        expect(new Set(log.slice(heard).map((line) => line.replace(/^bound /, '')))).toEqual(toldOnes)
        expect(log.length - heard).toBe(toldOnes.size)
        for (const [, value] of updates) if (value instanceof Node) expect(pathOf(value).isRoot).toBe(true)
      }),
    )
  })
})

/** Updates come in the order in which their nodes were named first: those of one node together, of a list by index. */
function byOwner(chosen: readonly Keys[], below: readonly Path[], keys: Keys): string {
  const owners = [...new Set(chosen.map((place) => new Path(place.slice(0, -1)).toString()))]
  const ownerOf = (path: Path): number => owners.indexOf(new Path([...keys, ...path.keys]).parent.toString())
  return below
    .map((path, i) => ({ path, i }))
    .sort((x, y) => {
      const order = ownerOf(x.path) - ownerOf(y.path)
      const [a, b] = [x.path.key, y.path.key]
      return order !== 0 ? order : typeof a === 'number' && typeof b === 'number' ? a - b : x.i - y.i
    })
    .map(({ path }) => path)
    .join(' ')
}

/** The sum as a program that is built anew derives it. */
const freshSum = (program: Node): number => {
  const { sum } = clone(program)
  return sum
}

/** What hooks derived, node by node, with its place and its values. */
function stateOf(program: unknown): unknown {
  if (program instanceof Node) {
    const parts = ['a', 'b', 'c'].map((name) => stateOf(getSymbolic(program, name)))
    return { path: pathOf(program).toString(), sum: program.sum, parts }
  }
  if (typeof program !== 'object' || program === null) return program
  return [...(program as List<unknown>)].map(stateOf)
}
