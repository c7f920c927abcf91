import type { Stream } from './stream.ts'

/**
 * Draws `k` different integers of 0 … n − 1, in the order in which they are drawn: every ordered choice is equally
 * likely.
 *
 * `sampleIndices(stream, n, n)` is a uniform permutation.
 *
 * @param stream - is drawn from `k` times, by `int(n)`, `int(n − 1)`, …
 * @param n - size of the range, an integer in [0, 2^53]
 * @param k - how many, an integer in [0, n] and below 2^32
 * @returns a new array of length `k`
 * @throws RangeError when `n` or `k` is anything else
 *
 * Time and memory O(k), whatever `n` is. The method is a Fisher–Yates shuffle stopped after `k` steps (Durstenfeld,
 * 1964).
 */
export function sampleIndices(stream: Stream, n: number, k: number): number[] {
  if (!(n >= 0 && n <= 0x20000000000000) || n !== Math.floor(n)) {
    throw new RangeError(`n: expected an integer in [0, 2^53], got ${String(n)}; pass the size of the range`)
  }
  if (!(k >= 0 && k <= n && k < 0x100000000) || k !== Math.floor(k)) {
    throw new RangeError(
      `k: expected an integer in [0, ${String(n)}], got ${String(k)}; draw at most as many as there are`,
    )
  }
  return n <= 64 + 16 * k ? sampleDensely(stream, n, k) : sampleSparsely(stream, n, k)
}

/** The shuffle on an array of all `n`: quicker while `n` is a small multiple of `k`. */
function sampleDensely(stream: Stream, n: number, k: number): number[] {
  const order: number[] = []
  // A loop, since this is drawn for every proposal of an evolution: filling by a callback takes five times as long.
  for (let i = 0; i < n; i++) order.push(i)
  for (let i = 0; i < k; i++) {
    const j = i + stream.int(n - i)
    const drawn = order[j] as number // j is within [i, n)
    order[j] = order[i] as number // likewise
    order[i] = drawn
  }
  order.length = k
  return order
}

/** The same shuffle, with a record of those places only that no longer hold their own number. */
function sampleSparsely(stream: Stream, n: number, k: number): number[] {
  const moved = new Map<number, number>()
  const drawn: number[] = []
  for (let i = 0; i < k; i++) {
    const j = i + stream.int(n - i)
    drawn.push(moved.get(j) ?? j)
    moved.set(j, moved.get(i) ?? i)
  }
  return drawn
}
