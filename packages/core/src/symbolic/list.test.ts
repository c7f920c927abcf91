import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryLeaf } from '../../test/arbitrary-program.ts'
import { TypeMismatchError, UnknownKeyError } from './errors.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { List, list } from './list.ts'
import { query } from './query.ts'
import { rebindAt, transform } from './rebind.ts'
import { record } from './record.ts'
import { ref } from './ref.ts'
import { symbolic } from './symbolic.ts'

const arbitraryItems = fc.array(arbitraryLeaf, { maxLength: 8 })
const index = fc.integer({ min: -10, max: 10 })

describe('reading', () => {
  it('[S2] every reading method gives what it gives on an array', () => {
    fc.assert(
      fc.property(arbitraryItems, index, index, (items, i, j) => {
        const xs = list(items)
        const isText = (item: unknown): boolean => typeof item === 'string'
        expect(xs.length).toBe(items.length)
        expect(xs.toArray()).toEqual(items)
        expect([...xs]).toEqual(items)
        expect(xs.at(i)).toEqual(items.at(i))
        expect(xs.slice(i, j)).toEqual(items.slice(i, j))
        expect(xs.map((item, at, all) => [item, at, all.length])).toEqual(
          items.map((item, at, all) => [item, at, all.length]),
        )
        expect(xs.filter(isText)).toEqual(items.filter(isText))
        expect(xs.find(isText)).toEqual(items.find(isText))
        expect(xs.findIndex(isText)).toBe(items.findIndex(isText))
        expect(xs.findLast(isText)).toEqual(items.findLast(isText))
        expect(xs.findLastIndex(isText)).toBe(items.findLastIndex(isText))
        expect(xs.some(isText)).toBe(items.some(isText))
        expect(xs.every(isText)).toBe(items.every(isText))
        for (const item of items) {
          expect(xs.includes(item)).toBe(items.includes(item))
          expect(xs.indexOf(item, i)).toBe(items.indexOf(item, i))
          expect(xs.lastIndexOf(item)).toBe(items.lastIndexOf(item))
        }
        expect(xs.join('|')).toBe(items.join('|'))
        expect(xs.concat([1], 2)).toEqual(items.concat([1], 2))
        expect(xs.flatMap((item) => [item, 1])).toEqual(items.flatMap((item) => [item, 1]))
        expect(xs.reduce<number>((sum, _, at) => sum + at, 0)).toBe(items.reduce<number>((sum, _, at) => sum + at, 0))
        expect(xs.reduceRight<unknown[]>((all, item) => [...all, item], [])).toEqual(items.toReversed())
        expect([...xs.entries()]).toEqual([...items.entries()])
        expect([...xs.keys()]).toEqual([...items.keys()])
        expect([...xs.values()]).toEqual([...items.values()])
        let seen = 0
        xs.forEach(() => seen++)
        expect(seen).toBe(items.length)
      }),
    )
  })

  it('[S2] the same holds where an item is a reference: methods see its target', () => {
    const target = { n: 1 }
    const xs = list([ref(target), { n: 2 }])
    expect(xs.map(({ n }) => n)).toEqual([1, 2])
    expect(xs.includes(target)).toBe(true)
    expect(xs.find(({ n }) => n === 1)).toBe(target)
    expect(xs.slice()).toEqual([target, xs.at(1)])
    expect([...xs.entries()][0]).toEqual([0, target])
  })

  it('[S2] an iteration goes over the items as they were when it began', () => {
    const xs = list([1, 2, 3])
    const seen: number[] = []
    for (const x of xs) {
      seen.push(x)
      xs.push(x * 10)
    }
    expect(seen).toEqual([1, 2, 3])
    xs.forEach((_, i, all) => {
      if (i === 0) xs.clear()
      expect(all.length).toBe(6)
    })
    expect(xs.length).toBe(0)
  })

  it('[S16] prints in a template, as JSON and by its tag', () => {
    const xs = list([1, ['a']])
    expect(String(xs)).toBe("[1, ['a']]")
    expect(JSON.stringify({ xs })).toBe('{"xs":[1,["a"]]}')
    expect(Object.prototype.toString.call(xs)).toBe('[object List]')
    expect(Object.keys(xs)).toEqual([])
    expect(new List().length).toBe(0)
  })
})

