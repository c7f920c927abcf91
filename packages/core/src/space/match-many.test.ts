import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchMany } from './match-many.ts'

/** Whether choices made one by one obey the table and the flags. */
function isAssignment(
  fits: readonly boolean[][],
  chosen: readonly number[],
  distinct: boolean,
  sorted: boolean,
): boolean {
  if (chosen.length !== fits.length || chosen.some((candidate, i) => fits[i]?.[candidate] !== true)) return false
  if (distinct && new Set(chosen).size < chosen.length) return false
  return !sorted || chosen.every((candidate, i) => i === 0 || candidate >= (chosen[i - 1] as number))
}

/** By brute force: whether there is an assignment at all. */
function exists(fits: readonly boolean[][], distinct: boolean, sorted: boolean, made: readonly number[] = []): boolean {
  if (made.length === fits.length) return isAssignment(fits, made, distinct, sorted)
  return (fits[made.length] as boolean[]).some((_, candidate) => exists(fits, distinct, sorted, [...made, candidate]))
}

describe('matchMany', () => {
  it('[G4] finds an assignment whenever there is one', () => {
    const arbitraryFits = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }))
      .chain(([k, n]) =>
        fc.array(fc.array(fc.boolean(), { minLength: n, maxLength: n }), { minLength: k, maxLength: k }),
      )
    fc.assert(
      fc.property(arbitraryFits, fc.boolean(), fc.boolean(), (fits, distinct, sorted) => {
        const chosen = matchMany(fits, distinct, sorted)
        if (chosen === undefined) expect(exists(fits, distinct, sorted)).toBe(false)
        else expect(isAssignment(fits, chosen, distinct, sorted)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('[G4] takes the first candidate that fits where it may', () => {
    expect(matchMany([[false, true, true]], true, false)).toEqual([1])
    expect(
      matchMany(
        [
          [true, true],
          [true, true],
        ],
        true,
        false,
      ),
    ).toEqual([0, 1])
    expect(
      matchMany(
        [
          [true, true],
          [true, true],
        ],
        false,
        false,
      ),
    ).toEqual([0, 0])
  })

  it('[G4] moves earlier choices where distinctness asks for it', () => {
    expect(
      matchMany(
        [
          [true, true],
          [true, false],
        ],
        true,
        false,
      ),
    ).toEqual([1, 0])
  })

  it('[G4] finds its way through a chain of many', () => {
    const n = 200
    const fits = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, c) => c === i || c === i - 1 || (i === 0 && c === n - 1)),
    )
    const chosen = matchMany(fits, true, false)
    expect(chosen === undefined ? false : isAssignment(fits, chosen, true, false)).toBe(true)
  })
})
