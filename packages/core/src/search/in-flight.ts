import { Bell } from './bell.ts'

/** The longest that a timer of any platform can wait: 2^31 − 1 milliseconds, 25 days. */
const LONGEST_TIMER_MS = 0x7fffffff

/**
 * The trials that this process works on at the moment: their leases are renewed three times a lease, and `ended` rings
 * when one of them ends or is given back.
 */
export class InFlight {
  readonly ended = new Bell()
  private readonly ids = new Set<number>()
  private readonly leaseMs: number
  private readonly renew: (id: number) => Promise<unknown>
  private isKeeping = false

  constructor(leaseMs: number, renew: (id: number) => Promise<unknown>) {
    this.leaseMs = leaseMs
    this.renew = renew
  }

  get size(): number {
    return this.ids.size
  }

  has(id: number): boolean {
    return this.ids.has(id)
  }

  add(id: number): void {
    this.ids.add(id)
    if (!this.isKeeping && this.leaseMs !== Infinity) this.keep()
  }

  delete(id: number): void {
    this.ids.delete(id)
    this.ended.ring()
  }

  private keep(): void {
    this.isKeeping = true
    // The timer must not hold a study that nobody needs any more, of which a nested search makes thousands.
    const self = new WeakRef(this)
    const timer = setTimeout(() => self.deref()?.renewAll(), Math.min(this.leaseMs / 3, LONGEST_TIMER_MS))
    // Open trials keep a process busy, not the timer that vouches for them.
    ;(timer as { unref?: () => void }).unref?.()
  }

  private renewAll(): void {
    this.isKeeping = false
    if (this.ids.size === 0) return
    // A lease that could not be renewed shows when the trial ends: the store then says who holds it.
    for (const id of this.ids) void this.renew(id).catch(() => undefined)
    this.keep()
  }
}
