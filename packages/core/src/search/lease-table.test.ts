import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import type { StudyEvent } from './event.ts'
import { LeaseTable } from './lease-table.ts'

/** The same, from the whole history each time: who was last given the trial, and until when. */
class Model {
  private readonly history: { readonly trial: number; readonly worker: string | undefined; readonly until: number }[] =
    []
  private readonly pending = new Set<number>()
  proposed = 0

  propose(worker: string, until: number): void {
    this.pending.add(this.proposed)
    this.history.push({ trial: this.proposed++, worker, until })
  }

  end(trial: number): void {
    this.pending.delete(trial)
  }

  give(trial: number, worker: string | undefined, until: number): void {
    this.history.push({ trial, worker, until })
  }

  lease(trial: number): { readonly worker: string | undefined; readonly until: number } | undefined {
    return this.pending.has(trial) ? this.history.findLast((entry) => entry.trial === trial) : undefined
  }

  isLive(trial: number, now: number): boolean {
    const lease = this.lease(trial)
    return lease?.worker !== undefined && lease.until > now
  }

  free(now: number): number | undefined {
    return [...this.pending].sort((a, b) => a - b).find((trial) => !this.isLive(trial, now))
  }
}

const step = fc.record({
  do: fc.constantFrom('propose', 'end', 'claim', 'renew', 'release', 'wait'),
  worker: fc.constantFrom('a', 'b', 'c'),
  trial: fc.nat({ max: 5 }),
  milliseconds: fc.integer({ min: 1, max: 10 }),
})

describe('[D2] leases', () => {
  it('go by what was last given to whom, whatever the history', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const table = new LeaseTable()
        const model = new Model()
        let now = 0
        const check = (what: string, found: unknown, expected: unknown): void => {
          if (found !== expected) throw new Error(`${what}: expected ${String(expected)}, found ${String(found)}`)
        }
        for (const { do: action, worker, trial, milliseconds: leaseMs } of steps) {
          const claim = { worker, leaseMs }
          const lease = model.lease(trial)
          switch (action) {
            case 'propose':
              table.apply({ type: 'proposed', trial: model.proposed, at: 0, dna: '0', told: 0 }, claim, now)
              model.propose(worker, now + leaseMs)
              break
            case 'end': {
              const event: StudyEvent = { type: 'ended', trial, at: 0, status: 'ok' }
              const isOthers = lease?.worker !== worker && model.isLive(trial, now)
              check('refuses', table.refuses([event], worker, now), isOthers)
              if (isOthers || lease === undefined) break
              table.apply(event, claim, now)
              model.end(trial)
              break
            }
            case 'claim': {
              const free = model.free(now)
              check('finds', table.findFree(now), free)
              if (free === undefined) break
              check('grants', table.grant(free, claim, now), true)
              model.give(free, worker, now + leaseMs)
              break
            }
            case 'renew':
            case 'release': {
              const isOwn = lease?.worker === worker
              const ms = action === 'renew' ? leaseMs : 0
              check('renews', table.renew(trial, { worker, leaseMs: ms }, now), isOwn)
              if (isOwn) model.give(trial, ms > 0 ? worker : undefined, now + ms)
              break
            }
            case 'wait':
              now += leaseMs
          }
          check('holder', table.holder(trial), model.lease(trial)?.worker)
        }
      }),
      { numRuns: 500 },
    )
  })
})
