import { describe, expect, it } from 'vitest'
import { manyOf, oneOf } from './choice.ts'
import { InvalidDnaError } from './errors.ts'
import { floatIn, intIn } from './range.ts'
import { Space } from './space.ts'

const { dna: space } = Space.of({
  choice: oneOf<unknown>(['a', [oneOf([1, 2]), floatIn(0, 1)], 'c']),
  distinct: manyOf(2, ['x', 'y', 'z']),
  sorted: manyOf(2, ['x', 'y'], { sorted: true, distinct: false }),
  rate: floatIn(0.5, 1),
  grid: floatIn(0, 1, { step: 0.1 }),
  width: intIn(8, 64, { step: 8 }),
})
const valid = [0, 0, 1, 0, 0, 0.5, 0, 8]
/** The valid genes with some replaced. */
const with_ = (changes: Readonly<Record<number, unknown>>): unknown[] => valid.map((gene, i) => changes[i] ?? gene)

describe('genes that are no DNA', () => {
  it('[G3] (those that the others are made of are one)', () => {
    expect(String(space.dna(valid))).toBe('[0, [0, 1], [0, 0], 0.5, 0, 8]')
  })

  it.each<[string, unknown[], string, string]>([
    [
      'a negative gene',
      with_({ 0: -1 }),
      'choice',
      'choice: expected the index of a candidate, an integer in [0, 2], got -1; the decision has 3 candidates.',
    ],
    [
      'a gene out of range',
      with_({ 0: 3 }),
      'choice',
      'choice: expected the index of a candidate, an integer in [0, 2], got 3; the decision has 3 candidates.',
    ],
    [
      'a fraction of a choice',
      with_({ 0: 0.5 }),
      'choice',
      'choice: expected the index of a candidate, an integer in [0, 2], got 0.5; the decision has 3 candidates.',
    ],
    [
      'NaN for a choice',
      with_({ 0: NaN }),
      'choice',
      'choice: expected the index of a candidate, an integer in [0, 2], got NaN; the decision has 3 candidates.',
    ],
    [
      'text for a choice',
      with_({ 0: '0' }),
      'choice',
      "choice: expected the index of a candidate, an integer in [0, 2], got '0'; the decision has 3 candidates.",
    ],
    [
      'a bigint for a choice',
      with_({ 0: 0n }),
      'choice',
      'choice: expected the index of a candidate, an integer in [0, 2], got 0n; the decision has 3 candidates.',
    ],
    [
      'a negative gene of one of several',
      with_({ 1: -1 }),
      'distinct[0]',
      'distinct[0]: expected the index of a candidate, an integer in [0, 2], got -1; the decision has 3 candidates.',
    ],
    [
      'the same choice twice',
      with_({ 2: 0 }),
      'distinct[1]',
      'distinct[1]: expected a candidate that is not chosen yet, got 0; the choices of distinct are distinct.',
    ],
    [
      'choices out of order',
      with_({ 3: 1 }),
      'sorted[1]',
      'sorted[1]: expected a candidate of at least 1, got 0; the choices of sorted are sorted.',
    ],
    ['a number below its range', with_({ 5: 0.4 }), 'rate', 'rate: expected a number in [0.5, 1], got 0.4.'],
    ['a number above its range', with_({ 5: 1.5 }), 'rate', 'rate: expected a number in [0.5, 1], got 1.5.'],
    ['NaN for a number', with_({ 5: NaN }), 'rate', 'rate: expected a number in [0.5, 1], got NaN.'],
    ['Infinity for a number', with_({ 5: Infinity }), 'rate', 'rate: expected a number in [0.5, 1], got Infinity.'],
    [
      'null for a number',
      valid.map((gene, i) => (i === 5 ? null : gene)),
      'rate',
      'rate: expected a number in [0.5, 1], got null.',
    ],
    [
      'a number off its grid',
      with_({ 6: 0.3 }),
      'grid',
      'grid: expected one of 0 + i·0.1 up to 1, got 0.3; take the nearest of them.',
    ],
    ['a float for an integer', with_({ 7: 8.5 }), 'width', 'width: expected an integer in [8, 64], got 8.5.'],
    [
      'an integer off its grid',
      with_({ 7: 9 }),
      'width',
      'width: expected one of 8 + i·8 up to 64, got 9; take the nearest of them.',
    ],
    ['an integer out of range', with_({ 7: 72 }), 'width', 'width: expected an integer in [8, 64], got 72.'],
    [
      'too few genes',
      valid.slice(0, -1),
      'width',
      'width: expected a gene at position 7, got 7 genes in all; give one gene to every active decision.',
    ],
    [
      'no genes',
      [],
      'choice',
      'choice: expected a gene at position 0, got 0 genes in all; give one gene to every active decision.',
    ],
    [
      'too many genes',
      [...valid, 0],
      '',
      'expected 8 genes, got 9; leave out the genes of decisions that are not active.',
    ],
    [
      'genes of a candidate that is not chosen',
      [0, 1, 0.5, ...valid.slice(1)],
      'distinct[1]',
      'distinct[1]: expected the index of a candidate, an integer in [0, 2], got 0.5; the decision has 3 candidates.',
    ],
    [
      'no genes for a candidate that is chosen',
      with_({ 0: 1 }),
      'distinct[1]',
      'distinct[1]: expected a candidate that is not chosen yet, got 0; the choices of distinct are distinct.',
    ],
  ])('[G3] %s', (_, genes, path, message) => {
    let error: unknown
    try {
      space.dna(genes as number[])
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(InvalidDnaError)
    expect(error).toMatchObject({ code: 'invalid-dna', path, message })
  })

  it('[G3] text with such genes is refused as well, and text of another shape', () => {
    expect(() => space.parse('[-1, [0, 1], [0, 0], 0.5, 0, 8]')).toThrow(InvalidDnaError)
    expect(() => space.parse('[0, 0, 1, 0, 0, 0.5, 0, 8]')).toThrow(
      'expected the shape [0, [0, 1], [0, 0], 0.5, 0, 8], got [0, 0, 1, 0, 0, 0.5, 0, 8]; group decisions as the space does: (choice, what it leads to) and [side, by, side].',
    )
    const nested = Space.of(oneOf([1, [oneOf([2, 3]), oneOf([4, 5])]])).dna
    expect(String(nested.parse('(1, [0, 1])'))).toBe('(1, [0, 1])')
    for (const text of ['(1, 0, 1)', '[1, 0, 1]', '[1, [0, 1]]', '[(1, 0), 1]']) {
      expect(() => nested.parse(text)).toThrow('expected the shape (1, [0, 1]),')
    }
  })

  it('[G3] a DNA is checked against another space by its genes', () => {
    const equal = Space.of([oneOf([1, 2])]).dna
    expect(() => equal.validate(Space.of({ x: oneOf([3, 4]) }).dna.dna([1]))).not.toThrow()
    expect(() => equal.validate(Space.of(oneOf([1, 2, 3])).dna.dna([2]))).toThrow(InvalidDnaError)
    expect(() => equal.validate(space.dna(valid))).toThrow(InvalidDnaError)
  })
})
