import { describe, expect, it } from 'vitest'
import { equals } from './equals.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { hash } from './hash.ts'
import { List, list } from './list.ts'
import { query } from './query.ts'
import { rebind, rebindAt } from './rebind.ts'
import { record } from './record.ts'
import { ref } from './ref.ts'
import { symbolic } from './symbolic.ts'
import { toJSON } from './to-json.ts'
import { getSymbolic, parentOf, pathOf, rootOf } from './tree.ts'

class Leaf extends symbolic('ownership/Leaf', { v: field.int() }) {}
class Two extends symbolic('ownership/Two', { a: Leaf, b: Leaf, rest: field.list(field.any()).default([]) }) {}

describe('one parent', () => {
  it('[S2] a fresh node is inserted itself, one that has a parent as a copy', () => {
    const leaf = new Leaf({ v: 1 })
    const two = new Two({ a: leaf, b: leaf })
    expect(two.a).toBe(leaf)
    expect(two.b).not.toBe(leaf)
    expect(equals(two.b, leaf)).toBe(true)
    expect([parentOf(two.a), parentOf(two.b)]).toEqual([two, two])
    expect(new Two({ a: two.b, b: new Leaf({ v: 2 }) }).a).not.toBe(two.b)
    expect(parentOf(two.b)).toBe(two)
  })

  it('[S2] so it is wherever the node comes in', () => {
    const insert: ((leaf: Leaf) => unknown)[] = [
      (leaf) => new Two({ a: leaf, b: new Leaf({ v: 0 }) }).a,
      (leaf) => new Two({ a: new Leaf({ v: 0 }), b: new Leaf({ v: 0 }), rest: [leaf] }).rest.at(0),
      (leaf) => list([leaf]).at(0),
      (leaf) => new List([leaf]).at(0),
      (leaf) => record({ leaf }).leaf,
      (leaf) => record({ deep: [{ leaf }] }).deep.at(0)?.leaf,
      (leaf) => rebind(new Two({ a: new Leaf({ v: 0 }), b: new Leaf({ v: 0 }) }), { a: leaf }).a,
      (leaf) => (rebindAt(record({ x: 1 }), [['x', [leaf]]]).x as unknown as List<Leaf>).at(0),
      (leaf) => {
        const xs = new List<Leaf>()
        xs.push(leaf)
        return xs.at(0)
      },
      (leaf) => {
        const xs = list<unknown>([1])
        xs.set(0, leaf)
        return xs.at(0)
      },
    ]
    for (const put of insert) {
      const fresh = new Leaf({ v: 7 })
      expect(put(fresh)).toBe(fresh)
      const copy = put(fresh) as Leaf
      expect(copy).not.toBe(fresh)
      expect(copy.v).toBe(7)
    }
  })

  it('[S2] a node that is removed is a root again, and free to go elsewhere', () => {
    const xs = list([new Leaf({ v: 1 }), new Leaf({ v: 2 })])
    const first = xs.at(0) as Leaf
    xs.splice(0, 1)
    expect([parentOf(first), pathOf(first).isRoot, rootOf(first)]).toEqual([undefined, true, first])
    xs.push(first)
    expect(xs.at(1)).toBe(first)
    const two = new Two({ a: new Leaf({ v: 1 }), b: new Leaf({ v: 2 }) })
    const { a } = two
    rebind(two, { a: new Leaf({ v: 3 }) })
    expect(parentOf(a)).toBeUndefined()
    xs.clear()
    expect(parentOf(first)).toBeUndefined()
  })

  it('[S2] moving a node within one rebind puts a copy in the new place', () => {
    const two = new Two({ a: new Leaf({ v: 1 }), b: new Leaf({ v: 2 }) })
    const { a, b } = two
    rebind(two, { a: b, b: a })
    expect(format(two)).toBe('Two({ a: Leaf({ v: 2 }), b: Leaf({ v: 1 }), rest: [] })')
    expect([two.a === b, two.b === a]).toEqual([false, false])
    expect([parentOf(a), parentOf(b)]).toEqual([undefined, undefined])
  })

  it('[S2] the same plain container in two places becomes two nodes', () => {
    const shared = { v: [1] }
    const program = record({ x: shared, y: [shared, shared] })
    expect(program.x).not.toBe(program.y.at(0))
    expect(program.y.at(0)).not.toBe(program.y.at(1))
    program.x.v.push(2)
    expect(format(program)).toBe('{ x: { v: [1, 2] }, y: [{ v: [1] }, { v: [1] }] }')
    expect(shared).toEqual({ v: [1] })
  })

  it('[S2] so it is beyond 500 levels, where conversion goes on with a stack', () => {
    const leaf = new Leaf({ v: 1 })
    const shared: unknown = [leaf]
    let deep: unknown = [shared, shared, leaf]
    for (let i = 0; i < 600; i++) deep = [deep]
    const program = list([deep])
    const found = [...query(program, Leaf).values()]
    expect(found.length).toBe(3)
    expect(new Set(found).size).toBe(3)
    expect(found.filter((node) => node === leaf).length).toBe(1)
    for (const node of found) expect(rootOf(node)).toBe(program)
  })
})

