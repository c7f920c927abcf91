import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arbitraryKey,
  arbitraryLeaf,
  arbitraryModel,
  build,
  buildNode,
  equalModels,
  fieldsOf,
  isContainer,
  type Model,
  partsOf,
  shuffled,
} from '../../test/arbitrary-program.ts'
import golden from '../../test/golden/hash.json' with { type: 'json' }
import { clone } from './clone.ts'
import { compare } from './compare.ts'
import { equals } from './equals.ts'
import { CycleError } from './errors.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { hash } from './hash.ts'
import { List, list } from './list.ts'
import { record } from './record.ts'
import { ref } from './ref.ts'
import { extend, symbolic } from './symbolic.ts'
import { parentOf } from './tree.ts'

/** Models of a small domain, so that two of them are equal now and then. */
const smallModel: fc.Arbitrary<Model> = fc.letrec<{ any: Model }>((of) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<Model>(undefined, null, 0, -0, NaN, 1, 1n, 0n, '', 'a', true, false),
    fc.array(of('any'), { maxLength: 2 }).map((items) => ({ kind: 'list' as const, items })),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', '0'), of('any')), { maxLength: 2, selector: ([key]) => key })
      .map((entries) => ({ kind: 'record' as const, entries: new Map(Object.entries(Object.fromEntries(entries))) })),
    fc.tuple(of('any'), of('any')).map(([left, right]) => ({
      kind: 'Pair' as const,
      fields: new Map([
        ['left', left],
        ['right', right],
      ]),
    })),
    of('any').map((left) => ({
      kind: 'Box' as const,
      fields: new Map<string, Model>([
        ['right', 1],
        ['left', left],
      ]),
    })),
  ),
})).any

/** Key orders of a record: a permutation drawn by fast-check. */
const arbitraryOrder = fc.infiniteStream(fc.nat()).map(
  (stream) => (keys: string[]) =>
    keys
      .map((key) => ({ key, at: stream.next().value as number }))
      .sort((a, b) => a.at - b.at)
      .map(({ key }) => key),
)

