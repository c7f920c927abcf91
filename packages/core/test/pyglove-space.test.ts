/**
 * Spaces and DNA beside PyGlove's, row by row: `golden/pyglove-space.json` holds expressions and what PyGlove gave for
 * them. Where mitten differs on purpose the test says how; docs/spec.md lists the differences under G.
 */
import { readFileSync } from 'node:fs'
import {
  type Dna,
  type DnaSpace,
  field,
  floatIn,
  format,
  getSymbolic,
  HyperValueError,
  InfiniteSpaceError,
  intIn,
  InvalidDnaError,
  manyOf,
  oneOf,
  permutationOf,
  Space,
  symbolic,
} from 'mitten'
import { describe, expect, it } from 'vitest'

interface Row {
  readonly id: string
  readonly input: string
  readonly pyglove: unknown
}

const { rows } = JSON.parse(readFileSync(new URL('golden/pyglove-space.json', import.meta.url), 'utf8')) as {
  readonly rows: readonly Row[]
}

/** What PyGlove gave for a row; one that has several entries is told by its input. */
function golden<T>(id: string, input = ''): T {
  const row = rows.find((one) => one.id === id && one.input.includes(input))
  if (row === undefined) throw new Error(`There is no row ${id} ${input}.`)
  used.add(row)
  return row.pyglove as T
}

const used = new Set<Row>()

