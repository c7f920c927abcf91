import type { Stream } from '../math/index.ts'
import type { Dna } from '../space/dna.ts'
import type { DnaSpace } from '../space/dna-space.ts'
import type { TrialStatus } from './event.ts'
import type { Metrics, Objectives } from './objective.ts'

/** What an algorithm is told of a trial that ended. */
export interface Ended {
  /** Number of the trial: its place among the proposals of the study, from 0. */
  readonly id: number
  /** What was tried. */
  readonly dna: Dna
  /** How it ended. */
  readonly status: TrialStatus
  /** All objectives and whatever else was measured; there for `ok` and `stopped`. */
  readonly values?: Metrics
}

/** One point to try. */
export interface Proposal {
  /** A point of the space that the algorithm was set up for. */
  readonly dna: Dna
}

/** What an algorithm works with: the same for the same study, whenever it is set up. */
export interface AlgorithmContext {
  /** What is to be optimised, and in which direction. */
  readonly objectives: Objectives
  /** Draws for proposal n come from `stream.child(n)`, so that one draw more in one place shifts nothing elsewhere. */
  readonly stream: Stream
}

/**
 * A search algorithm (rule T4): proposes points of a space and learns from results. It never sees programs.
 *
 * Contract, checked by `algorithmContract` of `mitten/testing`:
 *
 * - `setup` starts from nothing, however often it is called. An algorithm object serves one study at a time.
 * - What it does depends only on the space, the context and the order of calls. Recovery is replaying the log: the same
 *   calls in the same order give the same proposals, and there is no other state to save.
 * - `propose` gives 1 to `count` proposals; or `wait`, if it can't go on before trials in flight have ended; or `done`.
 *   Neither `wait` nor `done` changes its state.
 * - `feedback` comes at most once for each trial, in the order in which they ended (in that of the proposals if the study is
 *   `ordered`), also for trials without a result; some never end.
 *
 * All three may be asynchronous; no two calls overlap.
 */
export interface Algorithm {
  /**
   * Starts from nothing.
   *
   * @throws AlgorithmError if it can't search this space, or not for these objectives
   */
  setup(space: DnaSpace, context: AlgorithmContext): void | Promise<void>
  /** What to try next: 1 to `count` proposals, or why there are none. */
  propose(count: number): readonly Proposal[] | 'wait' | 'done' | Promise<readonly Proposal[] | 'wait' | 'done'>
  /** Learns of trials that ended. */
  feedback(ended: readonly Ended[]): void | Promise<void>
}
