import { ConstantSpaceError } from '../space/errors.ts'
import type { Program } from '../space/program.ts'
import type { Space } from '../space/space.ts'
import type { Algorithm } from './algorithm.ts'
import { AlgorithmSeat } from './algorithm-seat.ts'
import { AlgorithmError, InvalidRewardError, LeaseLostError, TrialNotEndedError } from './errors.ts'
import { type EndedEvent, type MeasuredEvent, Proposed, type StudyMeta } from './event.ts'
import { evaluateTrial } from './evaluate-trial.ts'
import { InFlight } from './in-flight.ts'
import { Journal, leaseLost } from './journal.ts'
import { memoryStore } from './memory-store.ts'
import { DEFAULT_OBJECTIVES, type Metrics, type Objectives, requireObjectives } from './objective.ts'
import { OpenTrial, type TrialHost } from './open-trial.ts'
import { requireCount } from './require-count.ts'
import type { BestTrial, Evaluation, RunOptions, Study, StudyOptions } from './study.ts'
import { StudyLog, type TrialRecord, type TrialState } from './study-log.ts'
import { requireOptions, requireSameStudy } from './study-settings.ts'
import type { Trial } from './trial.ts'

const DEFAULT_LEASE_MS = 60_000

/** How long to wait before looking again for what other processes have done. */
const POLL_MS = 50

let studies = 0

/** A name for this worker that no other has: the clock, a counter, and chance. Not part of any decision. */
function workerName(): string {
  return `${Date.now().toString(36)}-${(++studies).toString(36)}-${Math.random().toString(36).slice(2)}`
}

/** Who asks for a trial. */
interface Asker {
  readonly signal: AbortSignal
  /** How many trials the asker has in flight at most: in an ordered study, what may be unknown to the algorithm. */
  readonly window: number
  /** Whether the asker has no use for a trial any more. */
  isOver(): boolean
}

/** @internal The one implementation of {@link Study}; `sample` makes it. */
export class SpaceStudy<S> implements Study<Program<S>> {
  readonly #space: Space<S>
  readonly #options: StudyOptions
  readonly #objectives: Objectives
  readonly #name: string
  readonly #algorithm: Algorithm
  readonly #journal: Journal
  readonly #inFlight: InFlight
  /** What open trials see of this study. */
  readonly #host: TrialHost<S>
  readonly #single: Asker = { signal: new AbortController().signal, window: 1, isOver: () => false }
  #opened: Promise<AlgorithmSeat> | undefined = undefined

  constructor(space: Space<S>, algorithm: Algorithm, options: StudyOptions) {
    if (space.dna.isConstant) {
      throw new ConstantSpaceError({
        expected: 'a space with something to decide',
        got: space,
        gotText: 'a program without hyper values',
        remedy: 'put oneOf, manyOf, floatIn or intIn where values are to be searched, or check `where`',
      })
    }
    requireOptions(options)
    const { objectives = DEFAULT_OBJECTIVES, store = memoryStore(), name = 'study' } = options
    const { leaseMs = DEFAULT_LEASE_MS } = options
    this.#space = space
    this.#algorithm = algorithm
    this.#options = options
    this.#objectives = requireObjectives(objectives)
    this.#name = name
    const log = new StudyLog(space.dna, this.#objectives)
    this.#journal = new Journal(store, name, { worker: workerName(), leaseMs }, log)
    this.#inFlight = new InFlight(leaseMs, (id) => this.#journal.renew(id))
    this.#host = {
      space,
      objectives: this.#objectives,
      write: (event) => this.#write(event),
      release: (id) => this.#release(id),
    }
  }

  async ask(): Promise<Trial<Program<S>> | undefined> {
    return this.#ask(this.#single)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Trial<Program<S>>> {
    for (;;) {
      const trial = await this.#ask(this.#single)
      if (trial === undefined) return
      try {
        yield trial
        if (!trial.ended) throw notEnded(trial.id)
      } finally {
        // Leaving the loop in any way gives an open trial back.
        if (!trial.ended) await trial[Symbol.asyncDispose]()
      }
    }
  }

  async run(
    evaluate: (program: Program<S>, trial: Trial<Program<S>>) => Evaluation | Promise<Evaluation>,
    options: RunOptions = {},
  ): Promise<Study<Program<S>>> {
    const {
      trials = Number.MAX_SAFE_INTEGER,
      concurrency = 1,
      signal = this.#single.signal,
      onError = 'stop',
    } = options
    requireCount('concurrency', concurrency, 1)
    requireCount('trials', trials, 0)
    const failures: unknown[] = []
    const isOver = (): boolean => failures.length > 0 || signal.aborted
    const asker: Asker = { signal, window: concurrency, isOver }
    const fail = (error: unknown): void => {
      failures.push(error)
      this.#inFlight.ended.ring()
    }
    let asked = 0
    const work = async (): Promise<void> => {
      while (!isOver() && asked++ < trials) {
        const trial = await this.#ask(asker)
        if (trial === undefined) return
        await evaluateTrial(trial, evaluate, onError === 'stop' ? fail : () => undefined)
      }
    }
    // A worker that fails on its own (a broken algorithm or store) must not leave the others running unseen.
    await Promise.all(Array.from({ length: Math.min(concurrency, trials) }, () => work().catch(fail)))
    if (failures.length > 0) throw failures[0]
    signal.throwIfAborted()
    return this
  }

