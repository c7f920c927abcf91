import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import golden from './golden/portable.json' with { type: 'json' }
import { cos, exp, expm1, log, log1p, pow, sin } from './portable.ts'

const functions = { exp, expm1, log, log1p, pow, sin, cos }
type Name = keyof typeof functions
const names = Object.keys(functions) as Name[]

/** The largest error allowed, in units in the last place, as the documentation states it. */
const bounds: Record<Name, number> = { exp: 0.55, expm1: 0.8, log: 0.51, log1p: 0.51, pow: 0.7, sin: 0.8, cos: 0.8 }

const view = new DataView(new ArrayBuffer(8))

function bitsOf(value: number): string {
  view.setFloat64(0, value)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

function fromBits(bits: string): number {
  view.setBigUint64(0, BigInt(`0x${bits}`))
  return view.getFloat64(0)
}

/** The distance from a finite double to the next one away from 0. */
function ulp(value: number): number {
  const size = Math.abs(value)
  const next = fromBits((BigInt(`0x${bitsOf(size)}`) + 1n).toString(16))
  return next === Infinity ? 2 ** 971 : next - size
}

function call(name: Name, args: readonly number[]): number {
  const [x = NaN, y = NaN] = args
  return functions[name](x, y)
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('accuracy', () => {
  it.each(names)('[T8] %s errs by less than is stated, against values computed with many digits', (name) => {
    const cases = golden[name]
    expect(cases.length).toBeGreaterThan(150)
    const wrong: string[] = []
    for (const entry of cases) {
      const args = entry.slice(0, -2).map((bits) => fromBits(String(bits)))
      const nearest = fromBits(String(entry.at(-2)))
      const excess = Number(entry.at(-1))
      const value = call(name, args)
      const error = Object.is(value, nearest) ? Math.abs(excess) : Math.abs((value - nearest) / ulp(nearest) - excess)
      // The excess is given to four decimals.
      if (!(error < bounds[name] + 1e-4)) wrong.push(`${name}(${args.join(', ')}) = ${value}: off by ${error} ulp`)
    }
    expect(wrong).toEqual([])
  })

  it('[T8] pow gives powers exactly where they are doubles', () => {
    for (let exponent = -1074; exponent < 1024; exponent++) {
      const expected = exponent >= -1022 ? 2 ** exponent : 2 ** -1022 / 2 ** (-1022 - exponent)
      if (pow(2, exponent) !== expected) expect.fail(`2^${exponent}`)
    }
    const exactPower = fc
      .tuple(fc.integer({ min: -2000, max: 2000 }), fc.nat({ max: 52 }))
      .filter(([base, exponent]) => BigInt(Math.abs(base)) ** BigInt(exponent) < 2n ** 53n)
    fc.assert(
      fc.property(exactPower, ([base, exponent]) => {
        expect(pow(base, exponent)).toBe(Number(BigInt(base) ** BigInt(exponent)))
      }),
    )
  })

  it('[T8] pow with 0.5 is the square root to the last bit or its neighbour', () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true }), (x) => {
        const root = Math.sqrt(x)
        expect(Math.abs(pow(x, 0.5) - root)).toBeLessThanOrEqual(ulp(root))
      }),
    )
  })

  it.each(names.filter((name) => name !== 'pow'))(
    '[T8] %s agrees with Math to a few units in the last place',
    (name) => {
      fc.assert(
        fc.property(finite, fc.double({ min: -40, max: 40, noNaN: true }), (anywhere, near) => {
          for (const x of [anywhere, near]) {
            const theirs = Math[name](x)
            const ours = call(name, [x])
            if (Number.isFinite(theirs) && theirs !== 0)
              expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(2 * ulp(theirs))
            else expect(ours).toBe(theirs)
          }
        }),
        { numRuns: 1000 },
      )
    },
  )

  it('[T8] log undoes exp, and expm1 undoes log1p', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -700, max: 700, noNaN: true }),
        fc.double({ min: -0.9, max: 1e6, noNaN: true }),
        (x, y) => {
          // The error of exp, half a unit of the result, is an absolute error of the logarithm.
          expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(2.3e-16 + ulp(x))
          expect(Math.abs(expm1(log1p(y)) - y)).toBeLessThanOrEqual(16 * ulp(y))
        },
      ),
    )
  })

  it('[T8] sin and cos lie on the unit circle, at the same angle, however large it is', () => {
    fc.assert(
      fc.property(finite, (x) => {
        expect(Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1)).toBeLessThan(5e-16)
        expect(sin(-x)).toBe(-sin(x))
        expect(cos(-x)).toBe(cos(x))
      }),
    )
  })

  it('[T8] both ways of reducing an angle agree where they meet', () => {
    // sin(x + 1) from sin x and cos x: x lies on one side of 2^20, x + 1 on the other.
    for (let i = 1; i < 64; i++) {
      const x = 2 ** 20 - i / 64
      expect(sin(x + 1)).toBeCloseTo(sin(x) * cos(1) + cos(x) * sin(1), 14)
      expect(cos(x + 1)).toBeCloseTo(cos(x) * cos(1) - sin(x) * sin(1), 14)
    }
  })
})

