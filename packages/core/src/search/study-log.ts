import type { Dna } from '../space/dna.ts'
import type { DnaSpace } from '../space/dna-space.ts'
import { StoreDamagedError } from './errors.ts'
import type { EndedEvent, MeasuredEvent, ProposedEvent, StudyEvent, TrialStatus } from './event.ts'
import { dominates, isBetter, type Metrics, type Objectives } from './objective.ts'

/** An intermediate result. */
export interface Measurement {
  /** How far the trial had come, in its own unit. */
  readonly step: number
  /** What was measured. */
  readonly values: Metrics
}

/** What is known of a trial. */
export interface TrialRecord {
  /** From 0, in the order of the proposals. */
  readonly id: number
  /** What was tried. */
  readonly dna: Dna
  /** How it ended, or `pending`. */
  readonly status: 'pending' | TrialStatus
  /** The result, for `ok` and `stopped`. */
  readonly values: Metrics | undefined
  /** Intermediate results, by rising step. */
  readonly measurements: readonly Measurement[]
  /** Why it was skipped or failed. */
  readonly reason: string | undefined
  /** When it was proposed, in milliseconds since 1970. */
  readonly startedAt: number
  /** When it ended, in milliseconds since 1970. */
  readonly endedAt: number | undefined
}

/** What the log says of a trial: its events, nothing copied out of them. */
export class TrialState {
  readonly dna: Dna
  readonly proposed: ProposedEvent
  ended: EndedEvent | undefined = undefined
  measured: MeasuredEvent[] | undefined = undefined

  constructor(dna: Dna, proposed: ProposedEvent) {
    this.dna = dna
    this.proposed = proposed
  }

  /**
   * Takes note of a measurement. Steps go up: one that does not comes from an evaluation that began again, after the one
   * before it was cut short, and what that one measured from here on counts no more. O(1), amortised.
   */
  measure(event: MeasuredEvent): void {
    const measured = (this.measured ??= [])
    while (measured.length > 0 && (measured.at(-1) as MeasuredEvent).step >= event.step) measured.pop()
    measured.push(event)
  }

  /** A record of how things stand, which later events do not change. */
  get record(): TrialRecord {
    const { dna, proposed, ended, measured = [] } = this
    return {
      id: proposed.trial,
      dna,
      status: ended?.status ?? 'pending',
      values: ended?.values,
      measurements: measured.map(({ step, values }) => ({ step, values })),
      reason: ended?.reason,
      startedAt: proposed.at,
      endedAt: ended?.at,
    }
  }
}

/** A study as its log tells it: the projection that everything about a study is read from. O(1) an event. */
export class StudyLog {
  readonly trials: TrialState[] = []
  /** Numbers of ended trials in the order in which they ended. */
  readonly ended: number[] = []
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
  get best(): TrialState | undefined {
    return this.bestId === undefined ? undefined : this.trials[this.bestId]
  }

  /** The trials whose results no other result dominates, in order. O(n·f) for f of n trials in the front so far. */
  get front(): readonly TrialState[] {
    let front: TrialState[] = []
    for (const trial of this.trials) {
      const values = trial.ended?.values
      if (values === undefined || front.some((one) => dominates(valuesOf(one), values, this.objectives))) continue
      front = front.filter((one) => !dominates(values, valuesOf(one), this.objectives))
      front.push(trial)
    }
    return front
  }

  /** @throws StoreDamagedError if the event can't follow those before it */
  apply(event: StudyEvent): void {
    if (event.type === 'proposed') this.propose(event)
    else this.change(event)
    this.sequence++
  }

  private propose(event: ProposedEvent): void {
    if (event.trial !== this.trials.length) throw this.impossible(event, `trial ${this.trials.length}`)
    this.trials.push(new TrialState(this.read(event.dna), event))
  }

  private change(event: MeasuredEvent | EndedEvent): void {
    const trial = this.trials[event.trial]
    if (trial === undefined || trial.ended !== undefined) throw this.impossible(event, 'a pending trial')
    if (event.type === 'measured') {
      trial.measure(event)
      return
    }
    trial.ended = event
    this.ended.push(event.trial)
    if (event.values !== undefined) this.compareToBest(event.trial, event.values)
  }

  /** The DNA of an event as one of this study's very space: other studies in this process put their own in memory. */
  private read(dna: string | Dna): Dna {
    if (typeof dna === 'string') return this.space.parse(dna)
    return dna.space === this.space ? dna : this.space.dna(dna.genes)
  }

  private compareToBest(id: number, values: Metrics): void {
    const [objective] = Object.entries(this.objectives)
    if (objective === undefined) return
    const [name, direction] = objective
    const best = this.best?.ended?.values?.[name]
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

/** The result of a trial that is known to have one. */
function valuesOf(trial: TrialState): Metrics {
  return (trial.ended as EndedEvent).values as Metrics
}
