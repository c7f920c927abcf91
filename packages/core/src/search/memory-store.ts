import { type MittenError, TypeMismatchError } from '../symbolic/errors.ts'
import type { StudyEvent, StudyMeta } from './event.ts'
import { LeaseTable } from './lease-table.ts'
import type { Claim, Store } from './store.ts'

interface StoredStudy {
  readonly meta: StudyMeta
  readonly events: StudyEvent[]
  readonly leases: LeaseTable
}

/**
 * A store in the memory of this process: what a study uses that names none.
 *
 * Studies that share one are joined by name. O(1) an event, nothing is copied.
 */
export function memoryStore(): Store {
  return new MemoryStore()
}

class MemoryStore implements Store {
  private readonly studies = new Map<string, StoredStudy>()

  async open(name: string, meta: StudyMeta): Promise<{ sequence: number; meta: StudyMeta }> {
    let study = this.studies.get(name)
    if (study === undefined) this.studies.set(name, (study = { meta, events: [], leases: new LeaseTable() }))
    return { sequence: study.events.length, meta: study.meta }
  }

  async append(
    name: string,
    expected: number,
    events: readonly StudyEvent[],
    claim: Claim,
  ): Promise<{ sequence: number } | 'conflict' | 'lost'> {
    const { events: log, leases } = this.study(name)
    if (log.length !== expected) return 'conflict'
    const now = Date.now()
    if (leases.refuses(events, claim.worker, now)) return 'lost'
    for (const event of events) {
      log.push(event)
      leases.apply(event, claim, now)
    }
    return { sequence: log.length }
  }

  async *read(name: string, since: number): AsyncGenerator<StudyEvent> {
    const { events } = this.study(name)
    for (let i = since; i < events.length; i++) yield events[i] as StudyEvent
  }

  async claim(name: string, claim: Claim): Promise<number | undefined> {
    const { leases } = this.study(name)
    const now = Date.now()
    const trial = leases.findFree(now)
    if (trial !== undefined) leases.grant(trial, claim, now)
    return trial
  }

  async renew(name: string, trial: number, claim: Claim): Promise<boolean> {
    return this.study(name).leases.renew(trial, claim, Date.now())
  }

  private study(name: string): StoredStudy {
    const study = this.studies.get(name)
    if (study !== undefined) return study
    throw unopenedError(name)
  }
}

/** The error of a store that is asked about a study it has not opened. */
export function unopenedError(name: string): MittenError {
  return new TypeMismatchError({
    path: name,
    expected: 'a study that was opened',
    got: name,
    remedy: 'call open first',
  })
}
