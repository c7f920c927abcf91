import { describe, expect, it } from 'vitest'
import { OutOfRangeError, TypeMismatchError } from '../symbolic/errors.ts'
import { field } from '../symbolic/fields/index.ts'
import { format } from '../symbolic/format.ts'
import { fromJSON } from '../symbolic/from-json.ts'
import { list } from '../symbolic/list.ts'
import { record } from '../symbolic/record.ts'
import { rebindAt } from '../symbolic/rebind.ts'
import { symbolic } from '../symbolic/symbolic.ts'
import { toJSON } from '../symbolic/to-json.ts'
import { parentOf } from '../symbolic/tree.ts'
import { manyOf, oneOf, permutationOf } from './choice.ts'
import { thrown } from '../../test/thrown.ts'
import { HyperValueError } from './errors.ts'
import { intIn } from './range.ts'
import { Space } from './space.ts'

describe('what no choice can be', () => {
  const refused: [string, () => unknown, string, string][] = [
    [
      'oneOf of nothing',
      () => oneOf([]),
      'candidates',
      'candidates: expected an array of one or more candidates, got an empty array; list what may be chosen.',
    ],
    [
      'manyOf of nothing',
      () => manyOf(2, []),
      'candidates',
      'candidates: expected an array of one or more candidates, got an empty array; list what may be chosen.',
    ],
    [
      'a permutation of nothing',
      () => permutationOf([]),
      'candidates',
      'candidates: expected an array of one or more candidates, got an empty array; list what may be chosen.',
    ],
    [
      'candidates that are no array',
      () => oneOf('ab' as never),
      'candidates',
      "candidates: expected an array of one or more candidates, got 'ab'; list what may be chosen.",
    ],
    [
      'a hyper value for candidates',
      () => oneOf(oneOf([[1, 2]])),
      'candidates',
      'candidates: expected an array of one or more candidates, got an OneOf; list what may be chosen.',
    ],
    [
      'more distinct choices than candidates',
      () => manyOf(3, ['a', 'b']),
      'candidates',
      'candidates: expected at least 3 candidates for 3 distinct choices, got 2; add candidates, lower k, or pass { distinct: false }.',
    ],
    ['no choices', () => manyOf(0, [1]), 'k', 'k: expected an integer of at least 1, got 0; choose one or more.'],
    [
      'fewer than no choices',
      () => manyOf(-1, [1]),
      'k',
      'k: expected an integer of at least 1, got -1; choose one or more.',
    ],
    [
      'half a choice',
      () => manyOf(1.5, [1, 2]),
      'k',
      'k: expected an integer of at least 1, got 1.5; choose one or more.',
    ],
    [
      'NaN choices',
      () => manyOf(NaN, [1, 2]),
      'k',
      'k: expected an integer of at least 1, got NaN; choose one or more.',
    ],
    [
      'a number of choices still to be decided',
      () => manyOf(oneOf([1, 2]), [1, 2]),
      'k',
      'k: expected an integer of at least 1, got an OneOf; choose one or more.',
    ],
    ...(
      [
        ['too few weights', [1], '[1]'],
        ['too many weights', [1, 2, 3], '[1, 2, 3]'],
        ['a negative weight', [1, -1], '[1, -1]'],
        ['a weight that is NaN', [1, NaN], '[1, NaN]'],
        ['an infinite weight', [1, Infinity], '[1, Infinity]'],
        ['weights of an infinite sum', [1e308, 1e308], '[1e+308, 1e+308]'],
        ['weights that are all 0', [0, 0], '[0, 0]'],
        ['no array of weights', 5, '5'],
      ] as const
    ).map(([name, weights, got]): [string, () => unknown, string, string] => [
      name,
      () => oneOf(['a', 'b'], { weights: weights as never }),
      'weights',
      `weights: expected 2 numbers of at least 0, with a finite sum above 0, got ${got}; give one weight to each candidate.`,
    ]),
  ]
  it.each(refused)('[G1] %s', (_, call, path, message) => {
    const error = thrown(call)
    expect(error).toBeInstanceOf(HyperValueError)
    expect(error).toMatchObject({ code: 'hyper-value', path, message })
  })

  it('[G1] a name that is no text', () => {
    expect(thrown(() => oneOf([1], { name: 5 as never }))).toMatchObject({ code: 'type', path: 'name', got: 5 })
  })
})

