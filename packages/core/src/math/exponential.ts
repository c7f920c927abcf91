/**
 * Exponential functions from + − × ÷ and bit operations alone, so that every engine returns the same bits.
 *
 * Write x = (n/32)·ln 2 + r with an integer n and |r| <= ln 2 / 64 = 0.0108. With n = 32k + j and 0 <= j < 32,
 *
 *     e^x = 2^k · 2^(j/32) · (1 + q),   q = e^r − 1 = r + r²/2! + … + r⁷/7! + ε,   |ε| < 2^-67.
 *
 * 2^(j/32) comes from a table as a pair of doubles. n·ln2/32 is subtracted in two steps, the first of them exact. The
 * rounding of r, q and of the products adds at most 2^-57 relative to the result, so the one rounding that counts is
 * the last: the error is below 0.55 ulp. Equations are the textbook ones; the
 * constants were computed with 4000 bits by `golden/generate.py`.
 *
 * @internal
 */

import { powerOfTwo } from './double-bits.ts'

/** 32 / ln 2. */
const STEPS_PER_UNIT = 46.16624130844683
/** ln 2 / 32 = STEP_HIGH + STEP_LOW; the first is a multiple of 2^-41, so that n·STEP_HIGH is exact for |n| < 2^17. */
const STEP_HIGH = 0.021660849392446835
const STEP_LOW = 5.145609244655338e-14

/** 2^(j/32) for j = 0 … 31 as pairs: the nearest double, then what it leaves over. */
// oxfmt-ignore
const FRACTIONAL_POWERS = new Float64Array([
  1.0, 0.0,
  1.0218971486541166, 5.109225028973444e-17,
  1.0442737824274138, 8.551889705537965e-17,
  1.0671404006768237, -7.899853966841582e-17,
  1.0905077326652577, -3.046782079812471e-17,
  1.1143867425958924, 1.0410278456845571e-16,
  1.1387886347566916, 8.912812676025408e-17,
  1.1637248587775775, 3.8292048369240935e-17,
  1.189207115002721, 3.982015231465646e-17,
  1.215247359980469, -7.712630692681488e-17,
  1.241857812073484, 4.658027591836937e-17,
  1.2690509571917332, 2.667932131342186e-18,
  1.2968395546510096, 2.5382502794888315e-17,
  1.3252366431597413, -2.8587312100388614e-17,
  1.3542555469368927, 7.70094837980299e-17,
  1.383909881963832, -6.770511658794786e-17,
  1.4142135623730951, -9.667293313452913e-17,
  1.4451808069770467, -3.0237581349939873e-17,
  1.4768261459394993, -3.483994556892796e-17,
  1.5091644275934228, -1.016455327754295e-16,
  1.5422108254079407, 7.949834809697621e-17,
  1.5759808451078865, -1.0136916471278304e-17,
  1.6104903319492543, 2.4707192569797888e-17,
  1.645755478153965, -1.0125679913674773e-16,
  1.681792830507429, 8.199010020581497e-17,
  1.718619298122478, -1.851380418263111e-17,
  1.7562521603732995, 2.960140695448873e-17,
  1.7947090750031072, 1.8227458427912087e-17,
  1.8340080864093424, 3.283107224245627e-17,
  1.8741676341103, -6.122763413004143e-17,
  1.9152065613971474, -1.0619946056195963e-16,
  1.9571441241754002, 8.960767791036668e-17,
])

/** Above it every result overflows; below UNDERFLOW every result rounds to 0. Between them `scaled` decides. */
const OVERFLOW = 710
const UNDERFLOW = -746

/** e^r − 1 for |r| <= 0.011: the Taylor polynomial of degree 7. */
function smallExpm1(r: number): number {
  return r + r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040))))))
}

/**
 * (high + low) · 2^exponent, rounded once, for high in [1, 2), |low| small beside it, and exponent in [-1077, 1024].
 */
