import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainStore } from '../../test/plain-store.ts'
import { dedupe, hillClimb, randomSearch, regularizedEvolution, sweep } from '../algorithms/index.ts'
import { jsonlStore } from '../node/index.ts'
import { sample } from '../sample.ts'
import { oneOf } from '../space/index.ts'
import type { Algorithm } from './algorithm.ts'
import { StoreDamagedError } from './errors.ts'
import type { StudyEvent } from './event.ts'
import { memoryStore } from './memory-store.ts'
import type { Store } from './store.ts'
import type { Study } from './study.ts'
import type { Trial } from './trial.ts'

interface Values {
  readonly a: number
  readonly b: number
}

function grid(): Values {
  return { a: oneOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), b: oneOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) }
}

const reward = ({ a, b }: Values): number => a * b - (a - 3) ** 2

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mitten-shared-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Places for a study, each as a function that gives stores on it, as several processes would have them. */
const places: Readonly<Record<string, () => () => Store>> = {
  'one memory store': () => {
    const store = memoryStore()
    return () => store
  },
  'stores on one file': () => {
    const directory = mkdtempSync(join(folder, 'study-'))
    return () => jsonlStore(directory)
  },
}

const algorithms: Readonly<Record<string, () => Algorithm>> = {
  randomSearch,
  sweep,
  hillClimb,
  regularizedEvolution: () => regularizedEvolution({ populationSize: 8, tournamentSize: 3 }),
  dedupe: () => dedupe(regularizedEvolution({ populationSize: 8, tournamentSize: 3 })),
}

for (const [place, makePlace] of Object.entries(places)) {
  describe(`[D1] studies that share ${place}`, () => {
    it.each(Object.entries(algorithms))(
      'do each trial of %s once between them, and agree on what happened',
      async (_, make) => {
        const open = makePlace()
        const studies = Array.from({ length: 3 }, () => sample(grid(), make(), { store: open(), trials: 60, seed: 2 }))
        const evaluated: number[] = []
        await Promise.all(
          studies.map((study, i) =>
            study.run(
              async (program, { id }) => {
                evaluated.push(id)
                if (Math.random() < 0.7) await sleep(Math.random() * 3)
                return reward(program)
              },
              { concurrency: 1 + i },
            ),
          ),
        )
        expect(evaluated.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_unused, id) => id))
        const [first, ...others] = await Promise.all(studies.map((study) => study.trials()))
        expect(first?.every(({ status }) => status === 'ok')).toBe(true)
        const data = (trials: typeof first): unknown => trials?.map(({ dna, ...rest }) => [String(dna), rest])
        for (const other of others) expect(data(other)).toEqual(data(first))
        // The log that several wrote is one that a single one can follow.
        const last = sample(grid(), make(), { store: open(), trials: 62, seed: 2 })
        await last.run(reward)
        expect((await last.trials()).length).toBe(62)
      },
    )

    it('know of each other at once', async () => {
      const open = makePlace()
      const [one, two] = [
        sample(grid(), sweep(), { store: open(), trials: 5 }),
        sample(grid(), sweep(), { store: open(), trials: 5 }),
      ]
      const [first, second] = [await one.ask(), await two.ask()]
      expect([first?.id, second?.id]).toEqual([0, 1])
      await second?.done(9)
      expect((await one.best())?.id).toBe(1)
      await first?.report(1, { step: 1 })
      await first?.[Symbol.asyncDispose]()
      expect((await two.trials())[0]?.measurements).toHaveLength(1)
      expect((await two.ask())?.id).toBe(0)
      expect((await one.ask())?.id).toBe(2)
    })

    it('wait for results that others have', async () => {
      const open = makePlace()
      const [one, two] = [1, 2].map(() => sample(grid(), hillClimb(), { store: open(), ordered: true }))
      const trial = await one?.ask()
      let answered = false
      const next = two?.ask().then((asked) => {
        answered = true
        return asked
      })
      await sleep(80)
      expect(answered).toBe(false)
      await trial?.done(1)
      expect((await next)?.id).toBe(1)
    })
  })
}

