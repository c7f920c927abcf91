import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arbitrarySpace,
  build,
  Cell,
  enumerateModel,
  isNodeModel,
  type Model,
  OPAQUE,
  Stage,
} from '../../test/arbitrary-space.ts'
import { randomStream } from '../math/index.ts'
import { equals } from '../symbolic/equals.ts'
import { AbstractValueError, TypeMismatchError } from '../symbolic/errors.ts'
import { field } from '../symbolic/fields/index.ts'
import { format } from '../symbolic/format.ts'
import { List } from '../symbolic/list.ts'
import { isNode, TRAITS } from '../symbolic/node.ts'
import { rebind, rebindAt } from '../symbolic/rebind.ts'
import { ref } from '../symbolic/ref.ts'
import { symbolic } from '../symbolic/symbolic.ts'
import { getSymbolic, isAbstract, parentOf, pathOf, rootOf } from '../symbolic/tree.ts'
import { manyOf, oneOf } from './choice.ts'
import { EncodeError, InvalidDnaError } from './errors.ts'
import { floatIn, intIn } from './range.ts'
import { Space } from './space.ts'

/** Every node of a value, by a walk of its own. */
function nodesOf(value: unknown): object[] {
  if (!isNode(value)) return []
  return [value, ...value[TRAITS].values(value).flatMap(nodesOf)]
}

/** Nodes that two values have in common. */
function shared(left: unknown, right: unknown): object[] {
  const nodes = new Set(nodesOf(left))
  return nodesOf(right).filter((node) => nodes.has(node))
}