/** The value in a representation such as `DNA(0, [1, 2])`, in our notation: a chain of several keeps its parentheses. */
function ours(representation: string): string {
  const inside = representation.slice('DNA('.length, -1)
  let depth = 0
  for (const character of inside) {
    if ('([{'.includes(character)) depth++
    if (')]}'.includes(character)) depth--
    if (character === ',' && depth === 0) return `(${inside})`
  }
  return inside
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const dnaOf = (program: unknown): DnaSpace => Space.of(program).dna
const genesOf = (program: unknown): (readonly number[])[] => Array.from(dnaOf(program), (dna) => dna.genes)
const textsOf = (program: unknown): string[] => Array.from(dnaOf(program), String)

/** The space of the rows `dna-20` to `dna-49`. */
const S1 = Space.of({ a: oneOf<unknown>(['x', oneOf([1, 2]), manyOf(2, [3, 4, 5])]), b: floatIn(0, 1) })
const dna = S1.dna.parse('[(2, [2, 0]), 0.5]')

describe('DNA as PyGlove has it', () => {
  it('[G2] dna-01 to dna-07: the nested form and its text', () => {
    const one = dnaOf(oneOf(upTo(6)))
    expect(String(one.parse('0'))).toBe(ours(golden('dna-01')))
    expect(String(dnaOf([oneOf([0, 1]), oneOf([0, 1])]).parse('[0, 1]'))).toBe(ours(golden('dna-02')))
    const chained = dnaOf(oneOf([[oneOf(upTo(3)), oneOf(upTo(3))]]))
    expect(String(chained.parse('(0, [1, 2])'))).toBe(ours(golden('dna-04')))
    const nested = dnaOf(oneOf([oneOf([0, oneOf([0, 0, 2])])]))
    expect(nested.parse('(0, 1, 2)').genes).toEqual(golden('dna-05'))
    const [text, value, children] = golden<[string, number, number]>('dna-06')
    expect(String(one.parse('[5]'))).toBe(ours(text))
    expect(one.parse('[5]').genes).toEqual([value])
    expect(children).toBe(0)
    expect(String(dnaOf([oneOf(upTo(3)), oneOf(upTo(3))]).parse('[[1, 2]]'))).toBe(ours(golden('dna-07')))
  })

  it('[G2] dna-08, dna-09: chains that are none', () => {
    const { parse } = { parse: (text: string) => dnaOf(oneOf(upTo(3))).parse(text) }
    expect(golden('dna-08')).toContain('must have at least 2 items')
    expect(() => parse('(1,)')).toThrow(InvalidDnaError)
    expect(golden('dna-09')).toContain('at the last position')
    expect(() => parse('([1, 2], 1)')).toThrow(InvalidDnaError)
  })

  it('[G2] dna-10: numbers; the text genomes of custom decisions are still to come', () => {
    expect(golden('dna-10')).toEqual(['DNA(0.5)', "DNA('abc')"])
    expect(String(dnaOf(floatIn(0, 1)).parse('0.5'))).toBe('0.5')
    expect(() => dnaOf(floatIn(0, 1)).parse("'abc'")).toThrow(InvalidDnaError)
  })

  it('[G2] dna-11, dna-12: order is that of enumeration; DNA of other shapes are unequal, not an error', () => {
    expect(golden('dna-11')).toEqual([true, true, true, true])
    expect(golden('dna-12')).toContain('ValueError')
    expect(
      dnaOf([oneOf([0, 1]), oneOf([0, 1])])
        .first()
        .equals(dnaOf([oneOf([0]), oneOf([0]), oneOf([0])]).first()),
    ).toBe(false)
  })

  it('[G4] dna-20, dna-21: materialize and encode', () => {
    expect(golden('dna-20')).toContain("oneof(['x', oneof([1,2]), manyof(2,[3,4,5])])")
    const programs = {
      '[0, 0.5]': golden('dna-21', '[0, 0.5]'),
      '[(1, 1), 0.5]': golden('dna-21', '[(1, 1), 0.5]'),
      '[(2, [2, 0]), 0.5]': golden('dna-21', '[(2, [2, 0]), 0.5]'),
    }
    expect(programs).toEqual({
      '[0, 0.5]': "{a='x', b=0.5}",
      '[(1, 1), 0.5]': '{a=2, b=0.5}',
      '[(2, [2, 0]), 0.5]': '{a=[0: 5, 1: 3], b=0.5}',
    })
    for (const [text, printed] of [
      ['[0, 0.5]', "{ a: 'x', b: 0.5 }"],
      ['[(1, 1), 0.5]', '{ a: 2, b: 0.5 }'],
      ['[(2, [2, 0]), 0.5]', '{ a: [5, 3], b: 0.5 }'],
    ] as const) {
      const program = S1.materialize(S1.dna.parse(text))
      expect(format(program)).toBe(printed)
      expect(String(S1.encode(program))).toBe(text)
    }
  })

  it('[G2] dna-23, dna-39: genes and the nested form', () => {
    const [flat, nested] = golden<[number[], string]>('dna-23')
    expect(dna.genes).toEqual(flat)
    expect(String(dna)).toBe(nested)
    expect(String(S1.dna.dna(flat))).toBe(ours(golden('dna-39')))
  })

  it('[G2] dna-24 to dna-30: records', () => {
    expect(dna.toRecord()).toEqual(golden('dna-24'))
    expect(dna.toRecord({ values: 'choice' })).toEqual(golden('dna-25'))
    expect(dna.toRecord({ several: 'both' })).toEqual(golden('dna-29'))
    expect(dna.toRecord({ inactive: true })).toEqual(golden('dna-30'))
  })

  it('[G2] dna-27, dna-32: literals are in our notation, and parameters show numbers and literals', () => {
    const withLiterals = golden<Record<string, unknown>>('dna-27')
    expect(withLiterals['a']).toBe('2/3 (ManyOf(num_choices=2, candidates=[0: 3, 1: 4, 2: 5]))')
    expect(dna.toRecord({ values: 'choice-and-literal' })).toEqual({
      ...withLiterals,
      a: '2/3 (ManyOf({ k: 2, candidates: [3, 4, 5], distinct: true, sorted: false }))',
    })
    expect(golden('dna-32')).toEqual([golden('dna-25'), withLiterals])
    expect(dna.parameters).toEqual({
      a: 'ManyOf({ k: 2, candidates: [3, 4, 5], distinct: true, sorted: false })',
      'a[=2/3][0]': 5,
      'a[=2/3][1]': 3,
      b: 0.5,
    })
  })

  it('[G2] dna-31: ids, in order', () => {
    expect(S1.dna.points.map((point) => point.id)).toEqual(golden('dna-31'))
  })

  it('[G2] dna-33, dna-34, dna-50: JSON under our type name; the compact form alone', () => {
    const theirs = JSON.parse(golden('dna-33')) as Record<string, unknown>
    expect(JSON.parse(JSON.stringify(dna))).toEqual({ ...theirs, _type: 'mitten/Dna' })
    expect(S1.dna.fromJSON(theirs).equals(dna)).toBe(true)
    const long: unknown = JSON.parse(golden('dna-34'))
    expect(() => dnaOf(oneOf([oneOf([0, 1])])).fromJSON(long)).toThrow(InvalidDnaError)
    const nested = dnaOf(oneOf([0, oneOf([0, oneOf([1, 2])])]))
    expect(Array.from(nested, (one) => [String(one), JSON.stringify(one.toJSON().value)])).toEqual(
      golden<[string, string][]>('dna-50').map(([text, json]) => [ours(text), json.replaceAll(', ', ',')]),
    )
  })

  it('[G2] dna-35, dna-36: records are read in mixed forms', () => {
    expect(golden('dna-35')).toBe(true)
    expect(S1.dna.fromRecord(dna.toRecord()).equals(dna)).toBe(true)
    const mixed = S1.dna.fromRecord({ a: '2/3', 'a[=2/3][0]': '2/3 (5)', 'a[=2/3][1]': 0, b: 0.5 })
    expect(`NO ERROR -> DNA(${String(mixed)})`).toBe(golden('dna-36'))
  })

  it('[G2] dna-37, dna-38: a literal without its quotes and a missing value are refused; so is an unknown key', () => {
    expect(golden('dna-37')).toContain("with literal value 'x'")
    expect(() => S1.dna.fromRecord({ a: 'x', b: 0.5 })).toThrow(InvalidDnaError)
    expect(golden('dna-38')).toContain("Value for 'b' is not found")
    expect(() => S1.dna.fromRecord({ a: 0 })).toThrow(InvalidDnaError)
    // PyGlove ignores it.
    expect(() => S1.dna.fromRecord({ a: 0, b: 0.5, c: 1 })).toThrow(InvalidDnaError)
  })

  it('[G2] dna-41: choices in print come from a record', () => {
    expect(golden('dna-41')).toBe("[['2/3 -> 5', '2/3 -> 3'], '0.5']")
    expect(dna.toRecord({ values: 'choice-and-literal' })).toMatchObject({
      'a[=2/3][0]': '2/3 (5)',
      'a[=2/3][1]': '0/3 (3)',
    })
  })

  it('[G2] dna-42: one decision', () => {
    expect(golden('dna-42')).toEqual(['DNA(0.5)', 2, 'None'])
    expect([dna.get('b'), dna.get('a'), dna.get('a[=1/3]')]).toEqual([0.5, 2, undefined])
  })

  it('[G2] dna-43: records by name', () => {
    const named = dnaOf({ x: oneOf(['a', 'b'], { name: 'cx' }), y: manyOf(2, [1, 2, 3], { name: 'my' }) })
    expect(named.parse('[1, [0, 2]]').toRecord({ keys: 'name-or-id' })).toEqual(golden('dna-43'))
  })

  it('[G3] dna-48: a float out of range is refused', () => {
    expect(golden('dna-48')).toContain('no greater than 1.0')
    expect(() => S1.dna.dna([0, 1.5])).toThrow(InvalidDnaError)
  })

  it('[G2] dna-49: a whole number is a float here: the decision point says what it is, not the number', () => {
    expect(golden('dna-49')).toContain('type mismatch')
    expect(String(S1.dna.dna([0, 1]))).toBe('[0, 1]')
    expect(String(S1.dna.parse('[0, 1.0]'))).toBe('[0, 1]')
  })

  it('[G3] negative genes are refused; PyGlove decodes −1 to the last candidate', () => {
    expect(() => S1.dna.dna([-1, 0.5])).toThrow(InvalidDnaError)
  })
})

describe('sizes as PyGlove has them', () => {
  const mixed = (): unknown[] => [oneOf(upTo(3)), oneOf(upTo(4)), 1]

  it.each<[string, unknown]>([
    ['size-01', oneOf(upTo(5))],
    ['size-02', manyOf(3, upTo(5))],
    ['size-03', manyOf(3, upTo(5), { sorted: true })],
    ['size-04', manyOf(3, upTo(5), { distinct: false })],
    ['size-05', manyOf(3, upTo(5), { distinct: false, sorted: true })],
    ['size-06', permutationOf(upTo(6))],
    ['size-07', oneOf(mixed())],
    ['size-08', manyOf(2, mixed())],
    ['size-11', { a: 1 }],
  ])('[G3] %s', (id, program) => {
    expect(Number(dnaOf(program).size)).toBe(golden(id))
    expect(genesOf(program)).toHaveLength(golden<number>(id))
  })

  it('[G3] size-09: the size is the number of what is enumerated', () => {
    const space = dnaOf(manyOf(2, mixed(), { distinct: false, sorted: true }))
    expect([Number(space.size), [...space].length]).toEqual(golden('size-09'))
  })

  it('[G3] size-10: a float makes a space infinite, which is a word here and not −1', () => {
    expect(golden('size-10')).toBe(-1)
    expect(dnaOf({ a: oneOf([1, 2]), b: floatIn(0, 1) }).size).toBe('infinite')
  })

  it('[G3] size-13: exact', () => {
    const [, digits] = golden<string>('size-13').split(' len ')
    expect(String(dnaOf(Array.from({ length: 60 }, () => oneOf(upTo(1000)))).size)).toHaveLength(Number(digits))
  })
})

describe('enumeration as PyGlove has it', () => {
  it.each<[string, unknown]>([
    ['enum-01', [oneOf(['a', 'b']), oneOf([1, 2, 3])]],
    ['enum-02', manyOf(2, upTo(3))],
    ['enum-03', manyOf(2, upTo(3), { sorted: true })],
    ['enum-04', manyOf(2, upTo(3), { distinct: false })],
    ['enum-05', manyOf(2, upTo(3), { distinct: false, sorted: true })],
    ['enum-06', permutationOf(upTo(3))],
  ])('[G3] %s', (id, program) => {
    expect(genesOf(program)).toEqual(golden(id))
  })

  it('[G3] enum-07, enum-08: within candidates first', () => {
    expect(textsOf(oneOf([oneOf([0, 1]), 2]))).toEqual(golden('enum-07'))
    expect(textsOf(manyOf(2, [oneOf([0, 1]), 2]))).toEqual(golden('enum-08'))
  })

  it('[G3] enum-09: a float has no next, unless it has a step', () => {
    expect(golden('enum-09')).toContain('not supported on `Float`')
    const space = dnaOf(floatIn(0, 1))
    expect(() => space.next(space.first())).toThrow(InfiniteSpaceError)
    expect(textsOf(floatIn(0, 1, { step: 0.5 }))).toEqual(['0', '0.5', '1'])
  })

  it('[G3] enum-10: the first', () => {
    const firsts = [manyOf(3, upTo(5)), manyOf(3, upTo(5), { distinct: false })].map((program) =>
      String(dnaOf(program).first()),
    )
    expect(firsts).toEqual(golden<string[]>('enum-10').map(ours))
  })
})

describe('hyper values as PyGlove has them', () => {
  it('[G1] y-17: what cannot be declared', () => {
    const theirs = golden<string[]>('y-17')
    expect(theirs).toHaveLength(5)
    const calls: [() => unknown, string][] = [
      [() => manyOf(3, [1, 2]), '3 distinct choices'],
      [() => oneOf([]), 'one or more candidates'],
      [() => floatIn(1, 0), 'a lower bound of at most 0'],
      [() => floatIn(0, 1, { scale: 'log' }), "above 0 for the scale 'log'"],
    ]
    for (const [i, [call, part]] of calls.entries()) {
      expect(theirs[i]).toContain('ValueError')
      expect(call).toThrow(HyperValueError)
      expect(call).toThrow(part)
    }
    // The fifth is no error: a float range from 0 on the linear scale.
    expect(theirs[4]).toContain('NO ERROR')
    expect(() => floatIn(0, 1)).not.toThrow()
  })

  it('[G2] y-20: the same hyper value in several places is as many decisions', () => {
    const choice = oneOf([1, 2])
    const space = dnaOf([choice, choice, choice])
    expect([Number(space.size), space.points.map((point) => point.id)]).toEqual(golden('y-20'))
  })

  it('[G2] y-21: names are unique', () => {
    expect(golden('y-21')).toContain('clash on name')
    expect(() => Space.of([oneOf([1], { name: 'a' }), oneOf([1], { name: 'a' })])).toThrow(
      'a name that no other decision has',
    )
  })

  it('[G2] y-22 to y-24: several choices in a candidate, with candidates that decide more', () => {
    const space = dnaOf({ x: oneOf<unknown>([0, manyOf(2, [oneOf([1, 2]), 3, 4])]) })
    expect(space.points.map((point) => point.id)).toEqual(golden('y-22'))
    expect(textsOf({ x: oneOf<unknown>([0, manyOf(2, [oneOf([1, 2]), 3, 4])]) }).slice(0, 4)).toEqual(
      golden<string[]>('y-23').map(ours),
    )
    expect(space.parse('(1, [(0, 1), 2])').toRecord()).toEqual(golden('y-24'))
  })

  it('[G2] y-25: a space is its decision points, as data instead of print', () => {
    expect(golden('y-25')).toContain("0 = 'x': Choices(num_choices=1")
    expect(dnaOf({ x: oneOf(['a', 'b']), y: floatIn(0, 1) }).points).toMatchObject([
      { kind: 'choice', id: 'x', literals: ["'a'", "'b'"] },
      { kind: 'float', id: 'y', min: 0, max: 1, scale: 'linear' },
    ])
  })

  it('[G2] y-35: a DNA from a function', () => {
    const made = dnaOf([oneOf(upTo(3)), oneOf(upTo(3))]).fromDecisions((point) =>
      point.kind === 'choice' ? point.candidates.length - 1 : point.max,
    )
    expect(String(made)).toBe(ours(golden('y-35')))
  })

  it('[G2] hy-04: literals, objects in our notation, `None` as `null`', () => {
    class A_ extends symbolic('A_', { x: field.int(), y: field.int() }) {}
    expect(golden('hy-04')).toEqual([`[1, 1.5, "'s'", 'A_(x=1, y=2)', 'None', True]`])
    const [point] = dnaOf(oneOf<unknown>([1, 1.5, 's', new A_({ x: 1, y: 2 }), null, true])).points
    expect(point).toMatchObject({ literals: [1, 1.5, "'s'", 'A_({ x: 1, y: 2 })', 'null', true] })
  })

  it('[G2] x-02, x-03: reading literals and choices', () => {
    const space = dnaOf(oneOf<unknown>(['x', 'y', 3, 3.5, null, [1, 2]]))
    const read = (value: unknown): string => {
      try {
        return String(space.fromRecord({ '': value }))
      } catch (error) {
        return (error as Error).name
      }
    }
    const [quoted, , literals] = golden<[string, string, unknown[]]>('x-02')
    expect(quoted).toBe('NO ERROR -> DNA(1)')
    expect([read("'y'"), read('y')]).toEqual(['1', 'InvalidDnaError'])
    const named: Record<string, string> = { None: 'null', '[0: 1, 1: 2]': '[1, 2]' }
    expect(space.points[0]).toMatchObject({ literals: literals.map((literal) => named[String(literal)] ?? literal) })
    const theirs = golden<string[]>('x-03').map((outcome) => (outcome.startsWith('NO ERROR') ? '1' : 'InvalidDnaError'))
    expect(['1/6', '7/6', '1/5', "1/6 ('y')", '1/6 (zz)'].map(read)).toEqual(theirs)
  })

  it('[G4] where-01: what `where` selects', () => {
    const program = { a: oneOf([1, oneOf([10, 20], { name: 'in' })], { name: 'out' }), b: oneOf([3, 4], { name: 'b' }) }
    const theirs = golden<[string[], number, string[]][]>('where-01')
    expect(
      theirs.map(([names]) => {
        const { dna: space } = Space.of(program, { where: ({ name }) => names.includes(name ?? '') })
        return [names, Number(space.size), space.points.map((point) => point.id)]
      }),
    ).toEqual(theirs)
  })

  it('[G4] fl-01: a search within a search', () => {
    const program = { x: oneOf([1, 2], { name: 'x' }), y: oneOf([3, 4], { name: 'y' }) }
    const reached: [number, number][] = []
    for (const outer of Space.of(program, { where: ({ name }) => name === 'x' })) {
      expect(format(getSymbolic(outer, 'y'))).toContain('OneOf')
      for (const inner of Space.of(outer)) reached.push([inner.x, inner.y])
    }
    expect(reached).toEqual(golden('fl-01'))
  })
})

describe('what PyGlove does not have', () => {
  it('[G2] an integer range is one decision whose gene is the integer', () => {
    const space = dnaOf({ n: intIn(10, 1_000_000) })
    expect(space.points).toHaveLength(1)
    expect(String(space.first() satisfies Dna)).toBe('10')
  })
})

it('every row of the file is compared', () => {
  expect(rows.filter((row) => !used.has(row)).map((row) => row.id)).toEqual([])
})