describe('[T4] the algorithm of a study that several write', () => {
  /** An algorithm that counts how often it is set up and asked. */
  function counted(): { readonly algorithm: Algorithm; setups: number; proposals: number } {
    const base = regularizedEvolution({ populationSize: 8, tournamentSize: 3 })
    const counter = {
      setups: 0,
      proposals: 0,
      algorithm: {
        setup: (space, context) => {
          counter.setups++
          return base.setup(space, context)
        },
        propose: (count) => {
          counter.proposals++
          return base.propose(count)
        },
        feedback: (ended) => base.feedback(ended),
      } satisfies Algorithm,
    }
    return counter
  }

  it('is led along: it proposes each trial once, and starts over only where two propose at the same moment', async () => {
    const store = memoryStore()
    const counters = [counted(), counted()]
    const studies = counters.map(({ algorithm }) => sample(grid(), algorithm, { store, trials: 400 }))
    for (let turn = 0; turn < 400; turn++) {
      const trial = (await studies[(turn >> 1) % 2]?.ask()) as Trial<Values>
      await trial.done(reward(trial.program))
    }
    for (const { setups, proposals } of counters) {
      expect(setups).toBe(1)
      expect(proposals).toBeLessThanOrEqual(400)
    }
  })

  it('keeps a proposal when nothing but results came in between', async () => {
    const store = memoryStore()
    const counter = counted()
    let late: Trial<Values> | undefined
    let others = 0
    // Whenever a proposal is on its way to the store, the result of another worker's trial comes in before it.
    const study = sample(grid(), counter.algorithm, {
      trials: 100,
      store: {
        ...plainStore(store),
        append: async (...args) => {
          if (args[2][0]?.type === 'proposed' && late !== undefined) {
            const trial = late
            late = undefined
            others++
            await trial.done(reward(trial.program))
          }
          return store.append(...args)
        },
      },
    })
    const other = sample(grid(), counted().algorithm, { store, trials: 100 })
    for (;;) {
      late ??= await other.ask()
      const trial = await study.ask()
      if (trial === undefined) break
      await trial.done(reward(trial.program))
    }
    await late?.done(0)
    expect(others).toBeGreaterThan(40)
    expect(counter.setups).toBe(1)
    const last = sample(grid(), counted().algorithm, { store, trials: 101 })
    await last.run(reward)
    expect(await last.trials()).toHaveLength(101)
  })

  it('does not slow down with the number of past trials', async () => {
    const time = async (trials: number): Promise<number> => {
      const study = sample(grid(), regularizedEvolution({ populationSize: 20 }), { trials })
      let start = 0
      for await (const trial of study) {
        // The last thousand trials count.
        if (trial.id === trials - 1000) start = performance.now()
        await trial.done(reward(trial.program))
      }
      return performance.now() - start
    }
    const least = async (trials: number): Promise<number> => Math.min(await time(trials), await time(trials))
    await time(5000)
    // Generous for a busy machine: growth with the number of trials would make it twenty times as much.
    expect(await least(20_000)).toBeLessThan(3 * (await least(1000)) + 20)
  })
})

describe('[D2] a broken store', () => {
  const fault = new Error('EIO')
  const open = (change: (store: Store) => Partial<Store>, trials = 6): { store: Store; study: Study<Values> } => {
    const store = memoryStore()
    return { store, study: sample(grid(), sweep(), { store: { ...plainStore(store), ...change(store) }, trials }) }
  }

  it.each(['open', 'append', 'read'] as const)('whose %s fails is noticed', async (method) => {
    const failing = method === 'read' ? broken : () => Promise.reject(fault)
    const { study } = open(() => ({ [method]: failing }))
    await expect(study.run(reward)).rejects.toBe(fault)
    await expect(study.run(reward, { concurrency: 3, onError: 'continue' })).rejects.toBe(fault)
    await expect(study.ask()).rejects.toBe(fault)
  })

  // oxlint-disable-next-line require-yield -- an iterable that fails before its first value
  async function* broken(): AsyncGenerator<StudyEvent> {
    throw fault
  }

  it('whose claim fails is noticed', async () => {
    const { store, study } = open(() => ({ claim: () => Promise.reject(fault) }))
    await sample(grid(), sweep(), { store }).ask()
    await expect(study.ask()).rejects.toBe(fault)
  })

  it('that fails at a result does not make the trial fail: it is given back, and done again', async () => {
    let isFull = true
    const { study } = open((store) => ({
      append: (name, expected, events, claim) =>
        isFull && events[0]?.type === 'ended' ? Promise.reject(fault) : store.append(name, expected, events, claim),
    }))
    await expect(study.run(reward, { onError: 'continue' })).rejects.toBe(fault)
    expect((await study.trials()).map(({ status }) => status)).toEqual(['pending'])
    isFull = false
    await study.run(reward)
    expect((await study.trials()).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'ok'))
  })

  it('that cannot renew or take back a lease does no harm until the lease is over', async () => {
    const { store, study } = open(() => ({ renew: () => Promise.reject(fault) }))
    const loop = async (): Promise<void> => {
      for await (const trial of study) {
        if (trial.id === 1) throw new Error('my own')
        await trial.done(1)
      }
    }
    await expect(loop()).rejects.toThrow('my own')
    expect(await sample(grid(), sweep(), { store, trials: 2 }).ask()).toBe(undefined)
  })

  it('that speaks of conflicts nobody can read, or of trials that are not there, is an error and no endless loop', async () => {
    const conflicting = open(() => ({ append: () => Promise.resolve('conflict') }))
    await expect(conflicting.study.ask()).rejects.toThrow(StoreDamagedError)
    const imagining = open(() => ({ claim: () => Promise.resolve(17) }))
    await sample(grid(), sweep(), { store: imagining.store }).ask()
    await expect(imagining.study.ask()).rejects.toThrow(StoreDamagedError)
  })

  it.each([
    [
      { type: 'proposed', trial: 1, at: 0, dna: '[0, 0]', told: 0 },
      'event 0: expected trial 0, got proposed of trial 1',
    ],
    [{ type: 'ended', trial: 0, at: 0, status: 'ok' }, 'event 0: expected a pending trial, got ended of trial 0'],
    [{ type: 'proposed', trial: 0, at: 0, dna: '[0, 99]', told: 0 }, 'expected the index of a candidate'],
  ] as const)('with a log that makes no sense is damaged: %j', async (event, message) => {
    const { store, study } = open(() => ({}))
    const other = sample(grid(), sweep(), { store })
    await other.trials()
    await store.append('study', 0, [event], { worker: 'w', leaseMs: 1 })
    await expect(study.trials()).rejects.toThrow(message)
    await expect(other.ask()).rejects.toThrow(message)
  })
})
