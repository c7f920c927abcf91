import type { Dna } from '../space/dna.ts'
import { ConstantSpaceError } from '../space/errors.ts'
import { type Space } from '../space/space.ts'
import type { Program } from '../space/program.ts'
import type { Algorithm } from './algorithm.ts'
import { AlgorithmSeat } from './algorithm-seat.ts'
import {
  AlgorithmError,
  InvalidRewardError,
  LeaseLostError,
  StudyMismatchError,
  TrialNotEndedError,
  TrialStateError,
} from './errors.ts'
import {
  type EndedEvent,
  type MeasuredEvent,
  Proposed,
  type StudyEvent,
  type StudyMeta,
  type TrialStatus,
} from './event.ts'
import { memoryStore } from './memory-store.ts'
import { DEFAULT_OBJECTIVES, type Metrics, type Objectives, requireObjectives, toMetrics } from './objective.ts'
import type { Claim, Store } from './store.ts'
import { StudyLog, type TrialRecord, type TrialState } from './study-log.ts'
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
  /** How many trials are evaluated at once, at least 1. 1 by default. */
  readonly concurrency?: number
  /** Stops the run: trials in flight get it too, and those that throw because of it stay to be done. */
  readonly signal?: AbortSignal
  /** After an evaluation that throws: `stop` the run with its error (the default), or `continue`. It counts as failed in both. */
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
   * The next trial; `undefined` when there are no more. Any number may be open at once.
   *
   * @throws StudyMismatchError if the study exists with another space, objectives or seed; what the algorithm throws
   */
  ask(): Promise<Trial<T> | undefined>
  /**
   * Evaluates the remaining trials.
   *
   * @param evaluate - gets the program and the trial; its result ends the trial
   * @returns the study itself, when no trial is left
   * @throws the signal's reason when aborted, after the trials in flight have settled; the error of an evaluation (see
   *   `onError`)
   */
  run(
    evaluate: (program: T, trial: Trial<T>) => Evaluation | Promise<Evaluation>,
    options?: RunOptions,
  ): Promise<Study<T>>
  /** The best trial so far of a single objective; `undefined` before the first result. O(program). */
  best(): Promise<BestTrial<T> | undefined>
  /** The trials whose results no other result dominates. */
  front(): Promise<readonly BestTrial<T>[]>
  /** All trials in order, as they stand. */
  trials(): Promise<readonly TrialRecord[]>
}

const DEFAULT_LEASE_MS = 60_000

/** How long to wait before looking again for results of other processes. */
const POLL_MS = 50

let studies = 0

/** A name for this worker that no other has: the clock, a counter, and chance. Not part of any decision. */
function workerName(): string {
  return `${Date.now().toString(36)}-${(++studies).toString(36)}-${Math.random().toString(36).slice(2)}`
}

