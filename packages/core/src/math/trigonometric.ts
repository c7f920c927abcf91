/**
 * Sine and cosine from + − × ÷ and integer operations alone, so that every engine returns the same bits.
 *
 * Write x = n·(π/2) + r with the nearest integer n, so |r| <= π/4 or hardly more. Then sin x is one of ±sin r, ±cos
 * r, by n mod 4, and likewise cos x. r is held as a sum of two doubles, since the rounding of x ± π/2 would otherwise
 * show:
 *
 * - |x| <= 2^20: n·(π/2) is subtracted in four parts of π/2 (Cody and Waite); the first three have at most 32 bits,
 *   so that n times each is exact, the last reaches 2^-149. No such double comes closer than 2^-60 or so to a
 *   multiple of π/2.
 * - larger |x|, up to the largest double: x·(2/π) in integers of any length (bigint), with 1184 bits of 2/π. That
 *   leaves 160 bits after the point; no double comes closer than 2^-62 to a multiple of π/2. (Payne and Hanek's
 *   idea.)
 *
 * sin r and cos r are their Taylor polynomials up to r¹⁹ and r²⁰, remainder below 2^-65. Errors are below 0.8 ulp.
 * The equations are the textbook ones; the constants were computed with 4000 bits by `golden/generate.py`.
 *
 * @internal
 */

import { highWord, lowWord, powerOfTwo } from './double-bits.ts'
import { productError, sumError } from './double-double.ts'

const QUARTERS_PER_UNIT = 0.6366197723675814
/** π/2 in four parts: multiples of 2^-31, 2^-63 and 2^-95, and the double nearest to what they leave over. */
const HALF_PI_1 = 1.5707963267341256
const HALF_PI_2 = 6.07710049817245e-11
const HALF_PI_3 = 8.333742917250222e-20
const HALF_PI_4 = 1.2706558760139879e-29

/** Up to 2^20 the reduction in doubles is used. */
const MODERATE = 1048576
/** 2^-27: up to here sin x rounds to x, or nearly: x³/6 is below 2^-56.5 of x. */
const TINY = 7.450580596923828e-9

/** Writes the remainder of x modulo π/2 as pair[0] + pair[1]; returns the quadrant, whose last two bits count. */
function reduce(x: number, pair: Float64Array): number {
  if (x > MODERATE || x < -MODERATE) return reduceLarge(x, pair)
  const n = Math.floor(x * QUARTERS_PER_UNIT + 0.5)
  const first = x - n * HALF_PI_1 // exact
  const second = n * HALF_PI_2 // exact
  const a = first - second
  const aLow = differenceError(first, second, a)
  const third = n * HALF_PI_3 // exact
  const b = a - third
  const bLow = differenceError(a, third, b)
  const low = aLow + bLow - n * HALF_PI_4
  const high = b + low
  pair[0] = high
  pair[1] = sumError(b, low, high)
  return n
}

/** `a - b - difference` exactly, whichever of the two is larger (Knuth's 2Sum). */
function differenceError(a: number, b: number, difference: number): number {
  const bSeen = a - difference
  const aSeen = difference + bSeen
  return a - aSeen - (b - bSeen)
}

/** floor(2/π · 2^1184). */
// oxfmt-ignore
const TWO_OVER_PI =
  0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046n
/** The fraction bits of TWO_OVER_PI. */
const TWO_OVER_PI_BITS = 1184
/** floor(π/2 · 2^191). */
const HALF_PI = 0xc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74n
/** Fraction bits of a quarter turn that are kept before multiplying by π/2; 2^-383 is the unit of the product. */
const KEPT_BITS = 192n
const PRODUCT_UNIT = powerOfTwo(-383)

