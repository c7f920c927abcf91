/** Ten thousand levels: everything that walks a tree goes on with a stack of its own where recursion would end. */
import { beforeAll, describe, expect, it } from 'vitest'
import { Hole } from '../../test/arbitrary-program.ts'
import { clone } from './clone.ts'
import { compare } from './compare.ts'
import { equals } from './equals.ts'
import { CycleError, TypeMismatchError } from './errors.ts'
import type { AnyField } from './field.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { fromJSON } from './from-json.ts'
import { hash } from './hash.ts'
import { type List, list } from './list.ts'
import { Path } from './path.ts'
import { query } from './query.ts'
import { rebindAt, transform } from './rebind.ts'
import { record } from './record.ts'
import { symbolic } from './symbolic.ts'
import { toJSON } from './to-json.ts'
import type { FieldUpdate } from './transaction.ts'
import { getSymbolic, isAbstract, pathOf, rootOf } from './tree.ts'

const DEPTH = 10_000

class Chain extends symbolic('deep/Chain', {
  value: field.int().default(0),
  next: field.lazy<Chain>((): unknown => Chain).optional(),
}) {
  declare length: number
  override onBound(): void {
    this.length = 1 + (this.next?.length ?? 0)
  }
}

/** Plain data of a kind, nested `DEPTH` deep around `core`. */
const kinds: readonly {
  readonly name: string
  readonly key: string | number
  readonly wrap: (inner: unknown) => unknown
}[] = [
  { name: 'lists', key: 0, wrap: (inner) => [inner] },
  { name: 'records', key: 'a', wrap: (inner) => ({ a: inner }) },
]

function nested(wrap: (inner: unknown) => unknown, core: unknown): unknown {
  let value = core
  for (let i = 0; i < DEPTH; i++) value = wrap(value)
  return value
}

describe.each(kinds)('10,000 nested $name', ({ key, wrap }) => {
  const build = (core: unknown): object =>
    key === 0 ? list(nested(wrap, core) as unknown[]) : record(nested(wrap, core) as object)
  let program: object
  /** The node at the bottom, and the path of what it holds. */
  let bottom: object
  const path = new Path(new Array<string | number>(DEPTH).fill(key))
  beforeAll(() => {
    program = build(1)
    bottom = program
    for (let i = 1; i < DEPTH; i++) bottom = getSymbolic(bottom, key) as object
  })

  it('[S14] are built of plain data, and know their place', () => {
    expect(getSymbolic(bottom, key)).toBe(1)
    expect(pathOf(bottom).keys.length).toBe(DEPTH - 1)
    expect(rootOf(bottom) === program).toBe(true)
    expect(isAbstract(build(new Hole({ candidates: [1] })))).toBe(true)
  })

  it('[S14] are copied, compared, ordered and hashed', () => {
    for (const copy of [clone(program), clone(program, { deep: true }), build(1)]) {
      // Not `toBe`, which would walk both by recursion to say how they differ.
      expect(copy === program).toBe(false)
      expect(equals(copy, program)).toBe(true)
      expect(compare(copy, program)).toBe(0)
      expect(hash(copy)).toBe(hash(program))
    }
    expect(equals(build(2), program)).toBe(false)
    expect(compare(build(2), program)).toBeGreaterThan(0)
    expect(hash(build(2))).not.toBe(hash(program))
    expect(equals(nested(wrap, 1), program)).toBe(true)
    expect(hash(nested(wrap, 1))).toBe(hash(program))
  })

  it('[S14] are printed and found', () => {
    expect(format(program).length).toBe((key === 0 ? 2 : '{ a:  }'.length) * DEPTH + 1)
    expect(format(nested(wrap, 1))).toBe(format(program))
    expect(query(program, (value) => value === 1).size).toBe(1)
    expect(query(program, (_, { keys }) => keys.length % 1000 === 0, { enterSelected: true }).size).toBe(11)
  })

  it('[S14] are written as JSON and read again', () => {
    expect(equals(fromJSON(toJSON(program)), program)).toBe(true)
    expect(equals(fromJSON(toJSON(nested(wrap, 1))), program)).toBe(true)
  })

  it('[S4] are changed at the bottom, in place or from the top, and put elsewhere', () => {
    const copy = clone(program)
    rebindAt(copy, [[path, 5]])
    expect(equals(copy, build(5))).toBe(true)
    transform(copy, (value) => (value === 5 ? 6 : value))
    expect(equals(copy, build(6))).toBe(true)
    expect(() => rebindAt(copy, [[new Path([...path.keys, 'x']), 1]])).toThrow(
      'expected a node that can be entered, got 6',
    )
    const holder = record<{ x: unknown }>({ x: null })
    rebindAt(holder, [['x', copy]])
    rebindAt(holder, [['x', nested(wrap, copy)]])
    expect(query(holder, (value) => value === 6).size).toBe(1)
  })

  it('[S12] with a circle at the bottom are refused', () => {
    const core: unknown[] = []
    core.push(core)
    const circle = nested(wrap, core)
    for (const act of [() => build(core), () => equals(circle, program), () => hash(circle), () => toJSON(circle)]) {
      expect(act).toThrow(CycleError)
    }
    expect(format(circle)).toContain('<circular>')
  })
})

