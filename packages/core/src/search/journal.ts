import { LeaseLostError, StoreDamagedError } from './errors.ts'
import type { StudyEvent, StudyMeta } from './event.ts'
import type { Claim, Store } from './store.ts'
import type { StudyLog } from './study-log.ts'

/**
 * The log of a study, here and in its store: what others have written is read on, and what happens here is appended by
 * compare and set. All but `exclusively`, `renew` and `release` is for one caller at a time.
 */
export class Journal {
  readonly log: StudyLog
  private readonly store: Store
  private readonly name: string
  private readonly worker: Claim
  /** The end of the queue of those who read and write. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(store: Store, name: string, worker: Claim, log: StudyLog) {
    this.store = store
    this.name = name
    this.worker = worker
    this.log = log
  }

  /** Runs one piece of work after all that were asked for before it. */
  exclusively<R>(work: () => Promise<R>): Promise<R> {
    const result = this.last.then(work)
    this.last = result.catch(() => undefined)
    return result
  }

  /** Creates the study, or joins it; returns what it is about. */
  async open(meta: StudyMeta): Promise<StudyMeta> {
    return (await this.store.open(this.name, meta)).meta
  }

  /** Applies what has been written since; says whether there was anything. */
  async readOn(): Promise<boolean> {
    const { sequence } = this.log
    for await (const event of this.store.read(this.name, sequence)) this.log.apply(event)
    return this.log.sequence > sequence
  }

  /**
   * Appends an event and applies it. `false` if others were faster: then what they wrote has been applied instead.
   *
   * @throws LeaseLostError if the event ends a trial that another worker holds
   */
  async append(event: StudyEvent): Promise<boolean> {
    const answer = await this.store.append(this.name, this.log.sequence, [event], this.worker)
    if (answer === 'lost') throw leaseLost(event.trial)
    if (answer !== 'conflict') {
      this.log.apply(event)
      return true
    }
    if (await this.readOn()) return false
    throw new StoreDamagedError({
      path: this.name,
      expected: 'the events that were in the way of this one',
      got: undefined,
      gotText: 'none to read',
      remedy: 'check the store with storeContract of mitten/testing',
    })
  }

  /** Takes the first pending trial that nobody works on, and makes sure that the log has it. */
  async claim(): Promise<number | undefined> {
    const id = await this.store.claim(this.name, this.worker)
    if (id !== undefined && this.log.trials[id] === undefined) await this.readOn()
    if (id === undefined || this.log.trials[id] !== undefined) return id
    throw new StoreDamagedError({
      path: this.name,
      expected: 'a trial of the study',
      got: id,
      remedy: 'check the store with storeContract of mitten/testing',
    })
  }

  /** Whether this worker still has the lease. */
  async renew(trial: number): Promise<boolean> {
    return this.store.renew(this.name, trial, this.worker)
  }

  /** Gives a trial back, to be done by whoever asks next. */
  async release(trial: number): Promise<void> {
    await this.store.renew(this.name, trial, { ...this.worker, leaseMs: 0 })
  }
}

/** The error of a result that comes when another worker has the trial, or has ended it (rule D2). */
export function leaseLost(trial: number): LeaseLostError {
  return new LeaseLostError({
    path: `trial ${trial}`,
    expected: 'a result from the worker that holds the trial',
    got: undefined,
    gotText: 'a late one, after another worker took over or ended the trial',
    remedy: 'drop the result; raise leaseMs if evaluations block the process for long',
  })
}
