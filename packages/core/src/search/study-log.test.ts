import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intIn, Space } from '../space/index.ts'
import type { StudyEvent } from './event.ts'
import { type Metrics, type Objectives } from './objective.ts'
import { StudyLog } from './study-log.ts'

const { dna: space } = Space.of({ x: intIn(0, 1000) })

/** The log of trials that ended with these results, in that order; `undefined` is a trial without one. */
function logOf(results: readonly (Metrics | undefined)[], objectives: Objectives, order: readonly number[]): StudyLog {
  const log = new StudyLog(space, objectives)
  results.forEach((_, trial) => log.apply({ type: 'proposed', trial, at: 0, dna: String(trial), told: 0 }))
  for (const trial of order) {
    const values = results[trial]
    const event: StudyEvent = { type: 'ended', trial, at: 1, status: values === undefined ? 'failed' : 'ok' }
    log.apply(values === undefined ? event : { ...event, values })
  }
  return log
}

const small = fc.integer({ min: -2, max: 2 })

describe('[T5] the best of a log', () => {
  it('has the best value, and of equals the lowest number, whatever the order of the ends', () => {
    const result = fc.option(fc.record({ loss: small, other: small }), { nil: undefined })
    fc.assert(
      fc.property(
        fc.array(result, { maxLength: 12 }),
        fc.constantFrom('max', 'min'),
        fc.infiniteStream(fc.nat()),
        (results, direction, keys) => {
          const order = results
            .map((_, trial) => ({ trial, key: keys.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
          const sign = direction === 'max' ? 1 : -1
          const values = results.flatMap((one) => (one === undefined ? [] : [sign * one.loss]))
          const expected = results.findIndex((one) => one !== undefined && sign * one.loss === Math.max(...values))
          const log = logOf(
            results,
            { loss: direction },
            order.map(({ trial }) => trial),
          )
          expect(log.best?.proposed.trial ?? -1).toBe(expected)
        },
      ),
    )
  })
})

describe('[T5] the front of a log', () => {
  it('is all that no other dominates, in order, equals among them', () => {
    const objectives: Objectives = { a: 'max', b: 'min', c: 'max' }
    const result = fc.option(fc.record({ a: small, b: small, c: small, z: small }), { nil: undefined })
    fc.assert(
      fc.property(fc.array(result, { maxLength: 25 }), (results) => {
        // The oracle compares each with each: no worse anywhere, and better somewhere.
        const expected = results.flatMap((one, trial) => {
          const isDominated = results.some((other) => {
            if (one === undefined || other === undefined) return false
            const differences = [other.a - one.a, one.b - other.b, other.c - one.c]
            return Math.min(...differences) >= 0 && Math.max(...differences) > 0
          })
          return one === undefined || isDominated ? [] : [trial]
        })
        const log = logOf(results, objectives, [...results.keys()])
        expect(log.front.map(({ proposed }) => proposed.trial)).toEqual(expected)
      }),
    )
  })
})

describe('[T1] measurements of a log', () => {
  it('rise in their steps; one that does not takes back what was measured from there on', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 8 }), { maxLength: 30 }), (steps) => {
        const log = new StudyLog(space, { reward: 'max' })
        log.apply({ type: 'proposed', trial: 0, at: 0, dna: '0', told: 0 })
        let expected: (readonly [number, number])[] = []
        for (const [i, step] of steps.entries()) {
          log.apply({ type: 'measured', trial: 0, at: i, step, values: { reward: i } })
          expected = [...expected.filter(([earlier]) => earlier < step), [step, i]]
        }
        const { measurements } = log.trials[0]?.record ?? { measurements: [] }
        expect(measurements.map(({ step, values }) => [step, values['reward']])).toEqual(expected)
      }),
    )
  })

  it('of a trial cost the same, however many there are', () => {
    const time = (count: number): number => {
      const log = new StudyLog(space, { reward: 'max' })
      log.apply({ type: 'proposed', trial: 0, at: 0, dna: '0', told: 0 })
      const start = performance.now()
      for (let step = 0; step < count; step++) {
        log.apply({ type: 'measured', trial: 0, at: 0, step, values: { reward: 0 } })
      }
      return (performance.now() - start) / count
    }
    time(10_000)
    // In milliseconds each; generous for a busy machine. Copying what there is would cost fifty times as much.
    expect(time(100_000)).toBeLessThan(10 * Math.min(time(2000), time(2000)) + 0.001)
  })
})