/** {@link reduce} for finite |x| > 2^20, in integers. Some microseconds. */
function reduceLarge(x: number, pair: Float64Array): number {
  const high = highWord(x)
  // |x| = significand · 2^(exponent − 1075), so |x|·(2/π) = significand · TWO_OVER_PI / 2^bits.
  const exponent = (high >>> 20) & 0x7ff
  const significand = BigInt((high & 0xfffff) | 0x100000) * 0x100000000n + BigInt(lowWord(x) >>> 0)
  const bits = BigInt(TWO_OVER_PI_BITS + 1075 - exponent)
  const turns = significand * TWO_OVER_PI
  let quadrant = Number((turns >> bits) & 3n)
  let fraction = (turns & ((1n << bits) - 1n)) >> (bits - KEPT_BITS)
  if (fraction >> (KEPT_BITS - 1n) === 1n) {
    fraction -= 1n << KEPT_BITS
    quadrant++
  }
  const remainder = fraction * HALF_PI
  const nearest = Number(remainder)
  const sign = x < 0 ? -1 : 1
  pair[0] = sign * nearest * PRODUCT_UNIT
  pair[1] = sign * Number(remainder - BigInt(nearest)) * PRODUCT_UNIT
  return sign * quadrant
}

/** sin(r + low) for |r| <= π/4 or hardly more. */
function sineKernel(r: number, low: number): number {
  const z = r * r
  const series =
    -1 / 6 +
    z *
      (1 / 120 +
        z *
          (-1 / 5040 +
            z *
              (1 / 362880 +
                z *
                  (-1 / 39916800 +
                    z *
                      (1 / 6227020800 +
                        z * (-1 / 1307674368000 + z * (1 / 355687428096000 + z * (-1 / 121645100408832000))))))))
  return r + (r * z * series + low * (1 - 0.5 * z))
}

/** cos(r + low) for |r| <= π/4 or hardly more. */
function cosineKernel(r: number, low: number): number {
  const z = r * r
  const zLow = productError(r, r, z)
  const series =
    1 / 24 +
    z *
      (-1 / 720 +
        z *
          (1 / 40320 +
            z *
              (-1 / 3628800 +
                z *
                  (1 / 479001600 +
                    z *
                      (-1 / 87178291200 +
                        z * (1 / 20922789888000 + z * (-1 / 6402373705728000 + z * (1 / 2432902008176640000))))))))
  const half = 0.5 * z
  const main = 1 - half
  return main + (1 - main - half + (z * z * series - 0.5 * zLow - r * low))
}

const scratch = new Float64Array(2)

/**
 * Sine of an angle in radians, the same bits on every engine.
 *
 * Special cases as `Math.sin`: NaN and ±Infinity give NaN, ±0 gives itself.
 *
 * @param x - radians, any number; the angle is reduced exactly, however large
 * @returns a number in [-1, 1]; error below 0.8 ulp
 *
 * O(1), no allocation for |x| <= 2^20; larger angles cost some microseconds.
 */
export function sin(x: number): number {
  if (x > -TINY && x < TINY) return x
  if (x - x !== 0) return NaN // NaN and both infinities
  const quadrant = reduce(x, scratch)
  const r = scratch[0] as number // the array has two elements
  const low = scratch[1] as number // likewise
  const value = (quadrant & 1) === 0 ? sineKernel(r, low) : cosineKernel(r, low)
  return (quadrant & 2) === 0 ? value : -value
}

/**
 * Cosine of an angle in radians, the same bits on every engine.
 *
 * Special cases as `Math.cos`: NaN and ±Infinity give NaN, ±0 gives 1.
 *
 * @param x - radians, any number; the angle is reduced exactly, however large
 * @returns a number in [-1, 1]; error below 0.8 ulp
 *
 * O(1), no allocation for |x| <= 2^20; larger angles cost some microseconds.
 */
export function cos(x: number): number {
  if (x - x !== 0) return NaN // NaN and both infinities
  const quadrant = reduce(x, scratch)
  const r = scratch[0] as number // the array has two elements
  const low = scratch[1] as number // likewise
  const value = (quadrant & 1) === 0 ? cosineKernel(r, low) : sineKernel(r, low)
  return ((quadrant + 1) & 2) === 0 ? value : -value
}
