/**
 * Logarithms from + − × ÷ and bit operations alone, so that every engine returns the same bits.
 *
 * Write x = 2^k·z with z in [45/64, 45/32) and let c = i/32 be the multiple of 1/32 nearest to z. With s = (z − c)/(z
 * + c),
 * |s| < 0.0112,
 *
 *     ln x = k·ln 2 + ln c + 2·artanh s,   2·artanh s = 2s + 2s³/3 + 2s⁵/5 + 2s⁷/7 + 2s⁹/9 + ε,   |ε| < 2^-68·|2s|.
 *
 * k·ln 2, ln c and 2s are held as sums of two doubles; k·ln 2 + ln c has an exact upper part. Around 1, where a
 * logarithm is small, k = 0 and c = 1, so that only the series is left and nothing cancels. The sum of two doubles is
 * good to 2^-65 of the result, so the error of a rounded logarithm is below 0.51 ulp. Equations are the textbook
 * ones; the constants were computed with 4000 bits by `golden/generate.py`.
 *
 * @internal
 */

import { highWord, lowWord, fromWords, powerOfTwo } from './double-bits.ts'
import { productError, sumError } from './double-double.ts'

/** ln 2 = LN2_HIGH + LN2_LOW; the first is a multiple of 2^-42, so that k·LN2_HIGH + LOGARITHMS[…] is exact. */
const LN2_HIGH = 0.6931471805598903
const LN2_LOW = 5.497923018708371e-14

/** ln(i/32) for i = 23 … 45 as pairs: the nearest multiple of 2^-42, then what it leaves over. */
// oxfmt-ignore
const LOGARITHMS = new Float64Array([
  -0.33024168687052224, -5.4612144489920215e-14,
  -0.28768207245184385, 6.292357389008195e-14,
  -0.2468600779316148, 8.899851356560444e-14,
  -0.20763936477828793, 4.3425422595242564e-14,
  -0.16989903679541385, 1.6376276414097503e-14,
  -0.13353139262449076, -3.1859736349078334e-14,
  -0.09844007281321865, -3.3871241029241416e-14,
  -0.0645385211375924, 2.1225608044809997e-14,
  -0.03174869831468641, 1.0610652735224087e-13,
  0.0, 0.0,
  0.03077165866670839, 4.529814257790929e-14,
  0.06062462181648698, -5.213620639136504e-14,
  0.08961215868976069, -7.355770219435029e-14,
  0.11778303565643, -4.654729747598445e-14,
  0.14518200984457508, -7.718001336828099e-14,
  0.17185025692674571, -8.649239607212071e-14,
  0.19782574332998593, -6.604544877082384e-14,
  0.22314355131425145, -4.169796584527195e-14,
  0.2478361639045943, -1.3029797173308663e-14,
  0.2719337154835557, 8.604306772808733e-14,
  0.2954642128938758, -3.993416384387844e-14,
  0.31845373111855224, -1.7625431312172662e-14,
  0.34092658697068146, -8.82452633212564e-14,
])

/** 2^54: makes every subnormal a normal number. */
const TWO54 = 18014398509481984

/** Where {@link logarithmPair} leaves its two parts. */
export type Pair = Float64Array

/**
 * Writes ln(x + xLow) as the unevaluated sum pair[0] + pair[1], with pair[0] the sum as rounded.
 *
 * @param x - a finite number > 0, subnormals included
 * @param xLow - at most half a unit in the last place of `x`
 * @param pair - takes the two parts; relative error of their sum below 2^-65
 */
export function logarithmPair(x: number, xLow: number, pair: Pair): void {
  let exponent = 0
  let z = x
  let high = highWord(z)
  if (high < 0x00100000) {
    z *= TWO54
    exponent = -54
    high = highWord(z)
  }
  // Upper significand bits at or above 0x68000 mean z/2^e >= 45/32: take one power of two more out of it.
  const significand = high & 0xfffff
  const carry = significand >= 0x68000 ? 1 : 0
  exponent += (high >> 20) - 1023 + carry
  z = fromWords(significand | ((1023 - carry) << 20), lowWord(z))
  const i = Math.floor(z * 32 + 0.5)
  const c = i / 32

  let d = z - c // exact
  let dLow = 0
  if (xLow !== 0) {
    const zLow = xLow * powerOfTwo(-exponent)
    const sum = d + zLow
    dLow = sumError(d, zLow, sum)
    d = sum
  }
  const e = 2 * c + d
  const eLow = sumError(2 * c, d, e)
  const s = d / e
  const product = s * e
  const sLow = (d - product - productError(s, e, product) + (dLow - s * eLow)) / e

  const s2 = s * s
  const series = s * s2 * (2 / 3 + s2 * (2 / 5 + s2 * (2 / 7 + s2 * (2 / 9))))
  const entry = (i - 23) << 1
  const base = exponent * LN2_HIGH + (LOGARITHMS[entry] as number) // exact; i is within 23 … 45
  const baseLow = exponent * LN2_LOW + (LOGARITHMS[entry + 1] as number) // likewise
  const main = base + 2 * s
  const rest = sumError(base, 2 * s, main) + (2 * sLow + series + baseLow)
  const result = main + rest
  pair[0] = result
  pair[1] = sumError(main, rest, result)
}

const scratch: Pair = new Float64Array(2)

/**
 * Natural logarithm, the same bits on every engine.
 *
 * Special cases as `Math.log`: NaN and negative numbers give NaN, ±0 gives -Infinity, 1 gives 0, Infinity gives
 * Infinity.
 *
 * @param x - any number; subnormals are treated exactly
 * @returns the logarithm; error below 0.51 ulp
 *
 * O(1), no allocation.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return Infinity
  logarithmPair(x, 0, scratch)
  return scratch[0] as number // the array has two elements
}

/**
 * ln(1 + x) without the rounding of 1 + x, the same bits on every engine.
 *
 * Special cases as `Math.log1p`: NaN and numbers below -1 give NaN, -1 gives -Infinity, ±0 gives itself, Infinity
 * gives Infinity.
 *
 * @param x - any number
 * @returns the logarithm; error below 0.51 ulp
 *
 * O(1), no allocation.
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN
  if (x > LARGE) return log(x) // 1 is too small to show
  if (x > -POINT && x < POINT) return x // x²/2 is below half a unit in the last place; keeps the sign of 0
  const sum = 1 + x
  logarithmPair(sum, x > 1 ? sumError(x, 1, sum) : sumError(1, x, sum), scratch)
  return scratch[0] as number // the array has two elements
}

/** 2^-54. */
const POINT = 5.551115123125783e-17
/** 2^64. */
const LARGE = 18446744073709551616
