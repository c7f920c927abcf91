import { architectureString, rank, regret, testAccuracy } from '../nasbench201/index.ts'
import type { Run } from './run.ts'
import { summarize } from './summary.ts'

/** A run that ended, as one line of JSON. */
export function runLine(run: Run): string {
  const { algorithm, seed, dataset, trials, complete, best, steps, hit, milliseconds, digest } = run
  const last = steps.at(-1) ?? steps[0]
  return JSON.stringify({
    algorithm,
    seed,
    dataset,
    trials,
    complete,
    best: architectureString(best),
    foundAtTrial: last.trial,
    validation: round(last.value),
    test: round(testAccuracy(best, { dataset })),
    regret: round(regret(best, { dataset })),
    rank: rank(best, { dataset }),
    hit,
    milliseconds: Math.round(milliseconds * 100) / 100,
    digest,
  })
}

/** The last line: the summary over the runs. */
export function summaryLine(runs: readonly Run[]): string {
  return JSON.stringify({ summary: summarize(runs) })
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
