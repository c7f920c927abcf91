import type { StudyEvent } from './event.ts'
import type { Claim } from './store.ts'

/** Who holds a trial, until when. */
interface Lease {
  readonly worker: string
  /** In milliseconds of the caller's clock. */
  readonly until: number
}

/**
 * The pending trials of a study and who works on them: what every store needs to know for its leases. A pure function of
 * the events and claims it is given, in order, and of the times that come with them.
 */
export class LeaseTable {
  // In order of proposal, which is the order in which trials are claimed.
  private readonly pending = new Map<number, Lease | undefined>()

  /** Takes note of an event; the lease of a proposed trial goes to `worker`. */
  apply(event: StudyEvent, claim: Claim | undefined, now: number): void {
    if (event.type === 'proposed') this.pending.set(event.trial, claim && lease(claim, now))
    else if (event.type === 'ended') this.pending.delete(event.trial)
  }

  /** Whether one of the events is of a trial that is another worker's business. */
  refuses(events: readonly StudyEvent[], worker: string, now: number): boolean {
    return events.some((event) => {
      const held = event.type === 'proposed' ? undefined : this.pending.get(event.trial)
      return held !== undefined && held.worker !== worker && held.until > now
    })
  }

  /** The first pending trial without a live lease. `isDead` can void the lease of a worker that is known to be gone. */
  findFree(now: number, isDead?: (worker: string) => boolean): number | undefined {
    for (const [trial, held] of this.pending) {
      if (held === undefined || held.until <= now || isDead?.(held.worker) === true) return trial
    }
    return undefined
  }

  /** Who holds a trial, whether the lease is live or not. */
  holder(trial: number): string | undefined {
    return this.pending.get(trial)?.worker
  }

  /** Gives a trial to a worker if nobody else has a live lease, or only `over` has; says whether it did. */
  grant(trial: number, claim: Claim, now: number, over?: string): boolean {
    if (!this.pending.has(trial)) return false
    const held = this.pending.get(trial)
    const free = held === undefined || held.until <= now || held.worker === claim.worker || held.worker === over
    if (free) this.pending.set(trial, lease(claim, now))
    return free
  }

  /** Extends a live lease of a worker, or ends it with `leaseMs: 0`; says whether it was the worker's. */
  renew(trial: number, claim: Claim, now: number): boolean {
    const held = this.pending.get(trial)
    if (held === undefined || held.worker !== claim.worker) return false
    this.pending.set(trial, claim.leaseMs > 0 ? lease(claim, now) : undefined)
    return true
  }
}

function lease({ worker, leaseMs }: Claim, now: number): Lease {
  return { worker, until: now + leaseMs }
}
