import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitrarySpace, build, enumerateModel, isNodeModel, type Model } from '../../test/arbitrary-space.ts'
import { equals } from '../symbolic/equals.ts'
import { field } from '../symbolic/fields/index.ts'
import { format } from '../symbolic/format.ts'
import { symbolic } from '../symbolic/symbolic.ts'
import { getSymbolic, isAbstract } from '../symbolic/tree.ts'
import { manyOf, oneOf } from './choice.ts'
import type { Hyper } from './hyper.ts'
import { floatIn, intIn } from './range.ts'
import { Space } from './space.ts'

const named =
  (...names: string[]) =>
  ({ name }: Hyper): boolean =>
    name !== undefined && names.includes(name)

/** Whether something named stands in a candidate that a nameless choice may take more than once. */
function repeats(model: Model, often = false): boolean {
  if (!isNodeModel(model)) return false
  const isHyper = 'named' in model
  if (isHyper && model.named && often) return true
  const again = often || (model.kind === 'many' && !model.named && model.k > 1 && !model.distinct)
  return (Object.values(model).flat(2) as Model[]).some((part) => repeats(part, again))
}

describe('`where`', () => {
  const program = {
    a: oneOf([1, oneOf([10, 20], { name: 'in' })], { name: 'out' }),
    b: oneOf([3, 4], { name: 'b' }),
  }

  it('[G4] leaves what it does not select in place, as it was', () => {
    const space = Space.of(program, { where: named('out') })
    expect(space.dna.points.map((point) => point.id)).toEqual(['a'])
    const programs = [...space]
    expect(programs.map((made) => format(made))).toEqual([
      "{ a: 1, b: OneOf({ candidates: [3, 4], name: 'b' }) }",
      "{ a: OneOf({ candidates: [10, 20], name: 'in' }), b: OneOf({ candidates: [3, 4], name: 'b' }) }",
    ])
    expect(programs.every(isAbstract)).toBe(true)
    expect(getSymbolic(programs[0] as object, 'b') === getSymbolic(programs[1] as object, 'b')).toBe(false)
  })

  it('[G4] looks into the candidates of what it does not select', () => {
    const space = Space.of(program, { where: named('in') })
    expect(space.dna.points.map((point) => point.id)).toEqual(['a.candidates[1]'])
    expect([...space].map((made) => format(made))).toEqual([
      "{ a: OneOf({ candidates: [1, 10], name: 'out' }), b: OneOf({ candidates: [3, 4], name: 'b' }) }",
      "{ a: OneOf({ candidates: [1, 20], name: 'out' }), b: OneOf({ candidates: [3, 4], name: 'b' }) }",
    ])
  })

  it('[G4] sees kind, name and hints', () => {
    const seen: Hyper[] = []
    const mixed = [oneOf([1], { hints: 'h' }), manyOf(1, [1]), floatIn(0, 1, { name: 'f' }), intIn(0, 1)]
    Space.of(mixed, { where: (hyper) => seen.push(hyper) > 0 })
    expect(seen).toEqual([
      { kind: 'choice', name: undefined, hints: 'h' },
      { kind: 'choice', name: undefined, hints: undefined },
      { kind: 'float', name: 'f', hints: undefined },
      { kind: 'int', name: undefined, hints: undefined },
    ])
  })

  it('[G4] that selects nothing makes a constant space, whose program is the space to search next', () => {
    const space = Space.of(program, { where: () => false })
    expect(space.dna.size).toBe(1n)
    const same = space.materialize(space.dna.first())
    expect(format(same)).toBe(format(program))
    expect(Space.of(same).dna.size).toBe(6n)
  })

  it('[G4] encodes programs in which the rest is still to be decided, and no others', () => {
    const space = Space.of(program, { where: named('out') })
    for (const dna of space.dna) expect(space.encode(space.materialize(dna)).equals(dna)).toBe(true)
    expect(() => space.encode({ a: 1, b: 3 } as never)).toThrow('b: expected an OneOf, got 3;')
  })

  it('[G4] searching one half after the other reaches the whole space', () => {
    const whole = new Set(Array.from(Space.of(program), (made) => format(made)))
    for (const [first, second] of [
      [['out', 'in'], ['b']],
      [['b'], ['out', 'in']],
      [['out'], ['in', 'b']],
      [['in'], ['out', 'b']],
    ] as const) {
      const reached = new Set<string>()
      for (const outer of Space.of(program, { where: named(...first) })) {
        for (const inner of Space.of(outer, { where: named(...second) })) {
          expect(isAbstract(inner)).toBe(false)
          reached.add(format(inner))
        }
      }
      expect(reached).toEqual(whole)
    }
  })

  it('[G4] searching any space half by half reaches the whole space', () => {
    fc.assert(
      fc.property(arbitrarySpace(), (model) => {
        const points = enumerateModel(model, 60)
        fc.pre(points !== undefined && !repeats(model))
        const template = build(model)
        const reached: unknown[] = []
        for (const outer of Space.of(template, { where: ({ name }) => name !== undefined })) {
          reached.push(...Space.of<unknown>(outer))
        }
        const whole = points.map((point) => point.program())
        expect(reached.every((made) => whole.some((one) => equals(made, one)))).toBe(true)
        expect(whole.every((one) => reached.some((made) => equals(made, one)))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('[G4] that decides within a candidate before it is chosen twice decides for both', () => {
    const program = manyOf(2, [oneOf([1, 2], { name: 'inner' })], { distinct: false })
    expect(Space.of(program).dna.size).toBe(4n)
    const reached = Array.from(Space.of(program, { where: named('inner') }), (outer) => [...Space.of(outer)]).flat()
    expect(reached.map((made) => format(made))).toEqual(['[1, 1]', '[2, 2]'])
  })

  it('[G1] what is left undecided in a typed field stays there, and can be decided later', () => {
    class Layer extends symbolic('test/WhereLayer', { width: field.int().min(1), act: field.enum(['relu', 'tanh']) }) {}
    const layer = new Layer({ width: intIn(1, 2, { name: 'width' }), act: oneOf(['relu', 'tanh'], { name: 'act' }) })
    const widths = [...Space.of(layer, { where: named('width') })]
    expect(widths.map((made) => made.width)).toEqual([1, 2])
    expect(widths.flatMap((made) => [...Space.of(made)].map((inner) => format(inner)))).toEqual([
      "WhereLayer({ width: 1, act: 'relu' })",
      "WhereLayer({ width: 1, act: 'tanh' })",
      "WhereLayer({ width: 2, act: 'relu' })",
      "WhereLayer({ width: 2, act: 'tanh' })",
    ])
  })
})
