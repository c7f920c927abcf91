/**
 * Powers from + − × ÷ and bit operations alone, so that every engine returns the same bits.
 *
 *     |x|^y = e^(y·ln|x|)
 *
 * with ln|x| as a sum of two doubles good to 2^-65, the product with y likewise, and the exponential of that sum.
 * Results lie between 2^-1075 and 2^1024, so |y·ln|x|| < 746 and the product is off by at most 746·2^-65 < 2^-55
 * relative to the result: the error is below 0.7 ulp at the far ends of the range (0.59 was the largest measured) and
 * below 0.53 ulp where |y·ln|x|| is below 20.
 *
 * @internal
 */

import { productError } from './double-double.ts'
import { exponentialOfSum } from './exponential.ts'
import { logarithmPair } from './logarithm.ts'
import type { Pair } from './logarithm.ts'

/** 2^64: from here on x^y is 0, 1 or Infinity, since |ln x| >= 2^-53 for every x other than 1. */
const HUGE = 18446744073709551616
/** 2^-65: up to here x^y rounds to 1, since |ln x| < 746. */
const TINY = 2.710505431213761e-20
/** 2^53: from here on every double is an even integer. */
const TWO53 = 9007199254740992

const scratch: Pair = new Float64Array(2)

/**
 * x to the power of y, the same bits on every engine.
 *
 * Special cases as `Math.pow`: y = ±0 gives 1 for every x, NaN included; NaN otherwise gives NaN; |x| = 1 with y =
 * ±Infinity gives NaN; a negative finite base gives NaN unless y is an integer; an odd integer y keeps the sign of
 * the base, also of -0 and -Infinity, and every other y gives a positive result (so `pow(-0, 0.5)` is 0 and
 * `pow(-Infinity, 0.5)` is Infinity).
 *
 * @param x - base, any number
 * @param y - exponent, any number
 * @returns the power; error below 0.7 ulp, subnormals included; a power that is a double is returned exactly
 *
 * O(1), no allocation.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (x !== x || y !== y) return NaN
  const base = x < 0 ? -x : x
  if (y === Infinity || y === -Infinity) {
    if (base === 1) return NaN
    return base > 1 === y > 0 ? Infinity : 0
  }
  const negative = x < 0 || (x === 0 && 1 / x < 0)
  if (base === 0 || base === Infinity) {
    const magnitude = (base === 0) === y > 0 ? 0 : Infinity
    return negative && isOdd(y) ? -magnitude : magnitude
  }
  if (!negative) return positivePower(base, y)
  if (y !== Math.floor(y)) return NaN
  return isOdd(y) ? -positivePower(base, y) : positivePower(base, y)
}

/** x^y for finite x > 0 and finite y other than 0. */
function positivePower(x: number, y: number): number {
  if (x === 1) return 1
  const size = y < 0 ? -y : y
  if (size >= HUGE) return x > 1 === y > 0 ? Infinity : 0
  if (size <= TINY) return 1
  logarithmPair(x, 0, scratch)
  const high = scratch[0] as number // the array has two elements
  const product = y * high
  return exponentialOfSum(product, productError(y, high, product) + y * (scratch[1] as number))
}

/** Whether a finite number is an odd integer. */
function isOdd(y: number): boolean {
  return y < TWO53 && y > -TWO53 && (y % 2 === 1 || y % 2 === -1)
}
