/**
 * Search: trials of a space, proposed by an algorithm and kept in a store.
 *
 * - A *study* is an ordered log of *events* (proposed, measured, ended). Everything else is computed from it, and the state
 *   of an algorithm is what replaying the log makes of it.
 * - A *trial* is one proposed DNA on its way to a result. A *lease* says which *worker* has it.
 * - An *algorithm* sees DNA and results, never programs. A *store* keeps events, and knows nothing of either.
 *
 * | file                                | what                                                         |
 * | ----------------------------------- | ------------------------------------------------------------ |
 * | `study.ts`, `trial.ts`              | what a user holds                                            |
 * | `space-study.ts`, `open-trial.ts`   | what is behind it                                            |
 * | `study-log.ts`, `journal.ts`        | the log as trials, the best one, the front; the log in its store |
 * | `algorithm.ts`, `algorithm-seat.ts` | the contract, and how an algorithm is led along the log      |
 * | `store.ts`, `lease-table.ts`, `memory-store.ts` | the contract, and the store in memory            |
 * | `event.ts`, `objective.ts`          | what is logged, what is better                               |
 *
 * It imports `space`, `symbolic` and `math`. Rules T1–T5 and D1–D3 of docs/spec.md.
 */
export type { Algorithm, AlgorithmContext, Ended, Proposal } from './algorithm.ts'
export {
  AlgorithmError,
  InvalidRewardError,
  LeaseLostError,
  ReplayError,
  StoreDamagedError,
  StudyMismatchError,
  TrialNotEndedError,
  TrialStateError,
} from './errors.ts'
export type { EndedEvent, MeasuredEvent, ProposedEvent, StudyEvent, StudyMeta, TrialStatus } from './event.ts'
export { memoryStore } from './memory-store.ts'
export type { Direction, Metrics, Objectives } from './objective.ts'
export type { Claim, Store } from './store.ts'
export type { BestTrial, Evaluation, RunOptions, Study, StudyOptions } from './study.ts'
export type { Measurement, TrialRecord } from './study-log.ts'
export type { Trial } from './trial.ts'
