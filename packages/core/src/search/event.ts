import type { Dna } from '../space/dna.ts'
import type { Metrics, Objectives } from './objective.ts'

/*
 * The log of a study (rule T3): what happened, in order. Everything else about a study is computed from it.
 *
 * Events are data: a store keeps them as they are, or as `JSON.stringify` writes them. That form is permanent.
 */

/** How a trial ended. `stopped`: by a policy, on the way, with its last measurement as its result. */
export type TrialStatus = 'ok' | 'failed' | 'skipped' | 'stopped'

/** The algorithm proposed a trial. */
export interface ProposedEvent {
  /** Tells the kinds of event apart. */
  readonly type: 'proposed'
  /** Number of the trial. */
  readonly trial: number
  /** Milliseconds since 1970, by the clock of the process; information only. */
  readonly at: number
  /** Canonical text; in memory the DNA itself may stand for it. */
  readonly dna: string | Dna
  /** The decisions by id, for people and tables. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>
  /** How many ended trials the algorithm had been told of. */
  readonly told: number
}

/** A trial reported an intermediate result. */
export interface MeasuredEvent {
  /** Tells the kinds of event apart. */
  readonly type: 'measured'
  /** Number of the trial. */
  readonly trial: number
  /** Milliseconds since 1970; information only. */
  readonly at: number
  /** How far the trial had come, in its own unit. */
  readonly step: number
  /** What was measured. */
  readonly values: Metrics
}

/** A trial ended. */
export interface EndedEvent {
  /** Tells the kinds of event apart. */
  readonly type: 'ended'
  /** Number of the trial. */
  readonly trial: number
  /** Milliseconds since 1970; information only. */
  readonly at: number
  /** How it ended. */
  readonly status: TrialStatus
  /** Its result, for `ok` and `stopped`. */
  readonly values?: Metrics
  /** Why it was skipped, or the message of the error it failed with. */
  readonly reason?: string
}

/** An event of a study. */
export type StudyEvent = ProposedEvent | MeasuredEvent | EndedEvent

/** What a study is about: fixed when it is first opened. */
export interface StudyMeta {
  /** Version of the event format. */
  readonly format: 1
  /** Of the space. */
  readonly fingerprint: string
  /** What is optimised. */
  readonly objectives: Objectives
  /** What every random choice is derived from. */
  readonly seed: number
  /** Whether the algorithm is told of results in the order of the proposals. */
  readonly ordered: boolean
}

/** A proposal as it is kept in memory: small, and written out in full only where a store writes it. */
export class Proposed implements ProposedEvent {
  readonly type = 'proposed'
  readonly trial: number
  readonly at: number
  readonly dna: Dna
  readonly told: number

  constructor(trial: number, at: number, dna: Dna, told: number) {
    this.trial = trial
    this.at = at
    this.dna = dna
    this.told = told
  }

  toJSON(): ProposedEvent {
    const { type, trial, at, dna, told } = this
    return { type, trial, at, dna: dna.toString(), parameters: dna.parameters, told }
  }
}
