import { setImmediate } from 'node:timers/promises'
import type { StartOptions } from './options.ts'
import type { Progress } from './progress.ts'
import { runSearch } from './run.ts'
import type { Run } from './run.ts'

/** Which searches to run, and who watches. */
export interface RaceOptions extends Pick<StartOptions, 'algorithm' | 'trials' | 'seeds' | 'seed' | 'dataset'> {
  /** Ends the race after the current trial. */
  readonly signal: AbortSignal
  /** Told at most ten times a second how far all algorithms are. */
  readonly onProgress?: (progress: readonly Progress[]) => void
  /** Told of each search that went to its end. */
  readonly onRun?: (run: Run, progress: Progress) => void
}

/** How often the race lets the event loop run, so that signals, resizes and writes come through. */
const YIELD_MILLISECONDS = 25
const REDRAW_MILLISECONDS = 100

/**
 * Runs every algorithm with every seed, seed by seed, so that the algorithms can be compared at any moment.
 *
 * @returns the searches in the order they were run; the last may be incomplete when the race was interrupted
 */
export async function race(options: RaceOptions): Promise<Run[]> {
  const { algorithm: algorithms, trials, seeds, seed, dataset, signal, onProgress, onRun } = options
  const runs: Run[] = []
  const tallies = algorithms.map((algorithm) => ({
    algorithm,
    seedsDone: 0,
    seeds,
    trialsDone: 0,
    trials: trials * seeds,
    milliseconds: 0,
    best: undefined as number | undefined,
    hits: 0,
  }))
  let yielded = performance.now()
  let drawn = Number.NEGATIVE_INFINITY

  for (let offset = 0; offset < seeds; offset += 1) {
    for (const tally of tallies) {
      if (signal.aborted) return finish()
      const earlier = tally.milliseconds
      const run = await runSearch({
        algorithm: tally.algorithm,
        seed: seed + offset,
        trials,
        dataset,
        signal,
        onTrial(value, milliseconds) {
          tally.trialsDone += 1
          tally.milliseconds = earlier + milliseconds
          if (tally.best === undefined || value > tally.best) tally.best = value
          return performance.now() - yielded < YIELD_MILLISECONDS ? undefined : pause()
        },
      })
      if (run === undefined) continue
      runs.push(run)
      tally.milliseconds = earlier + run.milliseconds
      if (run.hit) tally.hits += 1
      if (run.complete) {
        tally.seedsDone += 1
        onRun?.(run, tally)
      }
    }
  }
  return finish()

  async function pause(): Promise<void> {
    await setImmediate()
    yielded = performance.now()
    if (yielded - drawn >= REDRAW_MILLISECONDS) {
      drawn = yielded
      onProgress?.(tallies)
    }
  }

  function finish(): Run[] {
    onProgress?.(tallies)
    return runs
  }
}
