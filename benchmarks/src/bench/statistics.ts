/**
 * The median: the middle value, or the mean of the two middle values of an even number.
 *
 * @param values - at least one number; not changed
 * @throws RangeError when there are none
 *
 * O(n log n). It is what a row reports, because on a shared machine the slow outliers belong to somebody else.
 */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const upper = sorted[sorted.length >> 1]
  const lower = sorted[(sorted.length - 1) >> 1]
  if (upper === undefined || lower === undefined) throw new RangeError('median: expected at least one value, got none')
  return (lower + upper) / 2
}

/**
 * How far the values lie about their median, as a share of it: the median absolute deviation over the median.
 *
 * @returns 0 or more; 0.05 means that half of the values lie within 5 % of the median. 0 when the median is 0
 * @throws RangeError when there are no values
 */
export function relativeSpread(values: readonly number[]): number {
  const middle = median(values)
  return middle === 0 ? 0 : median(values.map((value) => Math.abs(value - middle))) / Math.abs(middle)
}