function scaled(high: number, low: number, exponent: number): number {
  const nearest = high + low
  if (exponent > -1022 || (exponent === -1022 && nearest >= 1)) {
    if (exponent < 1024) return nearest * powerOfTwo(exponent)
    return nearest * powerOfTwo(1023) * 2
  }
  // The result is subnormal, with fewer bits than the sum has. Adding 2^52 units in the last place of the result makes
  // the rounding fall at the right bit; what that addition loses is put back, so nothing is rounded twice.
  const shift = powerOfTwo(-1022 - exponent)
  const sum = shift + high
  const lost = high - (sum - shift)
  const rounded = sum + (lost + low) - shift
  return rounded * powerOfTwo(exponent + 108) * powerOfTwo(-108)
}

/**
 * e^(high + low), for |low| below 2^-50·|high| or so. NaN in `high` gives NaN, ±Infinity the limits.
 *
 * Error below 0.55 ulp plus the relative error of e^low. O(1), no allocation.
 */
export function exponentialOfSum(high: number, low: number): number {
  if (high >= OVERFLOW) return Infinity
  if (high <= UNDERFLOW) return 0
  const steps = Math.floor(high * STEPS_PER_UNIT + 0.5)
  if (steps !== steps) return NaN
  const j = (steps & 31) << 1
  const r = high - steps * STEP_HIGH - steps * STEP_LOW + low
  const power = FRACTIONAL_POWERS[j] as number // j is even and below 64
  const rest = FRACTIONAL_POWERS[j + 1] as number // likewise
  return scaled(power, rest + power * smallExpm1(r), steps >> 5)
}

/**
 * e^x, the same bits on every engine.
 *
 * Special cases as `Math.exp`: NaN gives NaN, Infinity gives Infinity, -Infinity gives 0, ±0 gives 1. Overflows to
 * Infinity above 709.782712893384, gives subnormals below -708.39641853226, and 0 below -745.1332191019412.
 *
 * @param x - any number
 * @returns a number >= 0; error below 0.55 ulp, subnormals included
 *
 * O(1), no allocation.
 */
export function exp(x: number): number {
  return exponentialOfSum(x, 0)
}

/**
 * e^x − 1 without the cancellation near 0, the same bits on every engine.
 *
 * Special cases as `Math.expm1`: NaN gives NaN, Infinity gives Infinity, -Infinity gives -1, ±0 gives itself.
 *
 * @param x - any number
 * @returns a number >= -1; error below 0.8 ulp
 *
 * For |x| <= 1/4 the Taylor polynomial of degree 14, whose remainder is below 2^-67 of the result; elsewhere
 * 2^k·2^(j/32) − 1 is taken first and what it lost is added to the small terms of {@link exp}. O(1), no allocation.
 */
export function expm1(x: number): number {
  if (x > 40) return exp(x) // 1 is below 2^-57 of the result
  if (x < -40) return -1
  if (x >= -0.25 && x <= 0.25) {
    if (x > -1e-300 && x < 1e-300) return x // also keeps the sign of 0; x·x would be 0 anyhow
    return x + x * x * expm1Series(x)
  }
  const steps = Math.floor(x * STEPS_PER_UNIT + 0.5)
  if (steps !== steps) return NaN
  const j = (steps & 31) << 1
  const r = x - steps * STEP_HIGH - steps * STEP_LOW
  const scale = powerOfTwo(steps >> 5)
  const power = scale * (FRACTIONAL_POWERS[j] as number) // j is even and below 64
  const rest = scale * (FRACTIONAL_POWERS[j + 1] as number) // likewise
  const difference = power - 1
  const lost = power >= 1 ? power - difference - 1 : power - (difference + 1)
  return difference + (lost + rest + power * smallExpm1(r))
}

/** (e^x − 1 − x) / x² for |x| <= 1/4: the sum of x^(i−2) / i! for i = 2 … 14. */
function expm1Series(x: number): number {
  // Factorials up to 18! are doubles, so that each quotient is the nearest one. The constants of degree 7 to 14 first.
  const tail =
    1 / 5040 +
    x *
      (1 / 40320 +
        x *
          (1 / 362880 +
            x *
              (1 / 3628800 + x * (1 / 39916800 + x * (1 / 479001600 + x * (1 / 6227020800 + x * (1 / 87178291200)))))))
  return 1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * tail))))
}