describe('writing', () => {
  it('[S4] does what it does on an array', () => {
    fc.assert(
      fc.property(arbitraryItems, arbitraryItems, fc.nat({ max: 8 }), index, (items, values, at, count) => {
        const start = Math.min(at, items.length)
        const xs = list(items)
        const copy = [...items]
        expect(xs.splice(start, count, ...values)).toEqual(copy.splice(start, count, ...values))
        expect(xs.toArray()).toEqual(copy)
        expect(xs.push(...values)).toBe(copy.push(...values))
        expect(xs.pop()).toEqual(copy.pop())
        expect(xs.reverse()).toBe(xs)
        expect(xs.toArray()).toEqual(copy.reverse())
        expect(xs.sort()).toBe(xs)
        expect(xs.toArray()).toEqual(copy.sort(undefined))
        const byType = (a: unknown, b: unknown): number => (typeof a < typeof b ? -1 : typeof a > typeof b ? 1 : 0)
        expect(xs.sort(byType).toArray()).toEqual(copy.sort(byType))
        const place = Math.min(at, copy.length)
        xs.insert(place, ...values)
        copy.splice(place, 0, ...values)
        expect(xs.toArray()).toEqual(copy)
      }),
    )
  })

  it('[S4] with references among the items, sorts as the targets do, each staying itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 3 }), fc.boolean()), { maxLength: 10 }), (draws) => {
        const targets = [0, 1, 2, 3].map((n) => ({ n }))
        const items = draws.map(([n, held]) => (held ? ref(targets[n] as { n: number }) : record({ n })))
        const xs = list(items)
        const read = [...xs]
        expect(xs.sort((a, b) => a.n - b.n).toArray()).toEqual(read.toSorted((a, b) => a.n - b.n))
        expect(xs.toArray().every((item) => read.includes(item))).toBe(true)
      }),
    )
  })

  it('[S6] an index outside is refused', () => {
    const xs = record({ xs: [1, 2] }).xs
    for (const wrong of [-1, 3, 0.5, NaN, Infinity]) {
      for (const act of [() => xs.set(wrong, 1), () => xs.insert(wrong, 1), () => xs.splice(wrong, 1)]) {
        expect(act).toThrow(UnknownKeyError)
        expect(act).toThrow(
          `xs[${wrong}]: expected an index from 0 to 2, got ${wrong}; count from the start; list.length appends.`,
        )
      }
    }
    expect(xs.toArray()).toEqual([1, 2])
    xs.set(2, 3)
    expect(xs.toArray()).toEqual([1, 2, 3])
    expect(list<number>([]).pop()).toBeUndefined()
  })

  it('[S6] an item that its field refuses is named by its place', () => {
    class Holder extends symbolic('list/Holder', { xs: field.list(field.int()) }) {}
    const { xs } = new Holder({ xs: [1] })
    expect(() => xs.push(2, 'x' as never)).toThrow(TypeMismatchError)
    expect(() => xs.push(2, 'x' as never)).toThrow("xs[2]: expected an integer, got 'x'.")
    expect(() => xs.insert(0, 'x' as never)).toThrow("xs[0]: expected an integer, got 'x'.")
    expect(() => xs.set(0, 'x' as never)).toThrow("xs[0]: expected an integer, got 'x'.")
    expect(xs.toArray()).toEqual([1])
  })

  it('[S2] takes plain data, by type too', () => {
    const xs = list([[1]])
    xs.push([2, 3])
    xs.set(0, new Set([9]) as Iterable<number> as never)
    expect(format(xs)).toBe('[<an instance of Set>, [2, 3]]')
  })
})

describe('size', () => {
  it('[S14] 200,000 items are no matter', () => {
    const n = 200_000
    const xs = list(Array.from({ length: n }, (_, i) => i))
    expect(query(xs, (value) => value === n - 1).size).toBe(1)
    transform(xs, (value) => (value === 5 ? 50 : value))
    expect(xs.at(5)).toBe(50)
    rebindAt(xs, [[`[${n - 1}]`, -1]])
    expect(xs.at(-1)).toBe(-1)
    xs.reverse().sort((a, b) => a - b)
    expect(xs.at(0)).toBe(-1)
    xs.sort()
    expect(format(xs).length).toBeGreaterThan(n)
    xs.clear()
    expect(xs.length).toBe(0)
  })

  it('[S14] sorting many equal items takes no longer than sorting others', () => {
    const held = ref({ n: 1 })
    const xs = list(Array.from({ length: 50_000 }, (_, i) => (i === 0 ? held : 0)) as unknown[])
    const start = performance.now()
    xs.sort((a, b) => (a === b ? 0 : typeof a === 'object' ? 1 : -1))
    expect(performance.now() - start).toBeLessThan(2000)
    expect(typeof xs.at(-1)).toBe('object')
  })
})