describe('special cases', () => {
  const special = [
    NaN,
    Infinity,
    -Infinity,
    0,
    -0,
    1,
    -1,
    5e-324,
    -5e-324,
    2 ** -1022,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
  ]

  it.each(names.filter((name) => name !== 'pow'))(
    '[T8] %s treats NaN, zeros, infinities and the ends of the range as Math does',
    (name) => {
      for (const x of special) {
        const expected = Math[name](x)
        const value = call(name, [x])
        if (Number.isFinite(expected) && expected !== 0) expect(value).toBeCloseTo(expected, 12)
        else expect(value, `${name}(${x})`).toBe(expected)
      }
    },
  )

  it('[T8] pow treats every pair of special numbers as Math does', () => {
    const whole = [2, -2, 3, -3, 4, 9007199254740991, 9007199254740992, -9007199254740991]
    const numbers = [...special, ...whole, 0.5, -0.5, 1.5, -1.5, 1e300, -1e300]
    for (const x of numbers) {
      for (const y of numbers) {
        const expected = Math.pow(x, y)
        const value = pow(x, y)
        if (Number.isFinite(expected) && expected !== 0)
          expect(Math.abs(value / expected - 1), `${x}, ${y}`).toBeLessThan(1e-14)
        else expect(value, `pow(${x}, ${y})`).toBe(expected)
      }
    }
  })

  it('[T8] pow of any number to ±0 is 1, and of ±1 to ±Infinity NaN', () => {
    for (const x of special) for (const zero of [0, -0]) expect(pow(x, zero)).toBe(1)
    for (const one of [1, -1]) for (const y of [Infinity, -Infinity, NaN]) expect(pow(one, y)).toBeNaN()
  })

  it('[T8] exp and pow round subnormal results once', () => {
    expect(exp(-745.1332191019411)).toBe(5e-324)
    expect(exp(-745.1332191019412)).toBe(0)
    expect(pow(2, -1075)).toBe(0) // half way between 0 and the smallest double: to even
    expect(pow(2, -1074.9999)).toBe(5e-324)
    expect(pow(-2, -1075)).toBe(-0)
  })
})

/**
 * What the functions return, bit for bit. These are promises: recorded studies depend on them. They may change with a
 * major version alone, and a change is announced.
 */
const frozen: Record<Name, [args: number[], bits: string][]> = {
  exp: [
    [[0.1], '3ff1aec7b35a00d4'],
    [[1], '4005bf0a8b145769'],
    [[-1], '3fd78b56362cef38'],
    [[10.5], '40e1bb7015e84d3b'],
    [[-20.25], '3e1b93de1e27ca3b'],
    [[700.7], '7f1dc86ff276fcf3'],
    [[-740.3], '000000000000003f'],
  ],
  expm1: [
    [[0.1], '3fbaec7b35a00d3a'],
    [[-0.1], 'bfb85c933156a62c'],
    [[1e-9], '3e112e0be84bbb51'],
    [[0.26], '3fd300e70cdb634c'],
    [[-3.7], 'bfef357701cbc77e'],
    [[25.5], '423ba4068aab2b6e'],
    [[400], '6400e398d7d01704'],
  ],
  log: [
    [[0.1], 'c0026bb1bbb55515'],
    [[0.7], 'bfd6d3c324e13f50'],
    [[0.999], 'bf5064670d979b73'],
    [[1.001], '3f5060354f8c3cc4'],
    [[3], '3ff193ea7aad030b'],
    [[10000000000], '4037069e2aa2aa5b'],
    [[1e-310], 'c0864e69394d9508'],
  ],
  log1p: [
    [[0.1], '3fb8663f793c46c7'],
    [[-0.1], 'bfbaf8e8210a415e'],
    [[1e-9], '3e112e0be801f1d9'],
    [[-0.999], 'c01ba18a998fff9f'],
    [[3], '3ff62e42fefa39ef'],
    [[10000000000], '4037069e2aa3184e'],
  ],
  pow: [
    [[10, -5], '3ee4f8b588e368f1'],
    [[1.1, 0.3], '3ff076cebe41bf7a'],
    [[2, 0.5], '3ff6a09e667f3bcd'],
    [[0.3, 7.7], '3f18ae7e5b4e6baf'],
    [[1e100, -3.2], '00000000000007e8'],
    [[1.0000001, 1000000000], '48f349445c228792'],
    [[-3, 33], 'c333bfefa65abb83'],
  ],
  sin: [
    [[0.1], '3fb98eaecb8bcb2c'],
    [[1], '3feaed548f090cee'],
    [[2], '3fed18f6ead1b446'],
    [[-3], 'bfc210386db6d55b'],
    [[100.5], 'bf9fb3f833470ff1'],
    [[1000000], 'bfd6664b2568d867'],
    [[1e22], 'bfeb453ab76bf397'],
  ],
  cos: [
    [[0.1], '3fefd712f9a817c1'],
    [[1], '3fe14a280fb5068c'],
    [[2], 'bfdaa22657537205'],
    [[-3], 'bfefae04be85e5d2'],
    [[100.5], '3feffc12adaecec2'],
    [[1000000], '3fedf9df9906d32c'],
    [[1e22], '3fe0be2cef01c8f4'],
  ],
}

test.each(names)('[T8] %s returns the frozen bits', (name) => {
  expect(frozen[name].map(([args]) => bitsOf(call(name, args)))).toEqual(frozen[name].map(([, bits]) => bits))
})
