import { describe, expect, it } from 'vitest'
import { equals } from '../symbolic/equals.ts'
import { DeclarationError, TypeMismatchError } from '../symbolic/errors.ts'
import { field } from '../symbolic/fields/index.ts'
import { List, list } from '../symbolic/list.ts'
import { rebindAt } from '../symbolic/rebind.ts'
import { symbolic } from '../symbolic/symbolic.ts'
import { manyOf, oneOf, permutationOf } from './choice.ts'
import type { ChoicePoint } from './decision-point.ts'
import { EncodeError } from './errors.ts'
import { floatIn, intIn } from './range.ts'
import { Space } from './space.ts'

function nest(value: unknown, levels: number, wrap: (inner: unknown) => unknown): unknown {
  let nested = value
  for (let i = 0; i < levels; i++) nested = wrap(nested)
  return nested
}

const inList = (inner: unknown): unknown => [inner]
const inChoice = (inner: unknown): unknown => oneOf([inner])

class Shallow extends symbolic('test/TemplateShallow', { n: field.int() }) {}

/** The innermost value of lists within lists. */
function innermost(program: unknown): unknown {
  let at = program
  while (at instanceof List) at = at.at(0)
  return at
}

describe('depth', () => {
  it('[S14] a hyper value below 10,000 lists is decided like any other', () => {
    const space = Space.of(nest([oneOf(['x', 'y']), { a: intIn(1, 3) }], 10_000, inList))
    expect(space.dna.size).toBe(6n)
    const program = space.materialize(space.dna.parse('[1, 2]'))
    expect(innermost(program)).toBe('y')
    expect(equals(program, nest(['y', { a: 2 }], 10_000, inList))).toBe(true)
    expect(String(space.encode(program))).toBe('[1, 2]')
    expect(() => space.encode(nest(['z', { a: 2 }], 10_000, inList))).toThrow(EncodeError)
    expect(() => space.encode(nest(['y', { a: 2 }], 10_001, inList))).toThrow(EncodeError)
  })

  it('[S14] candidates may be 10,000 lists deep', () => {
    const space = Space.of(oneOf([nest(9, 10_000, inList), nest(intIn(1, 2), 10_000, inList)]))
    for (const dna of space.dna) expect(String(space.encode(space.materialize(dna)))).toBe(String(dna))
    expect(space.dna.size).toBe(3n)
  })

  it('[S14] hyper values nest as deep as the limit, with lists between them', () => {
    const space = Space.of(nest(oneOf([1, 2]), 199, inChoice))
    expect(space.dna.size).toBe(2n)
    const last = space.dna.dna([...Array.from({ length: 199 }, () => 0), 1])
    expect(space.materialize(last)).toBe(2)
    expect(space.dna.parse(String(last)).equals(last)).toBe(true)
    expect(space.encode(2).equals(last)).toBe(true)
    expect(space.dna.fromRecord(last.toRecord()).equals(last)).toBe(true)

    const wide = Space.of(nest(oneOf([1, 2]), 40, (inner) => oneOf([nest([inner, 0], 100, inList)])))
    const program = wide.materialize(wide.dna.dna([...Array.from({ length: 40 }, () => 0), 1]))
    expect(innermost(program)).toBe(2)
    expect(wide.encode(program).genes.at(-1)).toBe(1)
  })

  it('[S14] hyper values nested deeper are refused in kind, not by the end of the stack', () => {
    for (const levels of [200, 10_000]) {
      const deep = nest(oneOf([1, 2]), levels, inChoice)
      expect(() => Space.of(deep)).toThrow(DeclarationError)
      expect(() => Space.of(deep)).toThrow('expected hyper values nested at most 200 deep in candidates, got ')
    }
    class Typed extends symbolic('test/DeepTyped', { n: field.int() }) {}
    expect(() => new Typed({ n: nest(1, 10_000, inChoice) as number })).toThrow(DeclarationError)
    expect(() => new Typed({ n: nest(1, 150, inChoice) as number })).not.toThrow()
    const many = nest(1, 10_000, (inner) => manyOf(1, [inner]))
    expect(() => Space.of(many)).toThrow(DeclarationError)
  })

  it('[G1] a hyper value deep down is checked against its field once more', () => {
    const typed = new Shallow({ n: oneOf([1, 2]) })
    const deep = list([typed])
    const program = nest(deep, 300, inList)
    expect(Space.of(program).dna.size).toBe(2n)
    rebindAt(typed, [['n.candidates[1]', 'x']])
    expect(() => Space.of(program)).toThrow(TypeMismatchError)
    expect(() => Space.of(program)).toThrow("[0].n.candidates[1]: expected an integer, got 'x'.")
  })

  it('[G4] a list that is chosen deep down goes on checking its items', () => {
    class Deep extends symbolic('test/DeepList', {
      lists: field.lazy<unknown>((): unknown => field.list(field.union([field.int(), deepList]))),
    }) {}
    const deepList = field.lazy<unknown>((): unknown => field.list(field.union([field.int(), deepList])))
    const space = Space.of(new Deep({ lists: nest(oneOf([[1], [2]]), 300, inList) }))
    let at = space.materialize(space.dna.first()).lists as List<unknown>
    while (at.at(0) instanceof List) at = at.at(0) as List<unknown>
    expect(at.toArray()).toEqual([1])
    expect(() => at.push('x')).toThrow(TypeMismatchError)
  })
})

