/**
 * Error-free transformations: what a rounded sum or product lost, as a double of its own.
 *
 * With them a value is held as an unevaluated sum `high + low` of two doubles, about 106 bits. They hold because
 * ECMAScript rounds every single operation to a double: an engine may neither keep more bits nor fuse a
 * multiplication with an addition.
 *
 * Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971).
 *
 * @internal
 */

/** 2^27 + 1: multiplying by it lets the upper 26 bits of a significand be cut off. */
const SPLITTER = 134217729

/**
 * `a + b - sum` exactly, for `sum = a + b` as rounded.
 *
 * Holds for |a| >= |b| or a = 0 (Dekker's Fast2Sum); otherwise it may be off.
 */
export function sumError(a: number, b: number, sum: number): number {
  return b - (sum - a)
}

/**
 * `a * b - product` exactly, for `product = a * b` as rounded.
 *
 * Holds for |a|, |b| < 2^996, and as long as the product is 0 or at least 2^-969 in magnitude, so that the error is
 * no subnormal.
 */
export function productError(a: number, b: number, product: number): number {
  const aScaled = SPLITTER * a
  const aHigh = aScaled - (aScaled - a)
  const aLow = a - aHigh
  const bScaled = SPLITTER * b
  const bHigh = bScaled - (bScaled - b)
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}
