import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { arbitraryModel, Box, buildNode, nodesOf, Pair, Typed, valuesOf } from '../../test/arbitrary-program.ts'
import { TypeMismatchError } from './errors.ts'
import { List, list } from './list.ts'
import { Path } from './path.ts'
import { query } from './query.ts'
import { record } from './record.ts'

/** What a naive walk finds; without `enter` not below what was found. */
function naive(
  root: object,
  picks: (value: unknown, keys: readonly (string | number)[]) => boolean,
  enter: boolean,
): [string, unknown][] {
  const found = valuesOf(root).filter(({ value, keys }) => picks(value, keys))
  const outermost = found.filter(
    ({ keys }) =>
      !found.some((other) => other.keys.length < keys.length && other.keys.every((key, i) => key === keys[i])),
  )
  return (enter ? found : outermost).map(({ value, keys }) => [new Path(keys).toString(), value])
}

describe('query', () => {
  it.each([true, false])(
    '[S1] finds exactly what a naive walk finds, in its order (enterSelected: %j)',
    (enterSelected) => {
      fc.assert(
        fc.property(arbitraryModel({ holes: true }), (model) => {
          const root = buildNode(model)
          const is = (type: new (...args: never) => unknown) => (value: unknown) => value instanceof type
          for (const [where, picks] of [
            [Pair, is(Pair)],
            [Typed, is(Typed)],
            [Box, is(Box)],
            [List, is(List)],
            [
              /(^|\.)left/,
              (_: unknown, keys: readonly (string | number)[]) => /(^|\.)left/.test(new Path(keys).toString()),
            ],
            [/0/g, (_: unknown, keys: readonly (string | number)[]) => new Path(keys).toString().includes('0')],
            [(value: unknown) => value === 1 || value === null, (value: unknown) => value === 1 || value === null],
            [
              (_: unknown, path: Path) => path.keys.length === 2,
              (_: unknown, keys: readonly unknown[]) => keys.length === 2,
            ],
            [() => true, () => true],
          ] as const) {
            const found = query(root, where as never, { enterSelected })
            const expected = naive(root, picks, enterSelected)
            expect([...found.keys()]).toEqual(expected.map(([path]) => path))
            expect([...found.values()].every((value, i) => Object.is(value, expected[i]?.[1]))).toBe(true)
          }
          expect(query(root, () => true, { enterSelected: true }).size).toBe(valuesOf(root).length)
          expect(
            query(root, (value) => typeof value === 'object' && value !== null, { enterSelected: true }).size,
          ).toBe(nodesOf(root).length)
        }),
      )
    },
  )

  it('[S1] a class types what is found; the root is a candidate too', () => {
    const pair = new Pair({ left: new Pair(), right: [new Box()] })
    const found = query(pair, Pair)
    expectTypeOf(found).toEqualTypeOf<Map<string, Pair>>()
    expect([...found.keys()]).toEqual([''])
    expect([...query(pair, Pair, { enterSelected: true }).keys()]).toEqual(['', 'left'])
    expect([...query(pair, Box).keys()]).toEqual(['right[0]'])
  })

  it('[S1] tells classes from predicates', () => {
    const held = new Map()
    const root = list([held, 1])
    expect([...query(root, Map).keys()]).toEqual(['[0]'])
    expect([...query(root, Object as unknown as MapConstructor).keys()]).toEqual([''])
    expect([...query(root, (value) => value === 1).keys()]).toEqual(['[1]'])
    expect([
      ...query(root, function one(value) {
        return value === 1
      }).keys(),
    ]).toEqual(['[1]'])
    const methods = { isOne: (value: unknown): boolean => value === 1 }
    expect([...query(root, methods.isOne).keys()]).toEqual(['[1]'])
  })

  it('[S1] only nodes can be queried', () => {
    expect(() => query([1], () => true)).toThrow(TypeMismatchError)
    expect(() => query({ a: 1 }, Pair)).toThrow('turn plain data into a node with record(...) or list(...) first.')
    expect(query(record({}), Pair).size).toBe(0)
  })
})