describe('what becomes a node', () => {
  it('[S2] plain arrays and plain objects do, at any depth; everything else is held as it is', () => {
    const opaque = [
      new Map(),
      new Set(),
      new Date(0),
      /x/,
      () => 1,
      Symbol('s'),
      new Uint8Array(1),
      Promise.resolve(),
      Object(1),
    ]
    const program = list([{ a: [Object.create(null) as object] }, ...opaque])
    expect(format(program.at(0))).toBe('{ a: [{}] }')
    opaque.forEach((value, i) => expect(program.at(i + 1)).toBe(value))
  })

  it('[S2] holes of sparse arrays are undefined, symbol keys are left out', () => {
    const sparse = new Array<number>(2)
    sparse[1] = 5
    expect(list(sparse).toArray()).toEqual([undefined, 5])
    expect(format(record({ a: 1, [Symbol('hidden')]: 2 }))).toBe('{ a: 1 }')
  })

  it('[S2] a Proxy of a plain object is a plain object', () => {
    expect(format(record({ x: new Proxy({ a: 1 }, {}) }))).toBe('{ x: { a: 1 } }')
  })
})

describe('ref', () => {
  it('[S2] holds without owning: reading gives the target, which keeps its parent', () => {
    const home = record({ target: { a: 1 } })
    const { target } = home
    class Holder extends symbolic('ownership/Holder', { held: field.any(), list: field.list(field.any()) }) {}
    const holder = new Holder({ held: ref(target), list: [ref(target), 1] })
    expect(holder.held).toBe(target)
    expect(holder.list.at(0)).toBe(target)
    expect([...holder.list]).toEqual([target, 1])
    expect(holder.list.indexOf(target)).toBe(0)
    expect(record({ held: ref(target) }).held).toBe(target)
    expect(parentOf(target)).toBe(home)
    expect(getSymbolic(holder, 'held')).not.toBe(target)
    rebindAt(home, [['target.a', 2]])
    expect((holder.held as { a: number }).a).toBe(2)
  })

  it('[S2] its target is not entered, printed, hashed or copied', () => {
    const target = record({ deep: [1] })
    const program = record({ held: ref(target) })
    expect([...query(program, () => true, { enterSelected: true }).keys()]).toEqual(['', 'held'])
    expect(format(program)).toBe('{ held: ref(<a record of 1>) }')
    expect(hash(program)).toBe(hash(record({ held: ref(record({ other: 1 })) })))
    expect(program.held).toBe(target)
    expect(JSON.stringify(toJSON(program))).toContain('mitten/ref')
  })

  it('[S2] primitives need none, and a reference to a reference is one', () => {
    expect([ref(1), ref(null), ref(undefined), ref('a')]).toEqual([1, null, undefined, 'a'])
    const held = ref({ a: 1 })
    expect(ref(held)).toBe(held)
    const act = (): number => 1
    expect(record({ act: ref(act) }).act).toBe(act)
    expect(format(record({ act: ref(act), map: ref(new Map()) }))).toBe(
      '{ act: ref(act), map: ref(<an instance of Map>) }',
    )
  })

  it('[S2] a reference to the tree itself, or to what is above, makes no circle', () => {
    const program = record<{ self: unknown; below: { up: unknown }[] }>({ self: null, below: [{ up: null }] })
    rebindAt(program, [
      ['self', ref(program)],
      ['below[0].up', ref(program)],
    ])
    expect(program.self).toBe(program)
    expect(parentOf(program)).toBeUndefined()
    expect(format(program, { indent: 2 })).toContain('self: ref(<a record of 2>)')
    expect(equals(program, program)).toBe(true)
    expect(hash(program)).toBe(hash(program))
  })

  it('[S2] is replaced and removed like any value, and sorted by its target', () => {
    const [one, two] = [record({ n: 1 }), record({ n: 2 })]
    const xs = list([ref(two), ref(one), ref(two)])
    xs.sort((a, b) => a.n - b.n)
    expect([...xs]).toEqual([one, two, two])
    expect(getSymbolic(xs, 0)).not.toBe(one)
    expect(xs.pop()).toBe(two)
    expect(xs.reverse().toArray()).toEqual([two, one])
    const program = record({ held: ref(one) as unknown, other: 1 })
    rebindAt(program, [['held', 5]])
    expect(program.held).toBe(5)
    expect(Object.getOwnPropertyDescriptor(program, 'held')).toMatchObject({ value: 5, enumerable: true })
    rebindAt(program, [['held', ref(one)]])
    expect(program.held).toBe(one)
    expect(Object.keys(program)).toEqual(['held', 'other'])
  })
})