describe('Space', () => {
  it('[G4] every random DNA is valid, materializes, and encodes to a DNA of an equal program', () => {
    fc.assert(
      fc.property(arbitrarySpace({ continuous: true }), fc.integer(), (model, seed) => {
        const space = Space.of(build(model))
        const stream = randomStream(seed)
        for (let i = 0; i < 3; i++) {
          const dna = space.dna.random(stream)
          expect(() => space.dna.dna(dna.genes)).not.toThrow()
          const program = space.materialize(dna)
          expect(isAbstract(program)).toBe(false)
          const encoded = space.encode(program)
          expect(equals(space.materialize(encoded), program)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('[G4] programs are those that an oracle builds by hand, in its order; encode is materialize backwards', () => {
    fc.assert(
      fc.property(arbitrarySpace(), (model) => {
        const points = enumerateModel(model, 300)
        fc.pre(points !== undefined)
        const space = Space.of(build(model))
        const programs = points.map((point) => point.program())
        expect([...space].every((program, i) => equals(program, programs[i]))).toBe(true)
        points.forEach(({ genes }, i) => {
          const encoded = space.encode(programs[i])
          expect(equals(space.materialize(encoded), programs[i])).toBe(true)
          // Where no other point makes an equal program, there is one answer.
          if (programs.filter((other) => equals(other, programs[i])).length === 1) expect(encoded.genes).toEqual(genes)
        })
      }),
      { numRuns: 200 },
    )
  })

  it('[G4] of equal programs the first DNA in order is not promised, but the first candidate that fits is taken', () => {
    const space = Space.of({ x: oneOf([1, 1, 2]), y: manyOf(2, ['a', 'a', 'b']) })
    expect(String(space.encode({ x: 1, y: ['a', 'a'] } as never))).toBe('[0, [0, 1]]')
    expect(String(space.encode({ x: 2, y: ['b', 'a'] } as never))).toBe('[2, [2, 0]]')
  })

  it('[G4] programs share no node with the template, with candidates or with each other', () => {
    fc.assert(
      fc.property(arbitrarySpace({ continuous: true }), fc.integer(), (model, seed) => {
        const template = build(model)
        const before = format(template)
        const space = Space.of(template)
        const dna = space.dna.random(randomStream(seed))
        const one = space.materialize(dna)
        const two = space.materialize(dna)
        expect(equals(one, two)).toBe(true)
        expect(shared(one, two)).toEqual([])
        expect(shared(template, one)).toEqual([])
        for (const node of nodesOf(one)) {
          expect(rootOf(node)).toBe(one)
          if (node !== one) expect(getSymbolic(parentOf(node) as object, pathOf(node).key as never)).toBe(node)
        }
        expect(format(template)).toBe(before)
      }),
      { numRuns: 200 },
    )
  })

  it('[G4] changing a program changes neither the template nor another program, also within candidates', () => {
    const inner = new Stage({ width: 1, rate: oneOf([0.25, 0.75]), tags: ['x'] })
    const template = { list: [oneOf([inner, new Stage({ width: 2 })])], fixed: [1, { deep: [2] }] }
    const space = Space.of(template)
    const first = space.materialize(space.dna.parse('(0, 1)'))
    const second = space.materialize(space.dna.parse('(0, 1)'))
    rebindAt(first, [
      ['list[0].width', 9],
      ['list[0].tags[0]', 'changed'],
      ['fixed[1].deep[0]', 9],
    ])
    expect(format(first)).toBe(
      "{ list: [Stage({ width: 9, rate: 0.75, tags: ['changed'] })], fixed: [1, { deep: [9] }] }",
    )
    const unchanged = "{ list: [Stage({ width: 1, rate: 0.75, tags: ['x'] })], fixed: [1, { deep: [2] }] }"
    expect(format(second)).toBe(unchanged)
    expect(format(space.materialize(space.dna.parse('(0, 1)')))).toBe(unchanged)
    expect(format(inner)).toBe("Stage({ width: 1, rate: OneOf({ candidates: [0.25, 0.75] }), tags: ['x'] })")
  })

  it('[G4] changing the template later changes nothing in the space', () => {
    const stage = new Stage({ width: intIn(1, 3) })
    const space = Space.of({ stage })
    rebind(stage, { width: 50 })
    expect([...space].map((program) => program.stage.width)).toEqual([1, 2, 3])
  })

  it('[S2] a program given as plain data takes no possession of the nodes in it', () => {
    const stage = new Stage({ width: intIn(1, 3) })
    const space = Space.of({ stage })
    expect(parentOf(stage)).toBeUndefined()
    const concrete = new Stage({ width: 2 })
    expect(String(space.encode({ stage: concrete }))).toBe('2')
    expect(parentOf(concrete)).toBeUndefined()
  })

  it('[G4] values that are no nodes are shared: opaque objects, functions, references', () => {
    const target = new Stage({ width: 1 })
    const reference = ref(target)
    const space = Space.of({ a: oneOf<unknown>([OPAQUE, Math.sqrt]), r: reference })
    const program = space.materialize(space.dna.parse('0'))
    expect(program.a).toBe(OPAQUE)
    expect(program.r).toBe(target)
    expect(space.materialize(space.dna.parse('1')).a).toBe(Math.sqrt)
    expect(String(space.encode(program))).toBe('0')
  })

  it('[S5] onBound runs once for each new concrete node, leaves first, and never when a program is encoded', () => {
    const bound: string[] = []
    class Leaf extends symbolic('test/BoundLeaf', { n: field.int() }) {
      override onBound(): void {
        bound.push(`leaf ${this.n}`)
      }
    }
    class Tree extends symbolic('test/BoundTree', { left: Leaf, right: Leaf, n: field.int() }) {
      override onBound(): void {
        bound.push(`tree ${this.n}`)
        if (this.n === 7) throw new Error('seven')
      }
    }
    const left = new Leaf({ n: oneOf([1, 2]) })
    const space = Space.of(new Tree({ left, right: new Leaf({ n: 3 }), n: oneOf([4, 7]) }))
    bound.length = 0
    const program = space.materialize(space.dna.parse('[1, 0]'))
    expect(bound).toEqual(['leaf 2', 'leaf 3', 'tree 4'])
    bound.length = 0
    expect(String(space.encode(program))).toBe('[1, 0]')
    expect(bound).toEqual([])
    expect(() => space.materialize(space.dna.parse('[1, 1]'))).toThrow('seven')
  })

  it('[S9] a field that is a hyper value cannot be read before it is decided', () => {
    const stage = new Stage({ width: oneOf([1, 2]) })
    expect(() => stage.width).toThrow(AbstractValueError)
    expect(isAbstract(getSymbolic(stage, 'width'))).toBe(true)
  })

  it('[G4] what is materialized goes on checking its items', () => {
    const chosen = Space.of(new Stage({ width: 1, tags: oneOf([['x'], ['y', 1]]) }))
    const several = Space.of(new Stage({ width: 1, tags: manyOf(2, ['x', 'y']) }))
    for (const space of [chosen, several]) {
      const { tags } = space.materialize(space.dna.first())
      expect(tags).toBeInstanceOf(List)
      expect(() => tags.push(2.5)).toThrow(TypeMismatchError)
      tags.push('z')
      expect(tags.at(-1)).toBe('z')
    }
    class Grid extends symbolic('test/Grid', { rows: field.list(field.list(field.int())) }) {}
    const rows = Space.of(new Grid({ rows: [oneOf([[1], [2]]), manyOf(2, [1, 2, 3])] }))
    const grid = rows.materialize(rows.dna.first())
    expect(format(grid)).toBe('Grid({ rows: [[1], [1, 2]] })')
    for (const row of grid.rows) expect(() => row.push('x' as never)).toThrow(TypeMismatchError)
    const outer = Space.of(new Grid({ rows: oneOf([[[1], [2]], [[3]]]) }))
    expect(() =>
      outer
        .materialize(outer.dna.first())
        .rows.at(0)
        ?.push('x' as never),
    ).toThrow(TypeMismatchError)
  })

  it('a program without hyper values makes a space of one point', () => {
    for (const value of [5, 'x', null, undefined, [], {}, new Cell({})]) {
      const space = Space.of<unknown>(value)
      expect(space.dna.size).toBe(1n)
      expect(space.dna.isConstant).toBe(true)
      expect([...space.dna].map(String)).toEqual(['[]'])
      expect(equals(space.materialize(space.dna.parse('[]')), value)).toBe(true)
      expect(space.encode(value).genes).toEqual([])
    }
  })

  it('a hyper value alone is a space, whose programs are what it turns into', () => {
    expect([...Space.of(oneOf(['a', 'b']))]).toEqual(['a', 'b'])
    expect([...Space.of(manyOf(2, [1, 2]))].map((program) => program.toArray())).toEqual([
      [1, 2],
      [2, 1],
    ])
    expect(Space.of(floatIn(0, 1)).encode(0.5).genes).toEqual([0.5])
  })

  it('the same hyper value in two places is two decisions', () => {
    const width = intIn(1, 2)
    const space = Space.of([width, width])
    expect(space.dna.points.map((point) => point.id)).toEqual(['[0]', '[1]'])
    expect(space.dna.size).toBe(4n)
  })

  describe('materialize', () => {
    it('[G4] takes a DNA of another space that fits, and refuses one that does not', () => {
      const space = Space.of({ a: oneOf([1, 2, 3]), b: floatIn(0, 1) })
      const equal = Space.of({ a: oneOf([1, 2, 3]), b: floatIn(0, 1) })
      const other = Space.of([oneOf([1, 2, 3, 4]), floatIn(0, 1)])
      expect(format(space.materialize(equal.dna.parse('[2, 0.5]')))).toBe('{ a: 3, b: 0.5 }')
      expect(format(space.materialize(other.dna.parse('[2, 0.5]')))).toBe('{ a: 3, b: 0.5 }')
      expect(() => space.materialize(other.dna.parse('[3, 0.5]'))).toThrow(InvalidDnaError)
      expect(() => space.materialize(Space.of(oneOf([1, 2])).dna.first())).toThrow(InvalidDnaError)
    })
  })

  describe('encode', () => {
    const space = Space.of({
      stage: new Stage({ width: oneOf([1, intIn(10, 20, { step: 5 })]), rate: floatIn(0, 1) }),
      many: manyOf(2, ['a', 'b', 'c'], { sorted: true }),
      fixed: ['x', { y: 1 }],
    })
    const program = (changes: object): never =>
      ({ stage: new Stage({ width: 1, rate: 0.5 }), many: ['a', 'c'], fixed: ['x', { y: 1 }], ...changes }) as never

    it('[G4] reads plain data and nodes alike', () => {
      expect(String(space.encode(program({})))).toBe('[0, 0.5, [0, 2]]')
      expect(String(space.encode(program({ stage: new Stage({ width: 15, rate: 1 }) })))).toBe('[(1, 15), 1, [0, 2]]')
    })

    const misfits: [string, object, string, string][] = [
      [
        'a candidate that is none',
        { stage: new Stage({ width: 2, rate: 0.5 }) },
        'stage.width',
        "stage.width: expected a value of OneOf({ candidates: [1, IntIn({ min: 10, max: 20, scale: 'linear', step: 5 })] }), got 2; take one that its space can make.",
      ],
      [
        'a number between the steps',
        { stage: new Stage({ width: 11, rate: 0.5 }) },
        'stage.width',
        "stage.width: expected a value of OneOf({ candidates: [1, IntIn({ min: 10, max: 20, scale: 'linear', step: 5 })] }), got 11; take one that its space can make.",
      ],
      [
        'a number out of range',
        { stage: new Stage({ width: 1, rate: 2 }) },
        'stage.rate',
        "stage.rate: expected a value of FloatIn({ min: 0, max: 1, scale: 'linear' }), got 2; take one that its space can make.",
      ],
      [
        'another class',
        { stage: new Cell({}) },
        'stage',
        'stage: expected a Stage, got a Cell; encode programs that were made from this space, or compare the two with format().',
      ],
      [
        'choices out of order',
        { many: ['c', 'a'] },
        'many',
        "many: expected a value of ManyOf({ k: 2, candidates: ['a', 'b', 'c'], distinct: true, sorted: true }), got a list of 2; take one that its space can make.",
      ],
      [
        'too few choices',
        { many: ['a'] },
        'many',
        "many: expected a value of ManyOf({ k: 2, candidates: ['a', 'b', 'c'], distinct: true, sorted: true }), got a list of 1; take one that its space can make.",
      ],
      [
        'the same choice twice',
        { many: ['a', 'a'] },
        'many',
        "many: expected a value of ManyOf({ k: 2, candidates: ['a', 'b', 'c'], distinct: true, sorted: true }), got a list of 2; take one that its space can make.",
      ],
      [
        'something else around the decisions',
        { fixed: ['x', { y: 2 }] },
        'fixed[1].y',
        'fixed[1].y: expected 1, got 2; encode programs that were made from this space, or compare the two with format().',
      ],
      [
        'another key',
        { more: 1 },
        '',
        'expected a record with the keys stage, many, fixed, got a record of 4; encode programs that were made from this space, or compare the two with format().',
      ],
    ]
    it.each(misfits)('[G4] refuses %s, with its place', (_, changes, path, message) => {
      let error: unknown
      try {
        space.encode(program(changes))
      } catch (thrown) {
        error = thrown
      }
      expect(error).toBeInstanceOf(EncodeError)
      expect(error).toMatchObject({ code: 'encode', path, message })
    })

    it('[G4] refuses a program that is no tree of the kind at all', () => {
      expect(() => space.encode(5 as never)).toThrow(EncodeError)
      expect(() => Space.of(5).encode(6)).toThrow('expected 5, got 6;')
    })
  })
})

it('the arbitrary of spaces reaches every kind of model', () => {
  const kinds = new Set<string>()
  const note = (model: Model): void => {
    if (!isNodeModel(model)) return
    kinds.add(model.kind)
    const parts = Object.values(model).flat(2) as Model[]
    for (const part of parts) note(part)
  }
  for (const model of fc.sample(arbitrarySpace({ continuous: true }), { numRuns: 300, seed: 1 })) note(model)
  expect([...kinds].sort()).toEqual(['cell', 'float', 'int', 'list', 'many', 'one', 'record', 'stage'])
})