/** @internal The one implementation of {@link Study}; `sample` makes it. */
export class SpaceStudy<S> implements Study<Program<S>> {
  readonly #space: Space<S>
  readonly #options: StudyOptions
  readonly #objectives: Objectives
  readonly #store: Store
  readonly #name: string
  readonly #claim: Claim
  readonly #log: StudyLog
  readonly #algorithm: Algorithm
  /** What open trials see of this study. */
  readonly #host: TrialHost<S>
  readonly #neverAborted = new AbortController().signal
  readonly #inFlight = new Map<number, OpenTrial<S>>()
  #opened: Promise<AlgorithmSeat> | undefined = undefined
  /** The end of the queue of those who write: the log is read and appended to by one at a time. */
  #last: Promise<unknown> = Promise.resolve()
  #wake: (() => void)[] = []
  #renewal: unknown = undefined

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
    this.#space = space
    this.#algorithm = algorithm
    this.#options = options
    this.#objectives = requireObjectives(options.objectives ?? DEFAULT_OBJECTIVES)
    this.#store = options.store ?? memoryStore()
    this.#name = options.name ?? 'study'
    this.#claim = { worker: workerName(), leaseMs: options.leaseMs ?? DEFAULT_LEASE_MS }
    this.#log = new StudyLog(space.dna, this.#objectives)
    this.#host = {
      space,
      objectives: this.#objectives,
      write: (event) => this.#write(event),
      release: (id) => this.#release(id),
    }
  }

  async ask(): Promise<Trial<Program<S>> | undefined> {
    return this.#ask(this.#neverAborted, 1)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Trial<Program<S>>> {
    for (;;) {
      const trial = await this.#ask(this.#neverAborted, 1)
      if (trial === undefined) return
      try {
        yield trial
        if (!trial.ended) {
          throw new TrialNotEndedError({
            path: `trial ${trial.id}`,
            expected: 'the current trial to have ended before the next one is asked for',
            got: undefined,
            gotText: 'a trial that is still open',
            remedy: 'call trial.done(reward), trial.skip(reason) or trial.fail(error), and await it',
          })
        }
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
    const { concurrency = 1, signal = this.#neverAborted, onError = 'stop' } = options
    if (!Number.isSafeInteger(concurrency) || concurrency < 1)
      throw optionError('concurrency', 'an integer of at least 1', concurrency)
    const failures: unknown[] = []
    const work = async (): Promise<void> => {
      while (failures.length === 0 && !signal.aborted) {
        const trial = await this.#ask(signal, concurrency)
        if (trial === undefined) return
        const failure = await evaluateTrial(trial, evaluate)
        if (failure !== undefined && onError === 'stop') failures.push(failure.error)
      }
    }
    // A worker that fails on its own (a broken algorithm or store) must not leave the others running unseen.
    const workers = Array.from({ length: concurrency }, () =>
      work().catch((error: unknown) => {
        failures.push(error)
        this.#wakeAll()
      }),
    )
    await Promise.all(workers)
    if (failures.length > 0) throw failures[0]
    signal.throwIfAborted()
    return this
  }

  async best(): Promise<BestTrial<Program<S>> | undefined> {
    await this.#sync()
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
    const best = this.#log.best
    return best === undefined ? undefined : this.#withProgram(best)
  }

  async front(): Promise<readonly BestTrial<Program<S>>[]> {
    await this.#sync()
    return this.#log.front.map((trial) => this.#withProgram(trial))
  }

  async trials(): Promise<readonly TrialRecord[]> {
    await this.#sync()
    return this.#log.trials.map((trial) => trial.record)
  }

  #withProgram({ dna, ended }: TrialState): BestTrial<Program<S>> {
    // The best trial, and those of the front, have ended with a result.
    const { trial, values } = ended as EndedEvent & { readonly values: Metrics }
    return { id: trial, dna, values, program: this.#space.materialize(dna) }
  }

  /** Opens the study in its store once, and reads what is there. */
  async #open(): Promise<AlgorithmSeat> {
    this.#opened ??= (async () => {
      const wanted: StudyMeta = {
        format: 1,
        fingerprint: this.#space.dna.fingerprint,
        objectives: this.#objectives,
        seed: this.#options.seed ?? 0,
        ordered: this.#options.ordered ?? false,
      }
      const { meta } = await this.#store.open(this.#name, wanted)
      requireSameStudy(this.#name, meta, wanted, this.#options)
      await this.#readOn()
      return new AlgorithmSeat(this.#algorithm, this.#space.dna, meta, this.#log)
    })()
    return this.#opened
  }

  async #sync(): Promise<void> {
    await this.#open()
    await this.#exclusively(() => this.#readOn())
  }

  async #readOn(): Promise<void> {
    for await (const event of this.#store.read(this.#name, this.#log.sequence)) this.#log.apply(event)
  }

  /** Runs one piece of work after all that were asked for before it. */
  #exclusively<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }

  async #ask(signal: AbortSignal, window: number): Promise<OpenTrial<S> | undefined> {
    const seat = await this.#open()
    for (;;) {
      if (signal.aborted) return undefined
      const next = await this.#exclusively(() => this.#next(seat, window, signal))
      if (next === 'done') return undefined
      if (next !== 'wait') return next
      await this.#change(signal)
    }
  }

  /** One try for a trial: one that was left lying, or a new one. */
  async #next(seat: AlgorithmSeat, window: number, signal: AbortSignal): Promise<OpenTrial<S> | 'wait' | 'done'> {
    for (;;) {
      if (this.#log.pending > this.#inFlight.size) {
        const id = await this.#store.claim(this.#name, this.#claim)
        if (id !== undefined) {
          if (this.#log.trials[id] === undefined) await this.#readOn()
          return this.#openTrial(id, signal)
        }
      }
      const { trials } = this.#options
      if (trials !== undefined && this.#log.trials.length >= trials) return 'done'
      const proposal = await seat.propose(window)
      if (proposal === 'done') return 'done'
      if (proposal === 'wait') {
        if (this.#log.pending === 0) throw waitsForNothing()
        return 'wait'
      }
      const id = this.#log.trials.length
      if (await this.#append(new Proposed(id, Date.now(), proposal.dna, proposal.told)))
        return this.#openTrial(id, signal)
      // Another process was faster: its events come first, and the algorithm goes along with them.
      seat.reset()
      await this.#readOn()
    }
  }

  /** Appends an event and applies it; `false` if others have written meanwhile. */
  async #append(event: StudyEvent): Promise<boolean> {
    const answer = await this.#store.append(this.#name, this.#log.sequence, [event], this.#claim)
    if (answer === 'conflict') return false
    if (answer === 'lost') throw leaseLost(event.trial)
    this.#log.apply(event)
    return true
  }

  #openTrial(id: number, signal: AbortSignal): OpenTrial<S> {
    const { dna } = this.#log.trials[id] as TrialState
    const trial = new OpenTrial(id, dna, signal, this.#host)
    this.#inFlight.set(id, trial)
    this.#keepAlive()
    return trial
  }

  /** Writes an event of an open trial, after whatever others have written. */
  async #write(event: EndedEvent | MeasuredEvent): Promise<void> {
    await this.#exclusively(async () => {
      while (!(await this.#append(event))) {
        await this.#readOn()
        if (this.#log.trials[event.trial]?.ended !== undefined) throw leaseLost(event.trial)
      }
    })
    if (event.type === 'ended') this.#forget(event.trial)
  }

  async #release(id: number): Promise<void> {
    await this.#store.renew(this.#name, id, { ...this.#claim, leaseMs: 0 })
    this.#forget(id)
  }

  #forget(id: number): void {
    this.#inFlight.delete(id)
    this.#wakeAll()
  }

  #wakeAll(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }

  /** Resolves when a trial of this process has ended, the signal is aborted, or it is time to look at the store again. */
  async #change(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake.push(resolve)
      signal.addEventListener('abort', resolve, { once: true })
      // Trials in other hands end without a word to this process.
      if (this.#log.pending > this.#inFlight.size) setTimeout(resolve, POLL_MS)
    })
    if (this.#log.pending > this.#inFlight.size) await this.#sync()
  }

  /** Renews the leases of open trials while there are any, three times a lease. */
  #keepAlive(): void {
    const { leaseMs } = this.#claim
    if (this.#renewal !== undefined || leaseMs === Infinity) return
    this.#renewal = setTimeout(() => {
      this.#renewal = undefined
      if (this.#inFlight.size === 0) return
      for (const id of this.#inFlight.keys()) {
        // A lease that could not be renewed shows when the trial ends: the store then says who holds it.
        void this.#store.renew(this.#name, id, this.#claim).catch(() => undefined)
      }
      this.#keepAlive()
    }, leaseMs / 3)
    // Open trials keep a process busy, not the timer that vouches for them.
    ;(this.#renewal as { unref?: () => void }).unref?.()
  }
}

