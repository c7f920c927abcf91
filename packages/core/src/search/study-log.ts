import type { Dna } from '../space/dna.ts'
import type { DnaSpace } from '../space/dna-space.ts'
import { StoreDamagedError } from './errors.ts'
import type { StudyEvent, TrialStatus } from './event.ts'
import { dominates, isBetter, type Metrics, type Objectives } from './objective.ts'

/** An intermediate result. */
export interface Measurement {
  readonly step: number
  readonly values: Metrics
}

/** What is known of a trial. */
export interface TrialRecord {
  /** From 0, in the order of the proposals. */
  readonly id: number
  readonly dna: Dna
  readonly status: 'pending' | TrialStatus
  /** The result, for `ok` and `stopped`. */
  readonly values: Metrics | undefined
  readonly measurements: readonly Measurement[]
  /** Why it was skipped or failed. */
  readonly reason: string | undefined
  /** When it was proposed and when it ended, in milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number | undefined
}

const NONE: readonly Measurement[] = []

/** A study as its log tells it: the projection that everything about a study is read from. O(1) an event. */
export class StudyLog {
  readonly trials: TrialRecord[] = []
  /** Numbers of ended trials in the order in which they ended. */
  readonly ended: number[] = []
  /** For each trial, of how many ended ones the algorithm knew when it proposed it. */
  readonly told: number[] = []
  /** How many events have been applied. */
  sequence = 0
  private readonly space: DnaSpace
  private readonly objectives: Objectives
  private bestId: number | undefined = undefined

  constructor(space: DnaSpace, objectives: Objectives) {
    this.space = space
    this.objectives = objectives
  }

  /** Number of trials that have not ended. */
  get pending(): number {
    return this.trials.length - this.ended.length
  }

  /**
   * The best trial of a single objective; the earlier one of equals. O(1).
   */
  get best(): TrialRecord | undefined {
    return this.bestId === undefined ? undefined : this.trials[this.bestId]
  }

  /** The trials whose results no other result dominates, in order. O(n·f) for f of n trials in the front so far. */
  get front(): readonly TrialRecord[] {
    const front: TrialRecord[] = []
    for (const trial of this.trials) {
      const { values } = trial
      if (values === undefined || front.some((one) => dominates(one.values as Metrics, values, this.objectives)))
        continue
      const kept = front.filter((one) => !dominates(values, one.values as Metrics, this.objectives))
      front.splice(0, front.length, ...kept, trial)
    }
    return front
  }

  /** @throws StoreDamagedError if the event can't follow those before it */
  apply(event: StudyEvent): void {
    if (event.type === 'proposed') this.propose(event)
    else this.change(event)
    this.sequence++
  }

  private propose(event: StudyEvent & { type: 'proposed' }): void {
    if (event.trial !== this.trials.length) throw this.impossible(event, `trial ${this.trials.length}`)
    this.told.push(event.told)
    this.trials.push({
      id: event.trial,
      dna: typeof event.dna === 'string' ? this.space.parse(event.dna) : event.dna,
      status: 'pending',
      values: undefined,
      measurements: NONE,
      reason: undefined,
      startedAt: event.at,
      endedAt: undefined,
    })
  }

  private change(event: Exclude<StudyEvent, { type: 'proposed' }>): void {
    const trial = this.trials[event.trial]
    if (trial === undefined || trial.status !== 'pending') throw this.impossible(event, 'a pending trial')
    if (event.type === 'measured') {
      const { step, values } = event
      this.trials[trial.id] = { ...trial, measurements: [...trial.measurements, { step, values }] }
      return
    }
    const { status, values, reason, at } = event
    this.trials[trial.id] = { ...trial, status, values, reason, endedAt: at }
    this.ended.push(trial.id)
    if (values !== undefined) this.compareToBest(trial.id, values)
  }

  private compareToBest(id: number, values: Metrics): void {
    const [objective] = Object.entries(this.objectives)
    if (objective === undefined) return
    const [name, direction] = objective
    const best = this.best?.values?.[name]
    const value = values[name] as number
    // Trials end in any order: of equals, the one proposed first counts, so that a resumed study agrees.
    const isEarlier = value === best && id < (this.bestId as number)
    if (best === undefined || isBetter(value, best, direction) || isEarlier) this.bestId = id
  }

  private impossible(event: StudyEvent, expected: string): StoreDamagedError {
    return new StoreDamagedError({
      path: `event ${this.sequence}`,
      expected,
      got: event,
      gotText: `${event.type} of trial ${event.trial}`,
      remedy: 'the log was changed by something else than a study; restore it from a copy',
    })
  }
}
