/**
 * The value below which a share of the sample lies, between two order statistics by linear interpolation (definition 7
 * of Hyndman and Fan, 1996).
 *
 * @param ascending - the sample, sorted; not empty
 * @param share - from 0 (the least value) to 1 (the greatest); 0.5 gives the median
 * @throws RangeError for an empty sample
 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const place = (ascending.length - 1) * share
  const below = ascending[Math.floor(place)]
  const above = ascending[Math.ceil(place)]
  if (below === undefined || above === undefined) {
    throw new RangeError(`quantile: expected a sample of at least one value and a share in [0, 1], got ${share}`)
  }
  return below + (above - below) * (place - Math.floor(place))
}

/** The median of a sample in any order. */
export function median(sample: Iterable<number>): number {
  return quantile(Float64Array.from(sample).sort(), 0.5)
}