describe('equals', () => {
  it('[S11] is what the naive definition says', () => {
    fc.assert(
      fc.property(smallModel, smallModel, (left, right) => {
        const expected = equalModels(left, right)
        expect(equals(build(left), build(right))).toBe(expected)
        expect(equals(build(right), build(left))).toBe(expected)
        expect(equals(build(left, true), build(right))).toBe(expected)
        expect(equals(build(left, true), build(right, true))).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('[S11] two programs of one model are equal, whatever the order of record keys; a changed one is not', () => {
    fc.assert(
      fc.property(arbitraryModel({ holes: true }), arbitraryOrder, fc.nat(), (model, order, at) => {
        expect(equals(buildNode(model), build(shuffled(model, order)))).toBe(true)
        const changed = withChange(model, at)
        expect(equals(buildNode(model), build(changed))).toBe(equalModels(model, changed))
      }),
    )
  })

  it('[S11] compares exact classes: a subclass with the same fields differs', () => {
    class A extends symbolic('equality/A', { x: field.int() }) {}
    class B extends extend('equality/B', A, {}) {}
    expect(equals(new A({ x: 1 }), new A({ x: 1 }))).toBe(true)
    expect(equals(new A({ x: 1 }), new B({ x: 1 }))).toBe(false)
    expect(equals(new B({ x: 1 }), new A({ x: 1 }))).toBe(false)
    expect(equals(new A({ x: 1 }), record({ x: 1 }))).toBe(false)
    expect(equals(new A({ x: 1 }), { x: 1 })).toBe(false)
  })

  it('[S11] NaN equals NaN, -0 equals 0, and nothing is converted', () => {
    expect(equals(NaN, NaN) && equals(-0, 0) && equals([NaN, -0], list([NaN, 0]))).toBe(true)
    for (const [left, right] of [
      [1, '1'],
      [1, true],
      [1, 1n],
      [null, undefined],
      [0, ''],
      [[], {}],
      [[undefined], []],
      [{ a: undefined }, {}],
    ]) {
      expect(equals(left, right)).toBe(false)
    }
  })

  it('[S11] functions and opaque objects equal only themselves, references by their target', () => {
    const act = (): number => 1
    const map = new Map()
    const target = record({ a: 1 })
    expect(equals([act, map], [act, map])).toBe(true)
    expect(equals(act, () => 1)).toBe(false)
    expect(equals(map, new Map())).toBe(false)
    expect(equals([ref(target)], [ref(target)])).toBe(true)
    expect(equals([ref(target)], [ref(clone(target))])).toBe(false)
    expect(equals([ref(target)], [target])).toBe(false)
    expect(equals(new Date(0), {})).toBe(false)
  })

  it('[S11] comparing, hashing and ordering leave what they are given untouched', () => {
    const node = record({ a: 1 })
    const owned = record({ inner: { b: 1 } })
    const plain = { list: [node, owned.inner] }
    equals(plain, record({ list: [{ a: 1 }, { b: 1 }] }))
    hash(plain)
    compare(plain, [1])
    expect(parentOf(node)).toBeUndefined()
    expect(parentOf(owned.inner)).toBe(owned)
    expect(list([node]).at(0)).toBe(node)
  })

  it('[S11] a plain array or object that contains itself is refused, not walked for ever', () => {
    const circle: unknown[] = [1]
    circle.push({ again: circle })
    for (const act of [() => equals(circle, [1]), () => hash(circle), () => compare(circle, [2])]) {
      expect(act).toThrow(CycleError)
    }
  })
})

class Conv extends symbolic('golden/Conv', { filters: field.int(), kernel: field.int().default(3) }) {}

/** Values by the name that `golden/hash.json` has for them. */
const goldenValues: readonly (readonly [text: string, value: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['-0', -0],
  ['1.5', 1.5],
  ['NaN', NaN],
  ['2n ** 70n', 2n ** 70n],
  ["''", ''],
  ["'tree 🌲'", 'tree 🌲'],
  ['[]', []],
  ['[1, [2, 3]]', list([1, [2, 3]])],
  ['{}', {}],
  ["{ b: '2', a: 1 }", record({ b: '2', a: 1 })],
  ['Conv({ filters: 16, kernel: 3 })', new Conv({ filters: 16 })],
  ['Math.abs', Math.abs],
]

describe('hash', () => {
  it('[S11] equal implies the same hash, whatever the order of record keys', () => {
    fc.assert(
      fc.property(arbitraryModel({ holes: true }), arbitraryOrder, (model, order) => {
        const value = hash(buildNode(model))
        expect(hash(build(shuffled(model, order)))).toBe(value)
        expect(hash(build(model, true))).toBe(value)
        expect(hash(clone(buildNode(model)))).toBe(value)
      }),
    )
  })

  it('[S11] unequal models hash apart', () => {
    fc.assert(
      fc.property(smallModel, smallModel, (left, right) => {
        expect(hash(build(left)) === hash(build(right))).toBe(equalModels(left, right))
      }),
      { numRuns: 500 },
    )
  })

  it('[S11] a hundred thousand values of many shapes have as many hashes', () => {
    const hashes = new Set<bigint>()
    let count = 0
    const add = (value: unknown): void => {
      hashes.add(hash(value))
      count++
    }
    for (let i = 0; i < 20_000; i++) {
      add(i)
      add(i / 7 + 0.1)
      add(String(i))
      add(BigInt(i))
      add([i % 100, Math.floor(i / 100)])
    }
    // Nesting and lengths count: these have the same leaves in the same order.
    for (const value of [
      [],
      [[]],
      [[], []],
      [[[]]],
      {},
      [{}],
      { a: [] },
      { a: [], b: [] },
      [0, [1]],
      [[0], 1],
      [[0, 1]],
    ]) {
      add(value)
    }
    expect(hashes.size).toBe(count)
  })

  it('[S11] uses all of its 64 bits evenly', () => {
    const ones = new Array<number>(64).fill(0)
    const total = 4000
    for (let i = 0; i < total; i++) {
      const value = hash(i)
      expect(value >= 0n && value < 1n << 64n).toBe(true)
      for (let bit = 0; bit < 64; bit++) ones[bit] = (ones[bit] as number) + Number((value >> BigInt(bit)) & 1n)
    }
    // Six standard deviations of a fair coin.
    for (const count of ones) expect(Math.abs(count - total / 2)).toBeLessThan(3 * Math.sqrt(total))
  })

  it('[S11] what has no lasting identity contributes its kind', () => {
    const target = record({ a: 1 })
    expect(hash([() => 1])).toBe(hash([Math.abs]))
    expect(hash(new Map())).toBe(hash(new Date()))
    expect(hash(ref(target))).toBe(hash(ref(clone(target))))
    expect(hash(Symbol('a'))).toBe(hash(Symbol('b')))
    expect(new Set([() => 1, new Map(), ref(target), Symbol('a'), null].map(hash)).size).toBe(5)
  })

  it('[S11] is the same in every process and version', () => {
    const hashes = goldenValues.map(([text, value]) => [text, hash(value).toString(16).padStart(16, '0')])
    expect(Object.fromEntries(hashes)).toEqual(golden)
  })
})

describe('compare', () => {
  const any: fc.Arbitrary<Model> = fc.oneof(smallModel, arbitraryLeaf)

  it('[S11] is a total order: antisymmetric, transitive, and 0 only for equals', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        const [x, y, z] = [build(a), build(b), build(c)]
        expect(Math.sign(compare(x, y))).toBe(0 - Math.sign(compare(y, x)) + 0)
        expect(compare(x, y) === 0).toBe(equals(x, y))
        expect(compare(x, build(a))).toBe(0)
        // In boxes, since arrays sort `undefined` last without asking.
        const sorted = [[x], [y], [z]].sort(([left], [right]) => compare(left, right)).map(([value]) => value)
        expect(compare(sorted[0], sorted[1])).toBeLessThanOrEqual(0)
        expect(compare(sorted[1], sorted[2])).toBeLessThanOrEqual(0)
        expect(compare(sorted[0], sorted[2])).toBeLessThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })

  it('[S11] does not depend on the order of record keys', () => {
    fc.assert(
      fc.property(arbitraryModel(), arbitraryModel(), arbitraryOrder, (a, b, order) => {
        expect(compare(build(a), build(shuffled(a, order)))).toBe(0)
        expect(Math.sign(compare(build(a), build(b)))).toBe(
          Math.sign(compare(build(shuffled(a, order)), build(b, true))),
        )
      }),
    )
  })

  it('[S11] orders kinds, then values', () => {
    class A extends symbolic('equality/OrderA', { x: field.any(), y: field.int().default(0) }) {}
    class B extends symbolic('equality/OrderB', { x: field.any() }) {}
    const ordered = [
      undefined,
      null,
      false,
      true,
      NaN,
      -Infinity,
      -1,
      0,
      1,
      Infinity,
      -(2n ** 80n),
      5n,
      '',
      'B',
      'a',
      'aa',
      [],
      [1],
      [1, 0],
      [2],
      ['a'],
      {},
      { a: 1 },
      { a: 1, b: 0 },
      { a: 2 },
      { b: 0 },
      new A({ x: 0, y: 5 }),
      new A({ x: 1 }),
      new A({ x: 1, y: 1 }),
      new B({ x: 0 }),
      Symbol('s'),
    ]
    for (let i = 0; i < ordered.length; i++) {
      for (let j = 0; j < ordered.length; j++) {
        expect(Math.sign(compare(ordered[i], ordered[j]))).toBe(Math.sign(i - j))
      }
    }
    expect(compare(() => 1, new Map())).toBe(0)
  })
})

describe('two copies of the package in one process', () => {
  it('[S11] lists and records of the other copy are equal, printed, owned and copied like our own', async () => {
    const { vi } = await import('vitest')
    vi.resetModules()
    const other = await import('./index.ts')
    expect(other.List).not.toBe(List)
    const theirs = other.record({ a: [1, { b: NaN }], r: other.ref(other.list([1])) })
    expect(equals(theirs.a, list([1, { b: NaN }]))).toBe(true)
    expect(equals(theirs.a, list([1, { b: 0 }]))).toBe(false)
    expect(other.equals(record({ x: theirs.a }), other.record({ x: [1, { b: NaN }] }))).toBe(true)
    expect(hash(theirs.a)).toBe(hash([1, { b: NaN }]))
    expect(compare(theirs.a, [1, { b: NaN }])).toBe(0)
    const ours = record({ theirs })
    expect(ours.theirs).toBe(theirs)
    expect(parentOf(theirs)).toBe(ours)
    expect(format(ours)).toBe('{ theirs: { a: [1, { b: NaN }], r: ref(<a list of 1>) } }')
    expect(clone(ours).theirs).not.toBe(theirs)
    expect(other.query(ours, /b$/).size).toBe(1)
    // Reading through one of our nodes resolves their reference too.
    expect(record({ r: other.ref(theirs) }).r).toBe(theirs)
    other.rebindAt(ours, [['theirs.a[0]', 2]])
    expect(theirs.a.at(0)).toBe(2)
  })
})

/** The model with one leaf changed, the `at`-th of them if there are so many. */
function withChange(model: Exclude<Model, { kind: never }>, at: number): Model {
  if (!isContainer(model)) return Object.is(model, 1) ? 2 : 1
  const parts = partsOf(model)
  const open = parts.filter(([key]) => model.kind !== 'Typed' && !(model.kind === 'Hole' && key !== 'candidates'))
  const [key, part] = open[at % Math.max(1, open.length)] ?? []
  if (key === undefined || (model.kind === 'Hole' && !isContainer(part))) {
    return { kind: 'list', items: [model] }
  }
  const changed = withChange(part, Math.floor(at / open.length))
  if (model.kind === 'list') return { kind: 'list', items: model.items.map((item, i) => (i === key ? changed : item)) }
  if (model.kind === 'record')
    return { kind: 'record', entries: new Map(parts.map(([k, v]) => [String(k), k === key ? changed : v])) }
  if (model.kind === 'Hole' && (changed as { kind?: string }).kind !== 'list') return { kind: 'list', items: [model] }
  return {
    kind: model.kind,
    fields: new Map(fieldsOf[model.kind].map((k) => [k, k === key ? changed : model.fields.get(k)])),
  }
}

it('[S11] keys are compared as text: any key will do', () => {
  fc.assert(
    fc.property(arbitraryKey, arbitraryKey, (a, b) => {
      expect(equals({ [a]: 1 }, { [b]: 1 })).toBe(a === b)
      expect(hash({ [a]: 1 }) === hash({ [b]: 1 })).toBe(a === b)
      expect(compare({ [a]: 1 }, { [b]: 1 }) === 0).toBe(a === b)
    }),
  )
})