  async best(): Promise<BestTrial<Program<S>> | undefined> {
    const names = Object.keys(this.#objectives)
    if (names.length > 1) {
      throw new InvalidRewardError({
        path: 'best',
        expected: 'a study of a single objective',
        got: names,
        gotText: names.join(', '),
        remedy: 'call study.front() for the trials that no other dominates',
      })
    }
    const { best } = await this.#upToDate()
    return best === undefined ? undefined : this.#withProgram(best)
  }

  async front(): Promise<readonly BestTrial<Program<S>>[]> {
    const { front } = await this.#upToDate()
    return front.map((trial) => this.#withProgram(trial))
  }

  async trials(): Promise<readonly TrialRecord[]> {
    const { trials } = await this.#upToDate()
    return trials.map((trial) => trial.record)
  }

  #withProgram({ dna, ended }: TrialState): BestTrial<Program<S>> {
    // The best trial, and those of the front, have ended with a result.
    const { trial, values } = ended as EndedEvent & { readonly values: Metrics }
    return { id: trial, dna, values, program: this.#space.materialize(dna) }
  }

  /** Opens the study in its store and reads what is there: once, or again if that failed. */
  async #open(): Promise<AlgorithmSeat> {
    this.#opened ??= this.#openNow().catch((error: unknown) => {
      this.#opened = undefined
      throw error
    })
    return this.#opened
  }

  async #openNow(): Promise<AlgorithmSeat> {
    const wanted: StudyMeta = {
      format: 1,
      fingerprint: this.#space.dna.fingerprint,
      objectives: this.#objectives,
      seed: (this.#options.seed ?? 0) + 0,
      ordered: this.#options.ordered ?? false,
    }
    const meta = await this.#journal.open(wanted)
    requireSameStudy(this.#name, meta, wanted, this.#options)
    await this.#journal.readOn()
    return new AlgorithmSeat(this.#algorithm, this.#space.dna, meta, this.#journal.log)
  }

  async #upToDate(): Promise<StudyLog> {
    await this.#open()
    await this.#journal.exclusively(() => this.#journal.readOn())
    return this.#journal.log
  }

  async #ask(asker: Asker): Promise<OpenTrial<S> | undefined> {
    const seat = await this.#open()
    while (!asker.isOver()) {
      const next = await this.#journal.exclusively(() => this.#next(seat, asker))
      if (!(next instanceof OpenTrial)) {
        if (next === undefined) return undefined
        await next.change
        continue
      }
      if (!asker.isOver()) return next
      await next[Symbol.asyncDispose]()
    }
    return undefined
  }

  /** One try for a trial: one that was left lying, or a new one; else something to wait for, or nothing any more. */
  async #next(
    seat: AlgorithmSeat,
    asker: Asker,
  ): Promise<OpenTrial<S> | { readonly change: Promise<void> } | undefined> {
    const { log } = this.#journal
    const { trials = Infinity } = this.#options
    for (;;) {
      // What others have done comes first: it may be what the algorithm is waiting for.
      await this.#journal.readOn()
      const left = await this.#claimLeft()
      if (left !== undefined) return this.#openTrial(left, asker)
      if (log.trials.length >= trials) return undefined
      const proposal = await seat.propose(asker.window)
      if (proposal === 'done') return undefined
      if (proposal === 'wait') {
        if (log.pending === 0) throw waitsForNothing()
        // Trials in other hands end without a word to this process.
        const poll = log.pending > this.#inFlight.size ? POLL_MS : undefined
        return { change: this.#inFlight.ended.heard(asker.signal, poll) }
      }
      const id = log.trials.length
      const event = new Proposed(id, Date.now(), proposal.dna, proposal.told)
      if (await this.#journal.append(event)) return this.#openTrial(id, asker)
    }
  }

  /** Takes a pending trial that nobody works on. */
  async #claimLeft(): Promise<number | undefined> {
    // Those that are worked on here can come up too, if their lease ran out: each once, for that renews it.
    for (let own = this.#inFlight.size; own >= 0 && this.#journal.log.pending > this.#inFlight.size; own--) {
      const id = await this.#journal.claim()
      if (id === undefined || !this.#inFlight.has(id)) return id
    }
    return undefined
  }

  #openTrial(id: number, { signal }: Asker): OpenTrial<S> {
    const { dna } = this.#journal.log.trials[id] as TrialState
    this.#inFlight.add(id)
    return new OpenTrial(id, dna, signal, this.#host)
  }

  /** Writes an event of an open trial, after whatever others have written. */
  async #write(event: EndedEvent | MeasuredEvent): Promise<void> {
    const { trial } = event
    try {
      await this.#journal.exclusively(async () => {
        while (!(await this.#journal.append(event))) {
          if (this.#journal.log.trials[trial]?.ended !== undefined) throw leaseLost(trial)
        }
      })
    } catch (error) {
      if (error instanceof LeaseLostError) this.#inFlight.delete(trial)
      throw error
    }
    if (event.type === 'ended') this.#inFlight.delete(trial)
  }

  async #release(id: number): Promise<void> {
    try {
      await this.#journal.release(id)
    } finally {
      this.#inFlight.delete(id)
    }
  }
}

function notEnded(id: number): TrialNotEndedError {
  return new TrialNotEndedError({
    path: `trial ${id}`,
    expected: 'the current trial to have ended before the next one is asked for',
    got: undefined,
    gotText: 'a trial that is still open',
    remedy: 'call trial.done(reward), trial.skip(reason) or trial.fail(error), and await it',
  })
}

function waitsForNothing(): AlgorithmError {
  return new AlgorithmError({
    path: 'propose',
    expected: "proposals, or 'done'",
    got: 'wait',
    remedy: "an algorithm may answer 'wait' only while trials are in flight",
  })
}
