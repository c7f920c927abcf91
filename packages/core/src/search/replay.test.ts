import { describe, expect, it } from 'vitest'
import { dedupe, hillClimb, randomSearch, regularizedEvolution, sweep } from '../algorithms/index.ts'
import { Generations } from '../../test/generations.ts'
import { randomStream } from '../math/index.ts'
import { sample, type SampleOptions } from '../sample.ts'
import { floatIn, intIn, manyOf, oneOf, permutationOf } from '../space/index.ts'
import type { Algorithm } from './algorithm.ts'
import { ReplayError, StudyMismatchError } from './errors.ts'
import type { StudyEvent } from './event.ts'
import { memoryStore } from './memory-store.ts'
import type { Store } from './store.ts'
import type { Study } from './study.ts'
import type { Trial } from './trial.ts'

const TRIALS = 24

const algorithms: Readonly<Record<string, () => Algorithm>> = {
  randomSearch,
  hillClimb: () => hillClimb({ initialSize: 3 }),
  regularizedEvolution: () => regularizedEvolution({ populationSize: 6, tournamentSize: 3 }),
  dedupe: () => dedupe(regularizedEvolution({ populationSize: 6, tournamentSize: 3 })),
  generations: () => new Generations(),
  'dedupe of generations': () => dedupe(new Generations()),
}

const spaces: Readonly<Record<string, () => object>> = {
  'a small space': () => ({ a: oneOf([1, 2, 3]), b: oneOf([1, 2, oneOf([3, 4])]) }),
  'a space of every kind': () => ({
    rate: floatIn(1e-4, 1, { scale: 'log' }),
    size: intIn(1, 64),
    layers: [oneOf<unknown>([0, { width: intIn(1, 8) }]), manyOf(2, ['a', 'b', oneOf(['c', 'd'])])],
    order: permutationOf([1, 2, 3, 4]),
  }),
}

/** The end of a trial depends on its DNA alone; some have no result. */
async function finish(trial: Trial<unknown>): Promise<void> {
  const text = String(trial.dna)
  let number = 0
  for (const character of text) number = (number * 31 + character.charCodeAt(0)) % 10_007
  if (number % 7 === 0) await trial.skip()
  else if (number % 7 === 1) await trial.fail(new Error(text))
  else {
    if (number % 7 === 2) await trial.report(number / 2, { step: 1 })
    await trial.done(number)
  }
}

async function log(store: Store): Promise<StudyEvent[]> {
  const events: StudyEvent[] = []
  for await (const event of store.read('study', 0)) events.push(event)
  return JSON.parse(JSON.stringify(events)) as StudyEvent[]
}

/** A store with the beginning of a study in it, whose worker is gone. */
async function storeWith(
  events: readonly StudyEvent[],
  study: { space: object; options: SampleOptions },
): Promise<Store> {
  const store = memoryStore()
  await sample(study.space, randomSearch(), { ...study.options, store }).trials()
  if (events.length > 0) await store.append('study', 0, events, { worker: 'gone', leaseMs: 0 })
  return store
}