describe('several choices', () => {
  it('[G2] share the candidates that have nothing to decide, so that their cost is no product', () => {
    const { points } = Space.of(permutationOf(Array.from({ length: 2000 }, (_, i) => `candidate ${i}`))).dna
    expect(points).toHaveLength(2000)
    const [first, second] = points as readonly ChoicePoint[]
    expect(second?.candidates).toBe(first?.candidates)
    expect(second?.literals).toBe(first?.literals)
  })

  it('[G2] have decision points of their own for what their candidates decide', () => {
    const { points } = Space.of({ x: manyOf(2, [0, intIn(1, 2), [oneOf([3, 4])]]) }).dna
    expect(points.map((point) => point.id)).toEqual([
      'x[0]',
      'x[0][=1/3]',
      'x[0][=2/3][0]',
      'x[1]',
      'x[1][=1/3]',
      'x[1][=2/3][0]',
    ])
    const first = points[0] as ChoicePoint
    expect(first.subchoice).toEqual({ index: 0, parentId: 'x', distinct: true, sorted: false })
    expect((points[3] as ChoicePoint).subchoice).toEqual({ ...first.subchoice, index: 1 })
    expect((points[2] as ChoicePoint).subchoice).toBeUndefined()
  })

  it('[G2] of which there is one are a choice whose value is a list', () => {
    const space = Space.of({ x: manyOf(1, ['a', 'b']) })
    expect(space.dna.points.map((point) => point.id)).toEqual(['x'])
    expect(space.materialize(space.dna.parse('1')).x.toArray()).toEqual(['b'])
    expect(String(space.encode({ x: ['a'] } as never))).toBe('0')
    expect(() => space.encode({ x: 'a' } as never)).toThrow(EncodeError)
  })

  it('[G2] can be a hundred thousand', () => {
    const space = Space.of(manyOf(100_000, [0, 1], { distinct: false, sorted: true }))
    const dna = space.dna.first()
    expect(space.materialize(dna).length).toBe(100_000)
    expect(space.encode(space.materialize(dna)).equals(dna)).toBe(true)
    expect(space.dna.parse(String(dna)).equals(dna)).toBe(true)
  })
})

describe('decision points', () => {
  it('[G2] carry what algorithms and tables need', () => {
    const { points } = Space.of({
      act: oneOf(['relu', 'tanh'], { name: 'activation', hints: { group: 1 }, weights: [1, 3] }),
      rate: floatIn(1e-4, 1, { scale: 'log' }),
      width: intIn(8, 64, { step: 8 }),
      depth: intIn(1, 3),
    }).dna
    expect(points).toMatchObject([
      {
        kind: 'choice',
        id: 'act',
        name: 'activation',
        literals: ["'relu'", "'tanh'"],
        weights: [1, 3],
        subchoice: undefined,
      },
      { kind: 'float', id: 'rate', name: undefined, min: 1e-4, max: 1, step: undefined, scale: 'log' },
      { kind: 'int', id: 'width', min: 8, max: 64, step: 8, scale: 'linear' },
      { kind: 'int', id: 'depth', min: 1, max: 3, step: 1 },
    ])
    expect(String(points[0]?.hints)).toBe('{ group: 1 }')
  })

  it('[G2] print candidates at most 120 characters long, and hyper values in outlines as `?`', () => {
    const [point] = Space.of(oneOf<unknown>(['x'.repeat(200), [floatIn(0, 1, { name: 'f' }), 1], null])).dna
      .points as readonly [ChoicePoint]
    expect(point.literals).toEqual([
      `'${'x'.repeat(118)}…`,
      "[FloatIn({ min: 0, max: 1, scale: 'linear', name: 'f' }), 1]",
      'null',
    ])
    expect(point.outlines).toEqual([point.literals[0], '[?, 1]', 'null'])
  })
})
