import { regret, testAccuracy } from '../nasbench201/index.ts'
import type { AlgorithmName } from './algorithms.ts'
import { median } from './quantile.ts'
import type { Run } from './run.ts'

/** What the runs of one algorithm came to. These are the keys of the last line of `--json`. */
export interface SummaryRow {
  readonly algorithm: AlgorithmName
  /** Trials a run. */
  readonly trials: number
  /** Runs, one a seed. */
  readonly seeds: number
  /** Median over the runs of what the best cell lacks to the best of the table, in points of validation accuracy. */
  readonly medianRegret: number
  /** Share of the runs that found the best cell of the table, from 0 to 1. */
  readonly hitRate: number
  /** Median over the runs of the test accuracy of the cell that was best on validation, in percent. */
  readonly medianTest: number
  /** Trials a second of search time over all runs. */
  readonly trialsPerSecond: number
}

/**
 * The runs of each algorithm, in the order in which the algorithms first occur. Runs that were interrupted count only
 * where an algorithm has no complete one, so that one short run does not bend the figures of the others.
 */
export function groupRuns(runs: readonly Run[]): (readonly [Run, ...Run[]])[] {
  return [...Map.groupBy(runs, ({ algorithm }) => algorithm).values()].flatMap((group) => {
    const complete = group.filter((run) => run.complete)
    const [first, ...others] = complete.length > 0 ? complete : group
    return first === undefined ? [] : [[first, ...others] as const]
  })
}

/** One row for each algorithm that has a run. Figures are rounded to what is meaningful: 6 decimals, whole trials/s. */
export function summarize(runs: readonly Run[]): SummaryRow[] {
  return groupRuns(runs).map((group) => {
    const trials = group.reduce((sum, run) => sum + run.trials, 0)
    const milliseconds = group.reduce((sum, run) => sum + run.milliseconds, 0)
    return {
      algorithm: group[0].algorithm,
      trials: group.reduce((most, run) => Math.max(most, run.trials), 0),
      seeds: group.length,
      medianRegret: round(median(group.map(({ best, dataset }) => regret(best, { dataset })))),
      hitRate: round(group.filter(({ hit }) => hit).length / group.length),
      medianTest: round(median(group.map(({ best, dataset }) => testAccuracy(best, { dataset })))),
      trialsPerSecond: Math.round((trials * 1000) / Math.max(milliseconds, 0.001)),
    }
  })
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