it('[S6] 10,000 nested lists are checked by a field that contains itself', () => {
  const spec: AnyField = field.list(field.lazy<List<never>>((): unknown => spec))
  class Holder extends symbolic('deep/Holder', { lists: spec }) {}
  const holder = new Holder({ lists: nested((inner) => [inner], []) })
  let bottom: List<unknown> = getSymbolic(holder, 'lists') as List<unknown>
  while (bottom.length > 0) bottom = bottom.at(0) as List<unknown>
  expect(() => bottom.push(1)).toThrow(TypeMismatchError)
  bottom.push([])
  expect(() => new Holder({ lists: nested((inner) => [inner], [1]) })).toThrow(TypeMismatchError)
})

describe('10,000 nested class instances', () => {
  const chain = (value: number): Chain => {
    let top = new Chain({ value })
    for (let i = 1; i < DEPTH; i++) top = new Chain({ next: top })
    return top
  }
  const path = new Path([...new Array<string>(DEPTH - 1).fill('next'), 'value'])

  it('[S14] are built, copied, compared, hashed, printed, found, written and read', () => {
    const program = chain(1)
    expect(program.length).toBe(DEPTH)
    for (const copy of [
      clone(program),
      clone(program, { deep: true }),
      fromJSON<Chain>(toJSON(program), { types: [Chain] }),
    ]) {
      expect(copy.length).toBe(DEPTH)
      expect(equals(copy, program)).toBe(true)
      expect(compare(copy, program)).toBe(0)
      expect(hash(copy)).toBe(hash(program))
    }
    expect(equals(chain(2), program)).toBe(false)
    expect(format(program, { hideDefaults: true })).toMatch(/^Chain\(\{ next: Chain\(\{ next: .* \}\) \}\)$/)
    expect(query(program, Chain).size).toBe(1)
  })

  it('[S4] are changed at the bottom; every one of them is told', () => {
    const program = chain(1)
    rebindAt(program, [[path, 5]])
    expect([...query(program, (value) => value === 5).keys()]).toEqual([path.toString()])
    rebindAt(program, [[path.parent.child('next'), new Chain()]])
    expect(program.length).toBe(DEPTH + 1)
  })

  it('[S4] are taken back when the last one to be told refuses', () => {
    class Limit extends symbolic('deep/Limit', { chain: Chain }) {
      override onBound(): void {
        if (this.chain.length > DEPTH) throw new RangeError('too long')
      }
    }
    const limit = new Limit({ chain: chain(1) })
    const place = new Path(['chain', ...path.parent.keys, 'next'])
    expect(() => rebindAt(limit, [[place, new Chain()]])).toThrow(new RangeError('too long'))
    expect(limit.chain.length).toBe(DEPTH)
    expect(equals(limit.chain, chain(1))).toBe(true)
  })
})

it('[S5] a change below 2,000 listeners gives each its own path, in reasonable time', () => {
  const seen: number[] = []
  class Listener extends symbolic('deep/Listener', { x: field.int().default(0), next: field.any().optional() }) {
    override onChange([update]: readonly FieldUpdate[]): void {
      seen.push((update as FieldUpdate).path.keys.length)
    }
  }
  let top = new Listener()
  for (let i = 1; i < 2000; i++) top = new Listener({ next: top })
  rebindAt(top, [[new Path([...new Array<string>(1999).fill('next'), 'x']), 1]])
  expect(seen).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1))
})
