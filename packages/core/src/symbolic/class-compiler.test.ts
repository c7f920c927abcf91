/**
 * The two ways to make a class, generated code and loops, against each other. Every other suite of this folder runs on
 * both as well: once as it is, once where code may not be made from text.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryKey, arbitraryLeaf, arbitraryModel, build, Hole } from '../../test/arbitrary-program.ts'
import { chooseCompiler } from './class-compiler.ts'
import { clone } from './clone.ts'
import { equals } from './equals.ts'
import { MittenError } from './errors.ts'
import type { SymbolicClass } from './field.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { fromJSON } from './from-json.ts'
import { ref } from './ref.ts'
import { extend, symbolic } from './symbolic.ts'
import { toJSON } from './to-json.ts'
import { getSymbolic, isAbstract, pathOf } from './tree.ts'

const codeIsAllowed = (() => {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- asks whether it is allowed
    return (new Function('return true') as () => boolean)()
  } catch {
    return false
  }
})()

/** The same family of classes by one of the compilers, under names of their own; `log` tells of the hooks. */
function family(kind: 'code' | 'loops'): { readonly types: readonly SymbolicClass[]; readonly log: string[] } {
  chooseCompiler(kind === 'code' ? 'allowed' : 'loops')
  const log: string[] = []
  class Base extends symbolic(`${kind}/Base`, {
    n: field.int().min(-2).max(5),
    x: field.number().default(-0),
    s: field.string().default("it's `${1}`"),
    e: field.enum(['a', 1, null]).default('a'),
    flag: field.boolean().optional(),
    'odd "key"': field.any().optional(),
    valueOf: field.any().optional(),
  }) {
    readonly #secret = new Map<string, number>()
    initialised = this.#secret.size
    override onBound(): void {
      log.push(`bound ${format(this.n)}`)
    }
  }
  class Sub extends extend(`${kind}/Sub`, Base, {
    n: field.int().max(4),
    list: field.list(field.union([field.int(), field.list(field.string())])).default([1, ['a']]),
    record: field.record(field.any()).nullable().default(null),
    child: field.lazy<Base>((): unknown => Base).optional(),
    fixed: field.any().freeze([1]),
    fn: field.func().optional(),
  }) {}
  class Empty extends symbolic(`${kind}/Empty`, {}) {}
  chooseCompiler('allowed')
  return { types: [Base, Sub, Empty], log }
}

/** What came of an attempt, in words that do not depend on the compiler. */
function outcome(kind: string, attempt: () => unknown): string {
  try {
    return `made ${String(attempt())}`.replaceAll(`${kind}/`, '')
  } catch (error) {
    expect(error).toBeInstanceOf(MittenError)
    const { name, message, path } = error as MittenError
    return `${name} at ${path}: ${message}`.replaceAll(`${kind}/`, '')
  }
}

const arbitraryInit: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .dictionary(
        fc.oneof(
          {
            weight: 20,
            arbitrary: fc.constantFrom(
              'n',
              'x',
              's',
              'e',
              'flag',
              'odd "key"',
              'valueOf',
              'list',
              'record',
              'child',
              'fixed',
              'fn',
            ),
          },
          arbitraryKey,
        ),
        fc.oneof(
          fc.constantFrom<unknown>(
            0,
            3,
            4,
            5,
            -3,
            0.5,
            NaN,
            'a',
            'b',
            '',
            null,
            undefined,
            true,
            [],
            [1],
            [1, ['x', 'y']],
            [[1]],
            { a: [1] },
            Math.abs,
            ref({ a: 1 }),
          ),
          arbitraryLeaf,
          arbitraryModel({ holes: true, depth: 2 }).map((model) => build(model, true)),
        ),
        { maxKeys: 6 },
      )
      .map((init): object => ({ n: 1, ...init })),
  },
  fc.constantFrom<unknown>(undefined, null, 5, 'x', {}, [], () => 1, { n: 2 }),
)

/** The text of the function that fills new instances: it tells who wrote it. */
const initialiser = (type: SymbolicClass): string =>
  String((type as unknown as { '~schema': { initialise: unknown } })['~schema'].initialise)

it('[S1] each class has code of its own where that may be made from text, and loops over its fields elsewhere', () => {
  const text = initialiser(symbolic('compiler/Chosen', { size: field.int() }))
  expect(text).toContain(codeIsAllowed ? 'self["~size"]' : 'schema.fields.forEach')
})

describe('generated code and loops', () => {
  const [code, loops] = [family('code'), family('loops')]

  it('[S1] make the same of the same arguments, or refuse them with the same words', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 }), arbitraryInit, (at, init) => {
        const results = [code, loops].map(({ types, log }, i) => {
          const kind = i === 0 ? 'code' : 'loops'
          const type = types[at] as SymbolicClass
          log.length = 0
          let made: object | undefined
          const first = outcome(kind, () => {
            made = Reflect.construct(type, [init]) as object
            return format(made)
          })
          if (made === undefined) return [first, ...log]
          const copy = clone(made)
          expect(equals(copy, made)).toBe(true)
          expect(Object.getPrototypeOf(copy)).toBe(type.prototype)
          const json = outcome(kind, () => JSON.stringify(toJSON(made)))
          const back = outcome(kind, () => format(fromJSON(toJSON(made))))
          const state = [isAbstract(made), (copy as { initialised?: number }).initialised]
          return [first, json, back, ...state, Object.keys(made).join(), ...log]
        })
        expect(results[0]).toEqual(results[1])
      }),
      { numRuns: 500 },
    )
  })

  it('[S9] give the same to whoever reads: the value, the target of a reference, an error for what is undecided', () => {
    const target = { a: 1 }
    for (const { types } of [code, loops]) {
      const [, Sub] = types as [SymbolicClass, SymbolicClass]
      const made = Reflect.construct(Sub, [
        { n: new Hole({ candidates: [1, 2] }), 'odd "key"': ref(target), list: [3, new Hole({ candidates: [4] })] },
      ]) as Readonly<Record<string, unknown>>
      expect(made['odd "key"']).toBe(target)
      expect(made['x']).toBe(-0)
      expect(() => made['n']).toThrow('n: expected a decided value, got a Hole')
      expect(() => Reflect.set(made, 'x', 1)).toThrow('x: expected no assignment')
      expect(pathOf(getSymbolic(getSymbolic(made, 'list') as object, 1) as object).toString()).toBe('list[1]')
    }
  })

  it('[S11] compare by every field', () => {
    for (const { types } of [code, loops]) {
      const [Base] = types as [SymbolicClass]
      const make = (init: object): unknown => Reflect.construct(Base, [{ n: 1, ...init }])
      for (const change of [
        { n: 2 },
        { x: 1 },
        { s: '' },
        { e: 1 },
        { flag: false },
        { 'odd "key"': 0 },
        { valueOf: 0 },
      ]) {
        expect(equals(make(change), make({}))).toBe(false)
        expect(equals(make(change), make(change))).toBe(true)
      }
    }
  })
})
