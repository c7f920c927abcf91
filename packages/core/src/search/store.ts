import type { StudyEvent, StudyMeta } from './event.ts'

/** Who works on a trial, and for how long at most without a sign of life. */
export interface Claim {
  /** A name that no other worker has. */
  readonly worker: string
  /** Milliseconds, positive; `Infinity` for as long as the worker's process lives. */
  readonly leaseMs: number
}

/**
 * Where studies are kept (rule D1): an ordered log of events a study, appended to by compare and set, and leases on the
 * trials that are being worked on. Nothing else; a study computes the rest from its log.
 *
 * Contract, checked by `storeContract` of `mitten/testing`:
 *
 * - Events are numbered from 0. The *sequence* of a study is their number.
 * - `append` is atomic: all its events are there or none. What it has confirmed survives the process.
 * - A trial is pending from its `proposed` event to its `ended` event. At most one worker holds a live lease on it.
 * - Studies of different names do not touch each other. Several stores may be open on the same place at once.
 * - A study has to be opened in a store before anything else is asked of it there.
 */
export interface Store {
  /**
   * Creates a study, or joins the one of that name: then its own `meta` comes back, whatever is passed.
   *
   * @param name - any text
   */
  open(name: string, meta: StudyMeta): Promise<{ readonly sequence: number; readonly meta: StudyMeta }>

  /**
   * Appends events if the study still has `expected` events.
   *
   * @param claim - the worker that writes: it gets the lease of the trials proposed here
   * @returns the new sequence; `conflict` if others have written meanwhile; `lost` if an event measures or ends a
   *   trial on which another worker holds a live lease
   */
  append(
    name: string,
    expected: number,
    events: readonly StudyEvent[],
    claim: Claim,
  ): Promise<{ readonly sequence: number } | 'conflict' | 'lost'>

  /** The events from number `since` on, in order. */
  read(name: string, since: number): AsyncIterable<StudyEvent>

  /** Takes the lease of the pending trial with the lowest number that nobody holds; `undefined` if there is none. */
  claim(name: string, claim: Claim): Promise<number | undefined>

  /** Extends a lease, or gives it back with `leaseMs: 0`; `false` if the worker does not hold it any more. */
  renew(name: string, trial: number, claim: Claim): Promise<boolean>
}
