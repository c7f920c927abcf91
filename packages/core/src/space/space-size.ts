import type { Branch, ManyPoint, Point } from './decision-point.ts'
import { gridSize } from './scale.ts'

/** The number of points of a space: exact, or `infinite` as soon as a float without a step is in it. */
export type SpaceSize = bigint | 'infinite'

/** How many DNA a branch has: the product over its points (rule G3). O(k·n) bigint operations for k of n. */
export function branchSize(branch: Branch): SpaceSize {
  let size = 1n
  for (const point of branch.points) {
    const factor = pointSize(point)
    if (factor === 'infinite') return 'infinite'
    size *= factor
  }
  return size
}

/** How many ways there are to decide a point, what depends on it included. */
function pointSize(point: Point): SpaceSize {
  switch (point.kind) {
    case 'float':
      return point.step === undefined
        ? point.min === point.max
          ? 1n
          : 'infinite'
        : gridCount(point.min, point.max, point.step)
    case 'int':
      return gridCount(point.min, point.max, point.step)
    case 'choice': {
      const sizes = finite(point.candidates.map(branchSize))
      return sizes === undefined ? 'infinite' : sum(sizes)
    }
    case 'many':
      return manySize(point)
  }
}

function gridCount(min: number, max: number, step: number): bigint {
  return BigInt(gridSize(min, max, step))
}

/**
 * With candidate sizes s: (Σs)^k for free choices; the k-th elementary symmetric polynomial e_k(s) for distinct sorted
 * ones, k!·e_k(s) for distinct ones in any order; the complete homogeneous polynomial h_k(s) for sorted ones with
 * repetition. e and h by the usual recurrences, one candidate at a time.
 */
function manySize({ choices, distinct, sorted }: ManyPoint): SpaceSize {
  const sizes = finite((choices[0]?.candidates ?? []).map(branchSize))
  if (sizes === undefined) return 'infinite'
  const k = choices.length
  if (!distinct && !sorted) return choices.reduce((product) => product * sum(sizes), 1n)
  const ways: bigint[] = [1n, ...Array.from({ length: k }, () => 0n)]
  for (const size of sizes) {
    if (distinct) for (let i = k; i >= 1; i--) ways[i] = at(ways, i) + at(ways, i - 1) * size
    else for (let i = 1; i <= k; i++) ways[i] = at(ways, i) + at(ways, i - 1) * size
  }
  let total = at(ways, k)
  if (distinct && !sorted) for (let i = 2n; i <= BigInt(k); i++) total *= i
  return total
}

function at(ways: readonly bigint[], i: number): bigint {
  return ways[i] as bigint
}

function sum(sizes: readonly bigint[]): bigint {
  return sizes.reduce((total, size) => total + size, 0n)
}

function finite(sizes: readonly SpaceSize[]): readonly bigint[] | undefined {
  return sizes.every((size) => size !== 'infinite') ? sizes : undefined
}