/** What a trial needs of its study. */
interface TrialHost<S> {
  readonly space: Space<S>
  readonly objectives: Objectives
  write(event: EndedEvent | MeasuredEvent): Promise<void>
  release(id: number): Promise<void>
}

class OpenTrial<S> implements Trial<Program<S>> {
  readonly id: number
  readonly dna: Dna
  readonly signal: AbortSignal
  readonly #host: TrialHost<S>
  #program: Program<S> | undefined = undefined
  #ended = false

  constructor(id: number, dna: Dna, signal: AbortSignal, host: TrialHost<S>) {
    this.id = id
    this.dna = dna
    this.signal = signal
    this.#host = host
  }

  get program(): Program<S> {
    return (this.#program ??= this.#host.space.materialize(this.dna))
  }

  get ended(): boolean {
    return this.#ended
  }

  async report(values: number | Metrics, at: { readonly step: number }): Promise<{ readonly stop: boolean }> {
    const metrics = toMetrics(values, this.#host.objectives)
    if (!Number.isFinite(at.step) || at.step < 0) {
      throw new InvalidRewardError({ path: 'step', expected: 'a number of at least 0', got: at.step })
    }
    this.#requireOpen('report')
    await this.#host.write({ type: 'measured', trial: this.id, at: Date.now(), step: at.step, values: metrics })
    return { stop: false }
  }

  async done(result: number | Metrics): Promise<void> {
    const values = toMetrics(result, this.#host.objectives)
    await this.#end('ok', { values })
  }

  async skip(reason?: string): Promise<void> {
    await this.#end('skipped', reason === undefined ? {} : { reason })
  }

  async fail(error: unknown): Promise<void> {
    await this.#end('failed', { reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    await this.#host.release(this.id)
  }

  async #end(status: TrialStatus, more: { values?: Metrics; reason?: string }): Promise<void> {
    this.#requireOpen(status === 'ok' ? 'done' : status === 'skipped' ? 'skip' : 'fail')
    this.#ended = true
    await this.#host.write({ type: 'ended', trial: this.id, at: Date.now(), status, ...more })
  }

  #requireOpen(call: string): void {
    if (!this.#ended) return
    throw new TrialStateError({
      path: `trial ${this.id}`,
      expected: `${call} before the trial ends`,
      got: undefined,
      gotText: 'a trial that has ended',
      remedy: 'end a trial once',
    })
  }
}

/** Evaluates one trial and ends it; the error of an evaluation that threw comes back in a box. */
async function evaluateTrial<T>(
  trial: Trial<T>,
  evaluate: (program: T, trial: Trial<T>) => Evaluation | Promise<Evaluation>,
): Promise<{ readonly error: unknown } | undefined> {
  try {
    const result = await evaluate(trial.program, trial)
    // An evaluation may end its trial itself, and then returns nothing.
    if (!trial.ended) await trial.done(result as number)
    return undefined
  } catch (error) {
    if (!trial.ended) {
      // Work that was cut short is no failure of the trial: it stays to be done.
      if (trial.signal.aborted) await trial[Symbol.asyncDispose]()
      else await trial.fail(error)
    }
    return trial.signal.aborted ? undefined : { error }
  }
}

function requireSameStudy(name: string, meta: StudyMeta, wanted: StudyMeta, options: StudyOptions): void {
  const differs = (what: string, theirs: unknown, ours: unknown): never => {
    throw new StudyMismatchError({
      path: name,
      expected: `the ${what} of the existing study, ${JSON.stringify(theirs)}`,
      got: ours,
      gotText: JSON.stringify(ours),
      remedy: 'give the new study another name',
    })
  }
  if (meta.format !== wanted.format) differs('format', meta.format, wanted.format)
  if (meta.fingerprint !== wanted.fingerprint) differs('space', meta.fingerprint, wanted.fingerprint)
  const same = (a: Objectives, b: Objectives): boolean => {
    const text = (objectives: Objectives): string => JSON.stringify(Object.entries(objectives).sort())
    return text(a) === text(b)
  }
  if (!same(meta.objectives, wanted.objectives)) differs('objectives', meta.objectives, wanted.objectives)
  // A seed or an order that was not asked for is taken from the study.
  if (options.seed !== undefined && meta.seed !== wanted.seed) differs('seed', meta.seed, wanted.seed)
  if (options.ordered !== undefined && meta.ordered !== wanted.ordered) differs('order', meta.ordered, wanted.ordered)
}

function requireOptions({ trials, seed, leaseMs }: StudyOptions): void {
  if (trials !== undefined && (!Number.isSafeInteger(trials) || trials < 0)) {
    throw optionError('trials', 'an integer of at least 0', trials)
  }
  if (seed !== undefined && !Number.isFinite(seed)) throw optionError('seed', 'a finite number', seed)
  if (leaseMs !== undefined && !(leaseMs > 0))
    throw optionError('leaseMs', 'a positive number of milliseconds', leaseMs)
}

function optionError(path: string, expected: string, got: unknown): AlgorithmError {
  return new AlgorithmError({ path, expected, got, remedy: 'correct the option' })
}

function waitsForNothing(): AlgorithmError {
  return new AlgorithmError({
    path: 'propose',
    expected: "proposals, or 'done'",
    got: 'wait',
    remedy: "an algorithm may answer 'wait' only while trials are in flight",
  })
}

function leaseLost(id: number): LeaseLostError {
  return new LeaseLostError({
    path: `trial ${id}`,
    expected: 'a result from the worker that holds the trial',
    got: undefined,
    gotText: 'a late one, after another worker took over or ended the trial',
    remedy: 'drop the result; raise leaseMs if evaluations block the process for long',
  })
}
