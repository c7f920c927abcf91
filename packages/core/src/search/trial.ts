// Consumers may compile with a library of types that does not know `Symbol.asyncDispose` yet.
/// <reference lib="esnext.disposable" preserve="true" />
import type { Dna } from '../space/dna.ts'
import type { Metrics } from './objective.ts'

/** A trial that is being evaluated. End it by exactly one of `done`, `skip` and `fail`. */
export interface Trial<T> extends AsyncDisposable {
  /** Number among the trials of the study, from 0. */
  readonly id: number
  /** Its point of the space. */
  readonly dna: Dna
  /** The program to evaluate, made when it is first read. It is yours: change it as you like. */
  readonly program: T
  /** Aborted when the run that evaluates the trial is. */
  readonly signal: AbortSignal
  /** Whether the trial is out of your hands: it has ended, was given back, or another worker has taken it over. */
  readonly ended: boolean
  /**
   * Records an intermediate result.
   *
   * @param at - `step`: how far the trial has come, in whatever unit, ≥ 0. A step that is not beyond the last one begins
   *   again from there: what was reported from that step on counts no more
   * @returns whether to stop here: then call `skip`, or `done` with what there is
   * @throws InvalidRewardError for values that are no finite numbers, TrialStateError after the end, LeaseLostError if
   *   another worker has taken the trial over
   */
  report(values: number | Metrics, at: { readonly step: number }): Promise<{ readonly stop: boolean }>
  /**
   * Ends the trial with its result: the reward, or metrics by name, all objectives among them.
   *
   * If the store fails, the trial goes on, and its end can be tried again.
   *
   * @throws InvalidRewardError (and the trial goes on) for values that are no finite numbers; TrialStateError if it has
   *   ended, LeaseLostError if another worker has taken it over
   */
  done(result: number | Metrics): Promise<void>
  /** Ends the trial without a result: it turned out not to be worth one. */
  skip(reason?: string): Promise<void>
  /** Ends the trial as failed, with the error's message on record. */
  fail(error: unknown): Promise<void>
  /** Gives the trial back if it has not ended: it stays to be done, by whoever asks next. */
  [Symbol.asyncDispose](): Promise<void>
}
