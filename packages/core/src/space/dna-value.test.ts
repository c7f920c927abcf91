import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chainValue,
  type DnaValue,
  genesOf,
  listValue,
  parseValue,
  printValue,
  valueFromJson,
  valueToJson,
} from './dna-value.ts'
import { InvalidDnaError } from './errors.ts'

/** Nested values in their shortest form, as spaces make them. */
const arbitraryValue: fc.Arbitrary<DnaValue> = fc.letrec<{ value: DnaValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    fc.oneof(
      fc.nat(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    ),
    fc.array(tie('value'), { maxLength: 3 }).map(listValue),
    fc.tuple(fc.nat(), tie('value')).map(([choice, rest]) => chainValue(choice, rest)),
  ),
})).value

describe('the nested form of a DNA', () => {
  it('[G2] reads back from text and from JSON', () => {
    fc.assert(
      fc.property(arbitraryValue, (value) => {
        expect(parseValue(printValue(value))).toEqual(value)
        expect(valueFromJson(JSON.parse(JSON.stringify(valueToJson(value))))).toEqual(value)
        expect(genesOf(parseValue(printValue(value)))).toEqual(genesOf(value))
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['0', '0'],
    [' [ 0 ,1 ] ', '[0, 1]'],
    ['[5]', '5'],
    ['[[5]]', '5'],
    ['[[1, 2]]', '[1, 2]'],
    ['[0, [[1, 2]]]', '[0, [1, 2]]'],
    ['(0, (1, 2))', '(0, 1, 2)'],
    ['(0, [(1, 2)])', '(0, 1, 2)'],
    ['(0, [])', '0'],
    ['(0, 1, [])', '(0, 1)'],
    ['(0, [1, 2])', '(0, [1, 2])'],
    ['(1, [(0, 1), 2])', '(1, [(0, 1), 2])'],
    ['[0, 1,]', '[0, 1]'],
    ['[]', '[]'],
    ['1e3', '1000'],
    ['1E-07', '1e-7'],
    ['-0.50', '-0.5'],
    ['1.0', '1'],
    ['0.1000000000000000055511151231257827021181583404541015625', '0.1'],
    ['[\n0,\t1]', '[0, 1]'],
  ])('[G2] reads %j as %s', (text, canonical) => {
    expect(printValue(parseValue(text))).toBe(canonical)
  })

  it.each([
    ['', "expected a number, '[' or '(' at position 0, got ''; write it as in [0, (1, 2), 0.5]."],
    ['x', "expected a number, '[' or '(' at position 0, got 'x'; write it as in [0, (1, 2), 0.5]."],
    ['[0', "expected ',' or ']' at position 2, got '[0'; write it as in [0, (1, 2), 0.5]."],
    ['[0 1]', "expected ',' or ']' at position 3, got '[0 1]'; write it as in [0, (1, 2), 0.5]."],
    ['[0)', "expected ',' or ']' at position 2, got '[0)'; write it as in [0, (1, 2), 0.5]."],
    ['0 1', "expected the end at position 2, got '0 1'; write it as in [0, (1, 2), 0.5]."],
    ['[,]', "expected a number, '[' or '(' at position 1, got '[,]'; write it as in [0, (1, 2), 0.5]."],
    ['+1', "expected a number, '[' or '(' at position 0, got '+1'; write it as in [0, (1, 2), 0.5]."],
    ['.5', "expected a number, '[' or '(' at position 0, got '.5'; write it as in [0, (1, 2), 0.5]."],
    ['0x10', "expected the end at position 1, got '0x10'; write it as in [0, (1, 2), 0.5]."],
    ['NaN', "expected a number, '[' or '(' at position 0, got 'NaN'; write it as in [0, (1, 2), 0.5]."],
    ["'abc'", "expected a number, '[' or '(' at position 0, got '\\'abc\\''; write it as in [0, (1, 2), 0.5]."],
    ['(1,)', 'expected a chain of at least two parts, got (1); write a choice alone without parentheses.'],
    ['()', 'expected a chain of at least two parts, got (); write a choice alone without parentheses.'],
    [
      '([1, 2], 1)',
      'expected several decisions in the last place of a chain only, got [1, 2]; put the list at the end.',
    ],
    [
      '((1, 2), 1)',
      'expected several decisions in the last place of a chain only, got (1, 2); put the list at the end.',
    ],
  ])('[G2] refuses %j and says where it goes wrong', (text, message) => {
    expect(() => parseValue(text)).toThrow(InvalidDnaError)
    let found = ''
    try {
      parseValue(text)
    } catch (error) {
      found = (error as Error).message
    }
    expect(found).toBe(message)
  })

  it('[S14] text of any length is read in linear time, and of any depth refused in kind', () => {
    const long = `[${'0, '.repeat(100_000)}0]`
    expect(genesOf(parseValue(long))).toHaveLength(100_001)
    expect(genesOf(parseValue(`(${'0, '.repeat(100_000)}0)`))).toHaveLength(100_001)
    expect(printValue(parseValue(`${'['.repeat(999)}1, 2${']'.repeat(999)}`))).toBe('[1, 2]')
    const deep = `${'[0, '.repeat(2000)}0${']'.repeat(2000)}`
    expect(() => parseValue(deep)).toThrow('expected at most 1000 levels at position 3997')
  })
})
