import { MittenError } from '../symbolic/errors.ts'

/** The next trial was asked for while the current one is still open. */
export class TrialNotEndedError extends MittenError {
  readonly code = 'trial-not-ended'
}

/** A trial that has ended was used as if it had not. */
export class TrialStateError extends MittenError {
  readonly code: string = 'trial-state'
}

/** A result or measurement for a trial that another worker has taken over, after its lease ran out (rule D2). */
export class LeaseLostError extends TrialStateError {
  override readonly code = 'lease-lost'
}

/** A reward or metric that is no finite number, or objectives that do not fit: none, unknown directions, one too many. */
export class InvalidRewardError extends MittenError {
  readonly code = 'invalid-reward'
}

/**
 * An algorithm that cannot search this space or for these objectives, or that breaks its contract: throws, proposes nothing,
 * waits for nothing, or proposes something of another space.
 */
export class AlgorithmError extends MittenError {
  readonly code = 'algorithm'
}

/** A study of this name exists with another space, other objectives or another seed. */
export class StudyMismatchError extends MittenError {
  readonly code = 'study-mismatch'
}

/** The algorithm does not propose again what the log says it proposed: it, or its options, must have changed. */
export class ReplayError extends MittenError {
  readonly code = 'replay'
}

/** What a store holds cannot be read, or does not fit together. */
export class StoreDamagedError extends MittenError {
  readonly code = 'store-damaged'
}
