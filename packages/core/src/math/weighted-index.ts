import type { Stream } from './stream.ts'

/**
 * Draws an index with a probability proportional to its weight.
 *
 * @param stream - is drawn from once
 * @param weights - finite numbers >= 0, at least one of them above 0, with a finite sum; they need not add up to 1
 * @returns an index of `weights` whose weight is above 0
 * @throws RangeError when a weight is negative, NaN or infinite, or their sum is 0 or infinite
 *
 * O(n), no allocation. Weights are added in order, so they bear on the result only through sums, which every engine
 * rounds alike.
 */
export function weightedIndex(stream: Stream, weights: ArrayLike<number>): number {
  let total = 0
  let last = -1
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number // i is within the array
    if (!(weight >= 0)) {
      throw new RangeError(
        `weights[${i}]: expected a finite number >= 0, got ${String(weight)}; use 0 for what may not be drawn`,
      )
    }
    if (weight > 0) last = i
    total += weight
  }
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(
      `weights: expected a finite sum above 0, got ${String(total)}; scale the weights or make one positive`,
    )
  }
  const goal = stream.next() * total
  let sum = 0
  for (let i = 0; i < last; i++) {
    sum += weights[i] as number // likewise
    if (goal < sum) return i
  }
  return last
}
