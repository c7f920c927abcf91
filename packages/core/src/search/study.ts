import type { Dna } from '../space/dna.ts'
import type { Metrics, Objectives } from './objective.ts'
import type { Store } from './store.ts'
import type { TrialRecord } from './study-log.ts'
import type { Trial } from './trial.ts'

/** What a study can be told at its start. */
export interface StudyOptions {
  /** How many trials the study has in all, those of earlier runs and other workers included. No limit by default. */
  readonly trials?: number
  /** Any finite number; equal seeds give equal trials. 0 by default; an existing study keeps its own. */
  readonly seed?: number
  /** Where the study is kept. In memory by default. */
  readonly store?: Store
  /** The study's name in its store: opening it again resumes it. `study` by default. */
  readonly name?: string
  /** Metrics to optimise. `{ reward: 'max' }` by default. */
  readonly objectives?: Objectives
  /**
   * Whether the algorithm is told of results in the order of the proposals, so that concurrent runs repeat exactly. Then a
   * slow trial holds up those after it. False by default.
   */
  readonly ordered?: boolean
  /** How long a worker may be silent before its trial is given to another, in milliseconds. 60,000 by default. */
  readonly leaseMs?: number
}

/** How `study.run` works. */
export interface RunOptions {
  /** How many trials this run evaluates at most, those left over from earlier runs included. All by default. */
  readonly trials?: number
  /** How many trials are evaluated at once, at least 1. 1 by default. */
  readonly concurrency?: number
  /** Stops the run: trials in flight get it too, and those that throw because of it stay to be done. */
  readonly signal?: AbortSignal
  /**
   * After an evaluation that throws, or returns no finite number: `stop` the run with its error (the default), or
   * `continue`. The trial has failed in both cases.
   */
  readonly onError?: 'stop' | 'continue'
}

/** What an evaluation returns: the reward, metrics, or nothing if it ended the trial itself. */
export type Evaluation = number | Metrics | void

/** A trial with its program. */
export interface BestTrial<T> {
  /** Number of the trial. */
  readonly id: number
  /** The program it evaluated, made anew. */
  readonly program: T
  /** Its point of the space. */
  readonly dna: Dna
  /** Its result. */
  readonly values: Metrics
}

/**
 * A search: the trials of one space by one algorithm, kept in a store (rules T1–T5).
 *
 * It is iterable, `for await (const trial of study)`, which is the whole of a search flow; `ask` gives single trials, and
 * `run` evaluates all of them, several at once if wished.
 */
export interface Study<T> extends AsyncIterable<Trial<T>> {
  /**
   * The next trial: one that was left lying, or a new one; `undefined` when there are no more. Any number may be open at
   * once, but for an ordered study, which waits until those before have ended.
   *
   * @throws StudyMismatchError if the study exists with another space, objectives or seed; ReplayError if the algorithm
   *   does not go along with what is there; AlgorithmError if it breaks its contract
   */
  ask(): Promise<Trial<T> | undefined>
  /**
   * Evaluates the remaining trials. A result that comes after another worker has taken the trial over is dropped.
   *
   * @param evaluate - gets the program and the trial; its result ends the trial
   * @returns the study itself, when no trial is left
   * @throws the error of an evaluation (see `onError`), the signal's reason when aborted, what `ask` throws and what the
   *   store throws; each after the trials in flight have settled
   */
  run(
    evaluate: (program: T, trial: Trial<T>) => Evaluation | Promise<Evaluation>,
    options?: RunOptions,
  ): Promise<Study<T>>
  /** The best trial so far of a single objective; `undefined` before the first result. O(program). */
  best(): Promise<BestTrial<T> | undefined>
  /** The trials whose results no other result dominates, in order. O(trials × front). */
  front(): Promise<readonly BestTrial<T>[]>
  /** All trials in order, as they stand. O(trials and measurements). */
  trials(): Promise<readonly TrialRecord[]>
}
