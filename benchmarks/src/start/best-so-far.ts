import type { AlgorithmName } from './algorithms.ts'
import { quantile } from './quantile.ts'
import type { Run } from './run.ts'

/** The best value so far of several runs of one algorithm: the median and the spread over the runs. */
export interface Curve {
  readonly algorithm: AlgorithmName
  /** How many runs it is drawn from. */
  readonly runs: number
  /** Numbers of trials, ascending, from 1; the other three arrays have a value for each. */
  readonly trials: readonly number[]
  readonly lower: readonly number[]
  readonly median: readonly number[]
  readonly upper: readonly number[]
}

/**
 * The median and the quartiles over the runs of one algorithm, at evenly spaced numbers of trials.
 *
 * @param runs - runs of one algorithm, at least one; the curve ends where the shortest of them does
 * @param points - the most positions to work out; O(points × runs × log runs)
 */
export function summarizeCurve(runs: readonly [Run, ...Run[]], points: number): Curve {
  const last = runs.reduce((least, { trials }) => Math.min(least, trials), Number.POSITIVE_INFINITY)
  const trials = evenly(last, Math.max(points, 2))
  const next = runs.map(() => 0)
  const lower: number[] = []
  const median: number[] = []
  const upper: number[] = []
  const values = new Float64Array(runs.length)
  for (const trial of trials) {
    for (const [index, { steps }] of runs.entries()) {
      let at = next[index] ?? 0
      for (let step = steps[at + 1]; step !== undefined && step.trial <= trial; step = steps[at + 1]) at += 1
      next[index] = at
      values[index] = (steps[at] ?? steps[0]).value
    }
    const ascending = values.toSorted()
    lower.push(quantile(ascending, 0.25))
    median.push(quantile(ascending, 0.5))
    upper.push(quantile(ascending, 0.75))
  }
  return { algorithm: runs[0].algorithm, runs: runs.length, trials, lower, median, upper }
}

/** At most `points` different whole numbers from 1 to `last`, both ends included. */
function evenly(last: number, points: number): number[] {
  if (last <= points) return Array.from({ length: last }, (_, index) => index + 1)
  return Array.from({ length: points }, (_, index) => 1 + Math.round((index * (last - 1)) / (points - 1)))
}
