import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryModel, buildNode, Hole, nodesOf, read } from '../../test/arbitrary-program.ts'
import { clone } from './clone.ts'
import { compare } from './compare.ts'
import { equals } from './equals.ts'
import { AbstractValueError } from './errors.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { fromJSON } from './from-json.ts'
import { hash } from './hash.ts'
import { list } from './list.ts'
import { query } from './query.ts'
import { Delete, rebindAt } from './rebind.ts'
import { record } from './record.ts'
import { symbolic } from './symbolic.ts'
import { toJSON } from './to-json.ts'
import { getSymbolic, isAbstract, parentOf } from './tree.ts'

class Conv extends symbolic('abstract/Conv', { filters: field.int().min(1), act: field.string().default('relu') }) {
  readonly kind = 'conv'
  get cost(): number {
    return this.filters * 2
  }
}

/** Stands for one of some values and has their type, as hyper values do. */
const hole = <T>(...candidates: T[]): T => new Hole({ candidates }) as unknown as T

describe('reading', () => {
  const conv = new Conv({ filters: hole(16, 32) })
  const program = record({ layers: [conv, hole(1, 2)], rate: hole(0.1) })

  it('[S9] the accessor of a field that is undecided throws, with the path and the way out', () => {
    expect(() => conv.filters).toThrow(AbstractValueError)
    expect(() => conv.filters).toThrow(
      'layers[0].filters: expected a decided value, got a Hole; materialize the program first ' +
        '(Space.of(program).materialize(dna)), or read the placeholder itself with getSymbolic(node, key).',
    )
    expect(() => conv.cost).toThrow(expect.objectContaining({ path: 'layers[0].filters', code: 'abstract' }) as Error)
    expect(conv.act).toBe('relu')
    expect(conv.kind).toBe('conv')
  })

  it('[S9] so does a list, by whatever method, and a record', () => {
    for (const read of [
      () => program.layers.at(1),
      () => program.layers.at(-1),
      () => [...program.layers],
      () => program.layers.map((item) => item),
      () => program.layers.includes(conv),
      () => program.layers.toArray(),
      () => program.layers.pop(),
      () => program.layers.splice(1, 1),
      () => program.layers.sort(),
    ]) {
      expect(read).toThrow(expect.objectContaining({ path: 'layers[1]', code: 'abstract' }) as Error)
    }
    expect(() => program.rate).toThrow(expect.objectContaining({ path: 'rate' }) as Error)
    expect(() => ({ ...program })).toThrow(AbstractValueError)
    expect(program.layers.at(0)).toBe(conv)
    expect(program.layers.length).toBe(2)
    expect(Object.keys(program)).toEqual(['layers', 'rate'])
  })

  it('[S9] getSymbolic reads it raw, and so do walks', () => {
    expect(getSymbolic(conv, 'filters')).toBeInstanceOf(Hole)
    expect(getSymbolic(program.layers, 1)).toBeInstanceOf(Hole)
    expect(getSymbolic(program, 'rate')).toBeInstanceOf(Hole)
    expect([...query(program, Hole).keys()]).toEqual(['layers[0].filters', 'layers[1]', 'rate'])
    expect(format(program)).toBe(
      "{ layers: [Conv({ filters: Hole({ candidates: [16, 32] }), act: 'relu' }), Hole({ candidates: [1, 2] })], rate: Hole({ candidates: [0.1] }) }",
    )
  })

  it('[S9] an abstract program is copied, compared, hashed, ordered and written like any other', () => {
    const copy = clone(program)
    expect(equals(copy, program)).toBe(true)
    expect(hash(copy)).toBe(hash(program))
    expect(compare(copy, program)).toBe(0)
    expect(isAbstract(copy)).toBe(true)
    expect(() => copy.rate).toThrow(AbstractValueError)
    const back = fromJSON<typeof program>(JSON.parse(JSON.stringify(toJSON(program))))
    expect(equals(back, program)).toBe(true)
    expect(isAbstract(back)).toBe(true)
  })
})

describe('state', () => {
  it('[S9] a node is abstract exactly if something below it is undecided', () => {
    const hasHole = (node: object): boolean => query(node, Hole).size > 0
    fc.assert(
      fc.property(arbitraryModel({ holes: true }), fc.boolean(), (model, plain) => {
        for (const { node } of nodesOf(buildNode(model, plain))) expect(isAbstract(node)).toBe(hasHole(node))
      }),
    )
    expect([isAbstract(1), isAbstract([hole(1)]), isAbstract(hole(1))]).toEqual([false, false, true])
  })

  it('[S9] follows rebinds, up to the root', () => {
    const program = record<{ a: { b: unknown }[]; c: unknown }>({ a: [{ b: 1 }], c: 2 })
    rebindAt(program, [['a[0].b', hole(1, 2)]])
    expect([isAbstract(program), isAbstract(program.a), isAbstract(program.a.at(0))]).toEqual([true, true, true])
    rebindAt(program, [
      ['c', hole(3)],
      ['a[0].b', 5],
    ])
    expect([isAbstract(program), isAbstract(program.a)]).toEqual([true, false])
    rebindAt(program, [['c', Delete]])
    expect(isAbstract(program)).toBe(false)
    expect(program.a.at(0)?.b).toBe(5)
  })

  it('[S9] an undecided item can be replaced, removed and moved without being read', () => {
    const xs = list<unknown>([hole(1), 2, hole(3), 4])
    const first = getSymbolic(xs, 0)
    xs.reverse()
    expect(getSymbolic(xs, 3)).toBe(first)
    xs.set(1, 'set')
    rebindAt(xs, [['[3]', Delete]])
    expect(parentOf(first as object)).toBeUndefined()
    expect(xs.toArray()).toEqual([4, 'set', 2])
    xs.push(hole(5))
    xs.clear()
    expect([xs.length, isAbstract(xs)]).toEqual([0, false])
  })

  it('[S9] a placeholder is a node like any other: it has one parent, and its candidates are its own', () => {
    const shared = hole(record({ a: 1 })) as unknown as Hole
    const program = record({ x: shared, y: shared })
    const [x, y] = [getSymbolic(program, 'x') as Hole, getSymbolic(program, 'y') as Hole]
    expect(x).toBe(shared)
    expect(y).not.toBe(shared)
    expect(equals(x, y)).toBe(true)
    expect(x.candidates.at(0)).not.toBe(y.candidates.at(0))
    // Itself it can be read: what is undecided is the place where it stands.
    expect((x.candidates.at(0) as { a: number }).a).toBe(1)
    expect(read(program)).toMatchObject({ kind: 'record' })
  })
})