/** What of a study has to be the same: all but the times. A trial that was cut short measures again. */
async function outcome(study: Study<unknown>): Promise<unknown[]> {
  return (await study.trials()).map(({ id, dna, status, values, reason, measurements }) => {
    return { id, dna: String(dna), status, values, reason, measurements }
  })
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

for (const [kind, makeSpace] of Object.entries(spaces)) {
  describe(`[T3] a study of ${kind}`, () => {
    for (const [name, make] of Object.entries(algorithms)) {
      it(`by ${name}, one trial at a time, resumes from every point of its log to the same trials`, async () => {
        const options: SampleOptions = { seed: 5, trials: TRIALS }
        const space = makeSpace()
        const store = memoryStore()
        const study = sample(space, make(), { ...options, store })
        for await (const trial of study) await finish(trial)
        const whole = await outcome(study)
        const events = await log(store)
        for (let cut = 0; cut <= events.length; cut++) {
          const resumed = sample(space, make(), {
            ...options,
            store: await storeWith(events.slice(0, cut), { space, options }),
          })
          for await (const trial of resumed) await finish(trial)
          expect(await outcome(resumed), `cut after ${cut} events`).toEqual(whole)
        }
      })

      it(`by ${name}, four at a time and ordered, repeats with other delays, and resumes`, async () => {
        const options: SampleOptions = { seed: 6, trials: TRIALS, ordered: true }
        const space = makeSpace()
        const run = async (store: Store): Promise<Study<unknown>> =>
          sample(space, make(), { ...options, store }).run(
            async (_, trial) => {
              await sleep(Math.random() * 3)
              await finish(trial)
            },
            { concurrency: 4 },
          )
        const store = memoryStore()
        const whole = await outcome(await run(store))
        expect(await outcome(await run(memoryStore()))).toEqual(whole)
        const events = await log(store)
        for (let time = 0; time < 6; time++) {
          const cut = Math.floor(Math.random() * (events.length + 1))
          const resumed = await run(await storeWith(events.slice(0, cut), { space, options }))
          expect(await outcome(resumed), `cut after ${cut} events`).toEqual(whole)
        }
      })

      it(`by ${name}, four at a time, replays its own log`, async () => {
        const options: SampleOptions = { seed: 7, trials: TRIALS }
        const space = makeSpace()
        const store = memoryStore()
        await sample(space, make(), { ...options, store }).run(
          async (_, trial) => {
            await sleep(Math.random() * 3)
            await finish(trial)
          },
          { concurrency: 4 },
        )
        const events = await log(store)
        for (let cut = 0; cut <= events.length; cut += 5) {
          const resumed = sample(space, make(), {
            ...options,
            store: await storeWith(events.slice(0, cut), { space, options }),
          })
          await resumed.run((_, trial) => finish(trial), { concurrency: 3 })
          const logged = events.slice(0, cut).flatMap((event) => (event.type === 'proposed' ? [event.dna] : []))
          const trials = await resumed.trials()
          expect(trials.map(({ dna }) => String(dna)).slice(0, logged.length)).toEqual(logged)
          // A duplicate may end the search early; no trial is left lying all the same.
          expect(trials.every(({ status }) => status !== 'pending')).toBe(true)
        }
      })
    }
  })
}

describe('[T3] the log', () => {
  it('says of each proposal how much the algorithm knew: at most what had ended', async () => {
    for (const ordered of [false, true]) {
      const store = memoryStore()
      const study = sample(spaces['a small space']?.() as object, hillClimb(), { store, trials: 40, ordered })
      await study.run(
        async () => {
          await sleep(Math.random() * 3)
          return 1
        },
        { concurrency: 4 },
      )
      let ended = 0
      let known = 0
      for (const event of await log(store)) {
        if (event.type === 'ended') ended++
        if (event.type !== 'proposed') continue
        if (ordered) expect(event.told).toBe(Math.max(0, event.trial - 3))
        else expect(event.told).toBe(ended)
        expect(event.told).toBeGreaterThanOrEqual(known)
        known = event.told
      }
    }
  })

  it('has the form that is on record for ever', async () => {
    const store = memoryStore()
    const study = sample({ a: oneOf(['x', 'y']), rate: floatIn(0, 1) }, randomSearch(), { store, seed: 1 })
    const trials = [await study.ask(), await study.ask(), await study.ask()]
    await trials[0]?.report(0.5, { step: 3 })
    await trials[0]?.done({ reward: 1, size: 2 })
    await trials[1]?.skip('why not')
    await trials[2]?.fail(new RangeError('bad'))
    const events = (await log(store)).map(({ at, ...event }) => {
      expect(Math.abs(Date.now() - at)).toBeLessThan(60_000)
      return event
    })
    const proposed = (trial: number, told: number): unknown => {
      const dna = randomStream(1).child('algorithm').child(trial)
      const a = dna.int(2)
      const rate = dna.next()
      return {
        type: 'proposed',
        trial,
        dna: `[${a}, ${rate}]`,
        parameters: { a: a === 0 ? "'x'" : "'y'", rate },
        told,
      }
    }
    expect(events).toEqual([
      proposed(0, 0),
      proposed(1, 0),
      proposed(2, 0),
      { type: 'measured', trial: 0, step: 3, values: { reward: 0.5 } },
      { type: 'ended', trial: 0, status: 'ok', values: { reward: 1, size: 2 } },
      { type: 'ended', trial: 1, status: 'skipped', reason: 'why not' },
      { type: 'ended', trial: 2, status: 'failed', reason: 'RangeError: bad' },
    ])
  })

  it.each([
    ['options', () => regularizedEvolution({ populationSize: 5, tournamentSize: 3 })],
    ['an algorithm', () => randomSearch()],
    ['an order', () => sweep()],
    ['an end', () => dedupe(sweep(), { maxAttempts: 1 })],
  ])('is not gone on with by %s that would have proposed something else', async (_, make) => {
    const store = memoryStore()
    const space = spaces['a small space']?.() as object
    const open = (algorithm: Algorithm): Study<unknown> => sample(space, algorithm, { store, seed: 1 })
    await open(regularizedEvolution({ populationSize: 6, tournamentSize: 3 })).run((_program, trial) => finish(trial), {
      trials: 20,
    })
    const other = open(make())
    for (let time = 0; time < 2; time++) {
      const error: unknown = await other.ask().catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(ReplayError)
      expect((error as ReplayError).message).toMatch(
        /^trial \d+: expected the proposal .* that the study has on record, got .*; resume with the algorithm, options and seed/,
      )
    }
    // What is on record can be read all the same, and the right algorithm goes on.
    expect(await other.trials()).toHaveLength(20)
    expect((await open(regularizedEvolution({ populationSize: 6, tournamentSize: 3 })).ask())?.id).toBe(20)
    await expect(sample(space, make(), { store, seed: 2 }).ask()).rejects.toThrow(StudyMismatchError)
  })
})
