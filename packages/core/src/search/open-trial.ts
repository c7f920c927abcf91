import type { Dna } from '../space/dna.ts'
import type { Program } from '../space/program.ts'
import type { Space } from '../space/space.ts'
import { shortForm } from '../symbolic/short-form.ts'
import { InvalidRewardError, LeaseLostError, TrialStateError } from './errors.ts'
import type { EndedEvent, MeasuredEvent, TrialStatus } from './event.ts'
import { type Metrics, type Objectives, toMetrics } from './objective.ts'
import type { Trial } from './trial.ts'

/** What a trial needs of its study. */
export interface TrialHost<S> {
  readonly space: Space<S>
  readonly objectives: Objectives
  /** Logs an event of the trial. */
  write(event: EndedEvent | MeasuredEvent): Promise<void>
  /** Gives the trial back. */
  release(id: number): Promise<void>
}

/** A trial in the hands of a user: the one implementation of {@link Trial}. */
export class OpenTrial<S> implements Trial<Program<S>> {
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
    this.#requireOpen('report')
    const metrics = toMetrics(values, this.#host.objectives)
    if (!Number.isFinite(at.step) || at.step < 0) {
      throw new InvalidRewardError({ path: 'step', expected: 'a number of at least 0', got: at.step })
    }
    try {
      await this.#host.write({ type: 'measured', trial: this.id, at: Date.now(), step: at.step + 0, values: metrics })
    } catch (error) {
      this.#ended ||= error instanceof LeaseLostError
      throw error
    }
    return { stop: false }
  }

  async done(result: number | Metrics): Promise<void> {
    this.#requireOpen('done')
    await this.#end('ok', { values: toMetrics(result, this.#host.objectives) })
  }

  async skip(reason?: string): Promise<void> {
    this.#requireOpen('skip')
    await this.#end('skipped', reason === undefined ? {} : { reason })
  }

  async fail(error: unknown): Promise<void> {
    this.#requireOpen('fail')
    await this.#end('failed', { reason: reasonOf(error) })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    await this.#host.release(this.id)
  }

  async #end(status: TrialStatus, more: { values?: Metrics; reason?: string }): Promise<void> {
    this.#ended = true
    try {
      await this.#host.write({ type: 'ended', trial: this.id, at: Date.now(), status, ...more })
    } catch (error) {
      // What the store could not take may be tried again. What another worker has taken over may not.
      this.#ended = error instanceof LeaseLostError
      throw error
    }
  }

  #requireOpen(call: string): void {
    if (!this.#ended) return
    throw new TrialStateError({
      path: `trial ${this.id}`,
      expected: `${call} before the trial ends`,
      got: undefined,
      gotText: 'a trial that has ended or was given back',
      remedy: 'end a trial once',
    })
  }
}

/** What is kept of an error. */
function reasonOf(error: unknown): string {
  if (error instanceof Error) return `${error.name}: ${error.message}`
  return typeof error === 'string' ? error : shortForm(error)
}
