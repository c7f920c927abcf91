import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { arbitraryKey, arbitraryLeaf } from '../../test/arbitrary-program.ts'
import { CycleError, TypeMismatchError, UnknownKeyError } from './errors.ts'
import { field } from './fields/index.ts'
import { type List, list } from './list.ts'
import { Path } from './path.ts'
import { Delete, rebindAt } from './rebind.ts'
import { record, type RecordOf } from './record.ts'
import { symbolic } from './symbolic.ts'
import { getSymbolic } from './tree.ts'

const arbitraryEntries = fc
  .array(fc.tuple(arbitraryKey, arbitraryLeaf), { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries))

describe('a record', () => {
  it('[S16] shows its entries and nothing else, whatever they are called', () => {
    fc.assert(
      fc.property(arbitraryEntries, (entries) => {
        const made = record(entries) as Record<string, unknown>
        expect(Object.keys(made)).toEqual(Object.keys(entries))
        expect({ ...made }).toEqual(entries)
        expect(Object.entries(made)).toEqual(Object.entries(entries))
        const { ...rest } = made
        expect(rest).toEqual(entries)
        for (const key of Object.keys(entries)) {
          expect(made[key]).toBe(entries[key])
          expect(key in made && Object.hasOwn(made, key)).toBe(true)
        }
        const inherited = []
        for (const key in made) inherited.push(key)
        expect(inherited).toEqual(Object.keys(entries))
        const json = (value: unknown): string =>
          JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))
        // A key `toJSON` that holds no function means nothing to JSON.stringify.
        expect(json(made)).toBe(json(entries))
      }),
    )
  })

  it('[S16] has no methods: a name that objects inherit reads as undefined unless it is a key', () => {
    const made = record({ a: 1 }) as Record<string, unknown>
    for (const name of [
      'toString',
      'constructor',
      'valueOf',
      'hasOwnProperty',
      'rebind',
      'clone',
      'toJSON',
      '__proto__',
      'then',
    ]) {
      expect(made[name]).toBeUndefined()
      expect(name in made).toBe(false)
    }
    expect(Object.getOwnPropertySymbols(made)).toEqual([])
    expect(`${made as unknown as string}`).toBe('{ a: 1 }')
    expect(Object.prototype.toString.call(made)).toBe('[object Record]')
  })

  it('[S16] any key can be set, changed and removed by a rebind', () => {
    fc.assert(
      fc.property(arbitraryEntries, arbitraryKey, arbitraryLeaf, (entries, key, value) => {
        const made = record({ in: entries })
        rebindAt(made, [[new Path(['in', key]), value]])
        expect({ ...made.in }).toEqual({ ...entries, [key]: value })
        expect(getSymbolic(made.in, key)).toBe(value)
        rebindAt(made, [[new Path(['in', key]), Delete]])
        const rest = { ...entries }
        delete rest[key]
        expect({ ...made.in }).toEqual(rest)
        expect(Object.keys(made.in)).toEqual(Object.keys(rest))
      }),
    )
  })

  it('[S16] is made of plain objects only', () => {
    for (const wrong of [[1], new Map(), new Date(), () => 1, list([1]), record({ a: 1 })]) {
      expect(() => record(wrong)).toThrow(TypeMismatchError)
    }
    expect(() => record([1])).toThrow(
      'expected a plain object, got an array of 1; spread what has properties, as in record({ ...value }).',
    )
    expect(() => record(JSON.parse('{"__proto__": 1}') as object)).toThrow(UnknownKeyError)
    const circle: Record<string, unknown> = {}
    circle['self'] = [circle]
    expect(() => record(circle)).toThrow(CycleError)
    expect(() => record(circle)).toThrow('self[0]: expected a tree')
  })

  it('[S1] is typed as what it is made of, with lists for arrays and records for objects', () => {
    const made = record({ a: 1, xs: [1, 2], o: { p: 'x', qs: [{ r: true }] } })
    expectTypeOf(made).toEqualTypeOf<
      RecordOf<{ a: number; xs: List<number>; o: RecordOf<{ p: string; qs: List<RecordOf<{ r: boolean }>> }> }>
    >()
    expect(made.o.qs.at(0)?.r).toBe(true)
    expectTypeOf(list([[1]])).toEqualTypeOf<List<List<number>>>()
    class Node extends symbolic('record/Node', { x: field.int() }) {}
    expectTypeOf(record({ node: new Node({ x: 1 }) }).node).toEqualTypeOf<Node>()
  })
})