describe('candidates', () => {
  it('[G1] may be of any kind, `undefined` too, and are found again', () => {
    const candidates = [undefined, null, NaN, 0, 'x', true, 5n, [1], { a: 1 }, Math.max, new Date(0)]
    const space = Space.of(oneOf<unknown>(candidates))
    candidates.forEach((candidate, i) => {
      const program = space.materialize(space.dna.dna([i]))
      expect(format(program)).toBe(format(candidate))
      expect(space.encode(candidate).genes).toEqual([i])
    })
  })

  it('[S2] are copied if they belong to somebody, and owned if not', () => {
    const free = list([1])
    const owner = record({ owned: list([2]) })
    const space = Space.of(oneOf([free, owner.owned]))
    // The list of candidates has taken it.
    expect(format(parentOf(free))).toBe('[[1], [2]]')
    expect(parentOf(owner.owned)).toBe(owner)
    expect([...space].map((program) => format(program))).toEqual(['[1]', '[2]'])
  })

  it('[G1] may come as a list of a program', () => {
    const candidates = list([1, 2]) as never
    expect([...Space.of(oneOf(candidates))]).toEqual([1, 2])
  })
})

class Typed extends symbolic('test/ChoiceTyped', {
  n: field.int().min(0).default(0),
  text: field.string().optional(),
  kind: field.enum(['a', 'b']).nullable().default(null),
  list: field.list(field.int()).minSize(2).maxSize(3).default([1, 2]),
  lists: field.list(field.list(field.int())).default([]),
  either: field.union([field.list(field.int()), field.list(field.string()), field.boolean()]).default(true),
  any: field.any().optional(),
  table: field.record(field.number()).default({}),
}) {}

describe('a choice in a field', () => {
  it.each<[string, object]>([
    ['numbers', { n: oneOf([0, 1, 2]) }],
    ['a value or nothing', { text: oneOf(['x', undefined]) }],
    ['a value or null', { kind: oneOf(['a', 'b', null]) }],
    ['several items', { list: manyOf(2, [1, 2, 3]) }],
    ['as many as the field allows', { list: permutationOf([1, 2, 3]) }],
    [
      'lists of the right size',
      {
        list: oneOf([
          [1, 2],
          [1, 2, 3],
        ]),
      },
    ],
    ['a list or several items', { list: oneOf([[7, 7], manyOf(2, [1, 2, 3])]) }],
    ['an item of a list', { list: [oneOf([1, 2]), 3] }],
    ['lists of lists', { lists: [oneOf([[1], []]), manyOf(2, [1, 2])] }],
    ['several lists', { lists: manyOf(2, [[1], [oneOf([2, 3])]]) }],
    ['one option of a union', { either: manyOf(2, ['a', 'b']) }],
    ['another option of a union', { either: manyOf(2, [1, 2]) }],
    ['options of a union in turn', { either: oneOf([[1], ['a'], true]) }],
    ['anything where anything goes', { any: oneOf([1, 'x', [2], oneOf([3, { a: 4 }])]) }],
    ['values of a record', { table: { x: oneOf([0.5, 1]), y: 2 } }],
    ['a record', { table: oneOf([{ x: 1 }, { y: 2 }]) }],
    ['nested choices', { n: oneOf([1, oneOf([2, oneOf([3, intIn(4, 9)])])]) }],
  ])('[G1] is taken with %s, and every program fits', (_, init) => {
    const space = Space.of(new Typed(init))
    for (const dna of space.dna) {
      const program = space.materialize(dna)
      // Building it anew runs every check.
      expect(format(fromJSON(toJSON(program), { as: Typed }))).toBe(format(program))
      expect(space.encode(program).equals(dna)).toBe(true)
    }
  })

  it.each<[string, object, string, string]>([
    [
      'a wrong candidate',
      { n: oneOf([1, 'x']) },
      'n.candidates[1]',
      "n.candidates[1]: expected an integer of at least 0, got 'x'.",
    ],
    [
      'a candidate out of range',
      { n: oneOf([1, -1]) },
      'n.candidates[1]',
      'n.candidates[1]: expected an integer of at least 0, got -1.',
    ],
    [
      'a wrong candidate of a candidate',
      { n: oneOf([1, oneOf([2, null])]) },
      'n.candidates[1].candidates[1]',
      'n.candidates[1].candidates[1]: expected an integer of at least 0, got null.',
    ],
    [
      'nothing among candidates',
      { n: oneOf([1, undefined]) },
      'n.candidates[1]',
      'n.candidates[1]: expected an integer of at least 0, got undefined.',
    ],
    ['several for one', { n: manyOf(2, [1, 2]) }, 'n', 'n: expected an integer of at least 0, got a ManyOf.'],
    [
      'one for several',
      { list: oneOf([1, 2]) },
      'list.candidates[0]',
      'list.candidates[0]: expected a list of 2 to 3 items that are each an integer, got 1.',
    ],
    [
      'too few',
      { list: manyOf(1, [1, 2]) },
      'list',
      'list: expected a list of 2 to 3 items that are each an integer, got a ManyOf.',
    ],
    [
      'too many',
      { list: permutationOf([1, 2, 3, 4]) },
      'list',
      'list: expected a list of 2 to 3 items that are each an integer, got a ManyOf.',
    ],
    [
      'wrong items',
      { list: manyOf(2, [1, 'x']) },
      'list.candidates[1]',
      "list.candidates[1]: expected an integer, got 'x'.",
    ],
    [
      'a wrong item of a list among candidates',
      {
        list: oneOf([
          [1, 2],
          [1, 'x'],
        ]),
      },
      'list.candidates[1][1]',
      "list.candidates[1][1]: expected an integer, got 'x'.",
    ],
    [
      'a short list among candidates',
      { list: oneOf([[1, 2], [1]]) },
      'list.candidates[1]',
      'list.candidates[1]: expected a list of 2 to 3 items that are each an integer, got a list of 1.',
    ],
    [
      'items of two options of a union',
      { either: manyOf(2, [1, 'x']) },
      'either.candidates[1]',
      "either.candidates[1]: expected an integer, got 'x'.",
    ],
    [
      'a wrong value of a record',
      { table: { x: oneOf([1, 'x']) } },
      'table.x.candidates[1]',
      "table.x.candidates[1]: expected a number, got 'x'.",
    ],
    [
      'a value that is not listed',
      { kind: oneOf(['a', 'c']) },
      'kind.candidates[1]',
      "kind.candidates[1]: expected one of 'a', 'b' or null, got 'c'.",
    ],
  ])('[G1] is refused with %s', (_, init, path, message) => {
    const error = thrown(() => new Typed(init))
    expect([TypeMismatchError, OutOfRangeError].some((type) => error instanceof type)).toBe(true)
    expect(error).toMatchObject({ path, message })
  })

  it('[G1] is refused by rebind, which then changes nothing', () => {
    const typed = new Typed({ n: 3 })
    expect(() => rebindAt(typed, [['n', oneOf([1, 'x'])]])).toThrow(TypeMismatchError)
    expect(typed.n).toBe(3)
    rebindAt(typed, [['n', oneOf([1, 2])]])
    expect(Space.of(typed).dna.size).toBe(2n)
  })

  it('[G1] is refused by the space if its candidates have been changed to what does not fit', () => {
    const typed = new Typed({ n: oneOf([1, 2]) })
    rebindAt(typed, [['n.candidates[0]', 'x']])
    expect(thrown(() => Space.of({ typed }))).toMatchObject({
      code: 'type',
      path: 'typed.n.candidates[0]',
      message: "typed.n.candidates[0]: expected an integer of at least 0, got 'x'.",
    })
  })
})

