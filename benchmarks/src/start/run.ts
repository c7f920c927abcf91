import { createHash } from 'node:crypto'
import { sample } from 'mitten'
import { cellEdges, cellKey, evaluate, optimum, space } from '../nasbench201/index.ts'
import type { CellEdges, Dataset } from '../nasbench201/index.ts'
import { ALGORITHMS } from './algorithms.ts'
import type { AlgorithmName } from './algorithms.ts'

/** One improvement of the best value: from this trial on, until the next step. */
export interface Step {
  /** The number of the trial, from 1. */
  readonly trial: number
  /** Validation accuracy in percent. */
  readonly value: number
}

/** What one search, one algorithm with one seed, came to. */
export interface Run {
  readonly algorithm: AlgorithmName
  readonly seed: number
  readonly dataset: Dataset
  /** Trials that ended; less than asked for when the search was interrupted or the space was exhausted. */
  readonly trials: number
  /** Whether the search went to its end. */
  readonly complete: boolean
  /** The best cell by validation accuracy, the first one where several share it. */
  readonly best: CellEdges
  /** Best-so-far validation accuracy as a step function, at least one step. */
  readonly steps: readonly [Step, ...Step[]]
  /** Whether the best cell of the whole table was among the trials. */
  readonly hit: boolean
  /** Time spent searching, without what was spent on showing it. */
  readonly milliseconds: number
  /** SHA-256 over the DNA of all trials in order, one a line; 16 hexadecimal digits. Equal digests: equal searches. */
  readonly digest: string
}

/** What to search with. */
export interface RunOptions {
  readonly algorithm: AlgorithmName
  readonly seed: number
  /** How many trials, at least 1. */
  readonly trials: number
  readonly dataset: Dataset
  /** Ends the search after the current trial. */
  readonly signal: AbortSignal
  /**
   * Told of each trial that ended. A promise it returns is awaited, and not counted as search time: this is where a
   * caller redraws and lets signals through.
   */
  readonly onTrial?: (value: number, milliseconds: number) => Promise<void> | undefined
}

/**
 * Runs one search over the cells of NAS-Bench-201 with the validation accuracy as its reward.
 *
 * @returns undefined when it was interrupted before its first trial ended
 */
export async function runSearch(options: RunOptions): Promise<Run | undefined> {
  const { algorithm, seed, dataset, signal, onTrial } = options
  const digest = createHash('sha256')
  const steps: Step[] = []
  let trials = 0
  let best = Number.NEGATIVE_INFINITY
  let bestKey = 0
  let complete = true
  let paused = 0
  const start = performance.now()

  const study = sample(space(), ALGORITHMS[algorithm].create(), { trials: options.trials, seed })
  for await (const trial of study) {
    const value = evaluate(trial.program, { dataset })
    await trial.done(value)
    trials += 1
    digest.update(`${trial.dna.toString()}\n`)
    if (value > best) {
      best = value
      bestKey = cellKey(trial.program)
      steps.push({ trial: trials, value })
    }
    if (onTrial !== undefined) {
      const before = performance.now()
      const pause = onTrial(value, before - start - paused)
      if (pause !== undefined) {
        await pause
        paused += performance.now() - before
      }
    }
    if (signal.aborted) {
      complete = trials === options.trials
      break
    }
  }

  const milliseconds = performance.now() - start - paused
  const [first, ...others] = steps
  if (first === undefined) return undefined
  return {
    algorithm,
    seed,
    dataset,
    trials,
    complete,
    best: cellEdges(bestKey),
    steps: [first, ...others],
    hit: best >= optimum({ dataset }),
    milliseconds,
    digest: digest.digest('hex').slice(0, 16),
  }
}