describe('a choice in JSON', () => {
  it('[S12] reads back as the same space', () => {
    const program = {
      a: oneOf([1, [oneOf(['x', undefined])]], { name: 'n', weights: [1, 2] }),
      b: manyOf(2, [1, 2, 3], { sorted: true }),
    }
    const read = fromJSON(JSON.parse(JSON.stringify(toJSON(program))))
    expect(format(read)).toBe(format(program))
    expect(Space.of(read).dna.fingerprint).toBe(Space.of(program).dna.fingerprint)
  })

  it('[S12] is read beside the classes that a program is said to consist of', () => {
    const typed = new Typed({ n: oneOf([1, intIn(2, 3)]), list: manyOf(2, [1, 2]) })
    const read = fromJSON(toJSON(typed), { types: [Typed], as: Typed })
    expect(Space.of(read).dna.size).toBe(Space.of(typed).dna.size)
  })

  it.each<[string, object, string]>([
    ['without candidates', { _type: 'mitten/OneOf', candidates: [] }, 'a: expected'],
    [
      'of more distinct choices than candidates',
      { _type: 'mitten/ManyOf', k: 3, candidates: [1, 2] },
      'expected at least 3 candidates',
    ],
    [
      'with wrong weights',
      { _type: 'mitten/OneOf', candidates: [1, 2], weights: [0, 0] },
      'expected 2 numbers of at least 0',
    ],
  ])('[G1] is refused by the space %s', (_, json, part) => {
    const error = thrown(() => Space.of(fromJSON({ a: json })))
    expect(error).toBeInstanceOf(HyperValueError)
    expect(error.path).toMatch(/^a\.(candidates|weights)$/)
    if (part !== 'a: expected') expect(error.message).toContain(part)
  })
})
