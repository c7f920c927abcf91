import { sweep } from '../algorithms/sweep.ts'
import type { EndedEvent, MeasuredEvent, ProposedEvent, StudyEvent, StudyMeta } from '../search/event.ts'
import { SpaceStudy } from '../search/space-study.ts'
import type { Claim, Store } from '../search/store.ts'
import { oneOf } from '../space/choice.ts'
import { Space } from '../space/space.ts'
import { type ContractCase, ContractError, expectEqual, expectThat } from './contract-case.ts'

/** A place that stores can be opened on. */
export interface StorePlace {
  /** Another store on the same place, as another process would have it. */
  open(): Store | Promise<Store>
  /** Whether what was written is still there for a store that is opened later. */
  readonly isPersistent: boolean
  /** Clears up. */
  close?(): void | Promise<void>
}

const META: StudyMeta = {
  format: 1,
  fingerprint: '0123456789abcdef',
  objectives: { reward: 'max' },
  seed: 7,
  ordered: false,
}
const LASTING: Claim = { worker: 'a', leaseMs: 60_000 }

function proposed(trial: number): ProposedEvent {
  return { type: 'proposed', trial, at: 1, dna: `[${trial}, 0.5]`, parameters: { x: trial, y: 0.5 }, told: 0 }
}

function measured(trial: number, step: number): MeasuredEvent {
  return { type: 'measured', trial, at: 2, step, values: { reward: step / 3 } }
}

function ended(trial: number): EndedEvent {
  return { type: 'ended', trial, at: 3, status: 'ok', values: { reward: trial + 0.1 } }
}

async function readAll(store: Store, name: string, since = 0): Promise<unknown[]> {
  const events: StudyEvent[] = []
  for await (const event of store.read(name, since)) events.push(event)
  // A store keeps events as they are or as JSON: both must say the same.
  return JSON.parse(JSON.stringify(events)) as unknown[]
}

/** Appends one event after another, as the worker of `claim`. */
async function write(
  store: Store,
  name: string,
  from: number,
  events: readonly StudyEvent[],
  claim = LASTING,
): Promise<void> {
  for (const [i, event] of events.entries()) {
    const answer = await store.append(name, from + i, [event], claim)
    expectEqual(answer, { sequence: from + i + 1 }, `appending event ${from + i}`)
  }
}

async function expectRejection(work: Promise<unknown>, what: string): Promise<void> {
  const settled = await work.then(
    (value) => ({ value }),
    () => undefined,
  )
  expectThat(settled === undefined, `${what}: expected an error, found ${JSON.stringify(settled?.value)}`)
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(() => resolve(), milliseconds))
}

/**
 * What every store promises (see `Store`), as tests for any runner:
 * `for (const { name, run } of storeContract(makePlace)) test(name, run)`.
 *
 * @param makePlace - a new, empty place; each test has one of its own
 */
export function storeContract(makePlace: () => StorePlace | Promise<StorePlace>): readonly ContractCase[] {
  const cases: ContractCase[] = []
  const promise = (name: string, test: (place: StorePlace) => Promise<void>): void => {
    cases.push({
      name,
      async run() {
        const place = await makePlace()
        try {
          await test(place)
        } finally {
          await place.close?.()
        }
      },
    })
  }

  promise('[D1] a new study is empty and has the meta it was opened with', async (place) => {
    const store = await place.open()
    expectEqual(await store.open('study', META), { sequence: 0, meta: META }, 'opening')
    expectEqual(await readAll(store, 'study'), [], 'its events')
  })

  promise('[D1] opening again joins, and keeps the first meta', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    await write(store, 'study', 0, [proposed(0)])
    const other: StudyMeta = { ...META, fingerprint: 'fedcba9876543210', seed: 8 }
    expectEqual(await store.open('study', other), { sequence: 1, meta: META }, 'opening with another meta')
  })

  promise('[D1] of stores that create a study at once one decides, and all agree', async (place) => {
    const stores = await Promise.all([place.open(), place.open(), place.open()])
    const opened = await Promise.all(stores.map((store, seed) => store.open('study', { ...META, seed })))
    const [first] = opened
    expectThat([0, 1, 2].includes(first?.meta.seed ?? -1), `the seed is ${first?.meta.seed}, which nobody asked for`)
    for (const answer of opened) expectEqual(answer, first, 'what a store says of the study')
  })

  promise('[D1] what a study is about comes back whatever it says', async (place) => {
    const store = await place.open()
    const objectives = JSON.parse('{"__proto__":"max","b":"min","":"max","ü ∞":"min"}') as StudyMeta['objectives']
    const meta: StudyMeta = { format: 1, fingerprint: 'f', objectives, seed: 5e-324, ordered: true }
    expectEqual(await store.open('study', meta), { sequence: 0, meta }, 'opening')
    expectEqual(await store.open('study', META), { sequence: 0, meta }, 'opening again')
  })

  promise('[D1] of a study that was not opened there is nothing but an error', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    await expectRejection(store.append('other', 0, [proposed(0)], LASTING), 'appending')
    await expectRejection(readAll(store, 'other'), 'reading')
    await expectRejection(store.claim('other', LASTING), 'claiming')
    await expectRejection(store.renew('other', 0, LASTING), 'renewing')
  })

  promise('[T5] numbers and text come back to the last bit', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    const numbers = [0, 0.1 + 0.2, 5e-324, -1.7976931348623157e308, 2 ** 53, 1e21, 1 / 3, -1e-7]
    const metrics = JSON.parse('{"__proto__":1,"":2,"a.b":3,"ü 🙂":4,"\\u0000":5,"\\ud83d":6}') as Record<
      string,
      number
    >
    const events: StudyEvent[] = [
      { ...proposed(0), parameters: { '': 'x\ty\u2028"\\', 'a[0]': true, n: -5e-324 } },
      { type: 'measured', trial: 0, at: 1.5, step: 0.1 + 0.2, values: metrics },
      ...numbers.map((reward, step): StudyEvent => ({ type: 'measured', trial: 0, at: 2, step, values: { reward } })),
      { type: 'ended', trial: 0, at: 3, status: 'stopped', reason: '\u0000\r\n\ud83d ü', values: metrics },
    ]
    await write(store, 'study', 0, events)
    expectEqual(await readAll(store, 'study'), events, 'the events')
    const later = await place.open()
    await later.open('study', META)
    expectEqual(await readAll(later, 'study'), events, 'the events for another store')
  })

  promise('[T5] what is no finite number is never stored', async (place) => {
    const store = await place.open()
    const study = new SpaceStudy(Space.of({ a: oneOf([0, 1, 2, 3]) }), sweep(), { store })
    const results = [NaN, Infinity, -Infinity, -0]
    await study.run(({ a }) => results[a], { onError: 'continue' })
    const ends = (await readAll(store, 'study')).filter((event) => (event as StudyEvent).type === 'ended')
    expectEqual(
      ends.map((event) => [(event as EndedEvent).status, (event as EndedEvent).values]),
      [['failed'], ['failed'], ['failed'], ['ok', { reward: 0 }]].map(([status, values]) => [status, values]),
      'how the trials ended',
    )
  })

  promise('[D1] events come back in order, as they were, from any number on', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    const events: StudyEvent[] = [
      proposed(0),
      measured(0, 1),
      measured(0, 2.5),
      ended(0),
      proposed(1),
      { type: 'ended', trial: 1, at: 4, status: 'failed', reason: 'Ünïcödé “quotes” \n {"sum":' },
      proposed(2),
      { type: 'ended', trial: 2, at: 5, status: 'skipped' },
    ]
    await write(store, 'study', 0, events)
    for (let since = 0; since <= events.length; since++) {
      expectEqual(await readAll(store, 'study', since), events.slice(since), `events from ${since} on`)
    }
  })

  promise('[D1] appending after another sequence is a conflict that changes nothing', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    await write(store, 'study', 0, [proposed(0), ended(0)])
    for (const expected of [0, 1, 3, 100]) {
      expectEqual(await store.append('study', expected, [proposed(1)], LASTING), 'conflict', `appending at ${expected}`)
    }
    expectEqual(await readAll(store, 'study'), [proposed(0), ended(0)], 'the events')
  })

  promise('[D1] several events are appended as one', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    const batch = [proposed(0), proposed(1), proposed(2)]
    expectEqual(await store.append('study', 0, batch, LASTING), { sequence: 3 }, 'appending three')
    expectEqual(await store.append('study', 2, batch, LASTING), 'conflict', 'appending three at 2')
    expectEqual(await readAll(store, 'study'), batch, 'the events')
  })

  promise('[D1] reading is not upset by what is written meanwhile', async (place) => {
    const [store, other] = [await place.open(), await place.open()]
    await store.open('study', META)
    await other.open('study', META)
    await store.append(
      'study',
      0,
      Array.from({ length: 50 }, (_, trial) => proposed(trial)),
      LASTING,
    )
    const seen: number[] = []
    let written = 50
    for await (const event of store.read('study', 10)) {
      seen.push(event.trial)
      if (written < 60) await other.append('study', written, [proposed(written++)], LASTING)
    }
    const expected = Array.from({ length: seen.length }, (_, i) => 10 + i)
    expectEqual(seen, expected, 'the trials that were read')
    expectThat(seen.length >= 40 && seen.length <= 50, `40 events were there, and 10 came; ${seen.length} were read`)
  })

  promise('[D1] writers who go on after conflicts lose nothing and repeat nothing', async (place) => {
    const stores = await Promise.all([place.open(), place.open(), place.open()])
    for (const store of stores) await store.open('study', META)
    const writeAll = async (store: Store, worker: string): Promise<void> => {
      let known = 0
      for (let mine = 0; mine < 20;) {
        const answer = await store.append('study', known, [proposed(known)], { worker, leaseMs: 60_000 })
        if (answer === 'lost') throw new ContractError('a proposal cannot be lost')
        if (answer !== 'conflict') mine++
        known = (await readAll(store, 'study')).length
      }
    }
    await Promise.all(stores.map((store, i) => writeAll(store, `w${i}`)))
    const expected = Array.from({ length: 60 }, (_, trial) => trial)
    for (const store of stores) {
      const trials = (await readAll(store, 'study')).map((event) => (event as StudyEvent).trial)
      expectEqual(trials, expected, 'the trials, in the order of the log')
    }
  })

  promise('[D1] of writers at the same sequence exactly one succeeds', async (place) => {
    const stores = await Promise.all([place.open(), place.open(), place.open()])
    for (const store of stores) await store.open('study', META)
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(
        stores.map((store, i) => store.append('study', round, [proposed(round)], { worker: `w${i}`, leaseMs: 60_000 })),
      )
      const successes = answers.filter((answer) => typeof answer === 'object')
      expectEqual(successes, [{ sequence: round + 1 }], `the answers of round ${round}`)
    }
    for (const store of stores) expectEqual((await readAll(store, 'study')).length, 10, 'the events each one sees')
  })

  promise('[D1] studies of different names do not touch each other', async (place) => {
    const store = await place.open()
    const names = ['study', 'Study', 'STUDY', 'study.jsonl', 'study ', '', ' ', '.', '..', '../x', 'a/b', 'a\\b', '%2F']
    names.push('nul', 'con.txt', '*?', "'; --", '"', '\0', '\n', 'constructor', '__proto__', 'ü ∞ 🙂', 'é', 'e\u0301')
    // Half a surrogate pair, a long name, and another that differs in the last letter alone.
    names.push('\ud83d', '\ud83e', 'x'.repeat(3000), `${'x'.repeat(2999)}y`)
    for (const [i, name] of names.entries()) {
      expectEqual(
        await store.open(name, { ...META, seed: i }),
        { sequence: 0, meta: { ...META, seed: i } },
        `opening '${name}'`,
      )
      await write(store, name, 0, [proposed(0), ended(0)].slice(0, 1 + (i % 2)))
    }
    const again = await place.open()
    for (const [i, name] of names.entries()) {
      const { meta, sequence } = await (place.isPersistent ? again : store).open(name, META)
      expectEqual([meta.seed, sequence], [i, 1 + (i % 2)], `the study '${name}'`)
    }
  })

  promise('[D2] a proposed trial belongs to who proposed it', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    await write(store, 'study', 0, [proposed(0)])
    expectEqual(await store.claim('study', { worker: 'b', leaseMs: 60_000 }), undefined, 'a claim by another')
    expectEqual(await store.renew('study', 0, { worker: 'b', leaseMs: 60_000 }), false, 'a renewal by another')
    expectEqual(await store.renew('study', 0, LASTING), true, 'a renewal by its worker')
  })

  promise('[D2] a trial that is given back goes to the next who asks, the lowest number first', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    await write(store, 'study', 0, [proposed(0), proposed(1), proposed(2)])
    for (const trial of [2, 0])
      expectEqual(await store.renew('study', trial, { ...LASTING, leaseMs: 0 }), true, 'giving back')
    const other: Claim = { worker: 'b', leaseMs: 60_000 }
    expectEqual(await store.claim('study', other), 0, 'the first claim')
    expectEqual(await store.claim('study', other), 2, 'the second claim')
    expectEqual(await store.claim('study', other), undefined, 'the third claim')
  })

  promise('[D2] of several claims at once each trial goes to one', async (place) => {
    const stores = await Promise.all([place.open(), place.open(), place.open(), place.open()])
    const [first] = stores
    for (const store of stores) await store.open('study', META)
    if (first === undefined) return
    for (let trial = 0; trial < 6; trial++) {
      await write(first, 'study', trial, [proposed(trial)])
      await first.renew('study', trial, { ...LASTING, leaseMs: 0 })
    }
    const claims = await Promise.all(
      [...stores, ...stores].map((store, i) => store.claim('study', { worker: `w${i}`, leaseMs: 60_000 })),
    )
    const granted = claims.filter((trial) => trial !== undefined).sort((a, b) => a - b)
    expectEqual(granted, [0, 1, 2, 3, 4, 5], 'the trials that were granted')
  })

  promise('[D2] a lease that ran out is free for others, and its worker hears so', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    await write(store, 'study', 0, [proposed(0)], { worker: 'slow', leaseMs: 20 })
    await sleep(60)
    const other: Claim = { worker: 'b', leaseMs: 60_000 }
    expectEqual(await store.claim('study', other), 0, 'a claim after the lease')
    expectEqual(await store.renew('study', 0, { worker: 'slow', leaseMs: 20 }), false, 'a renewal by the late worker')
    const slow: Claim = { worker: 'slow', leaseMs: 20 }
    expectEqual(await store.append('study', 1, [ended(0)], slow), 'lost', 'its late result')
    expectEqual(await store.append('study', 1, [measured(0, 1)], slow), 'lost', 'its late measurement')
    expectEqual(await store.append('study', 1, [proposed(1), ended(0)], slow), 'lost', 'a batch with its late result')
    expectEqual(await readAll(store, 'study'), [proposed(0)], 'the events')
    expectEqual(await store.append('study', 0, [ended(0)], slow), 'conflict', 'its late result at another sequence')
    expectEqual(await store.claim('study', slow), undefined, 'a claim, of no trial that would be free')
    expectEqual(await store.append('study', 1, [ended(0)], other), { sequence: 2 }, 'the result of the new worker')
  })

  promise('[D2] a lease that is renewed lasts from then on', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    await write(store, 'study', 0, [proposed(0)], { worker: 'a', leaseMs: 150 })
    expectEqual(await store.renew('study', 0, LASTING), true, 'renewing it for a minute')
    await sleep(200)
    expectEqual(
      await store.claim('study', { worker: 'b', leaseMs: 60_000 }),
      undefined,
      'a claim after the first lease',
    )
    expectEqual(await store.renew('study', 0, { ...LASTING, leaseMs: 10 }), true, 'renewing it for a moment')
    await sleep(40)
    expectEqual(await store.claim('study', { worker: 'b', leaseMs: 60_000 }), 0, 'a claim after that')
  })

  promise('[D2] a lease may last as long as its worker', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    const lasting: Claim = { worker: 'a', leaseMs: Infinity }
    await write(store, 'study', 0, [proposed(0)], lasting)
    const other: Claim = { worker: 'b', leaseMs: Infinity }
    expectEqual(await store.claim('study', other), undefined, 'a claim by another')
    expectEqual(await store.renew('study', 0, lasting), true, 'a renewal')
    expectEqual(await store.renew('study', 0, { ...lasting, leaseMs: 0 }), true, 'giving it back')
    expectEqual(await store.claim('study', other), 0, 'a claim after that')
    expectEqual(await store.claim('study', lasting), undefined, 'a claim by who gave it back')
  })

  promise('[D2] a lease is of one study: another may have a trial of the same number', async (place) => {
    const store = await place.open()
    for (const name of ['one', 'two']) {
      await store.open(name, META)
      await write(store, name, 0, [proposed(0)])
    }
    await store.renew('one', 0, { ...LASTING, leaseMs: 0 })
    const other: Claim = { worker: 'b', leaseMs: 60_000 }
    expectEqual(await store.claim('two', other), undefined, 'a claim in the study that still has its worker')
    expectEqual(await store.claim('one', other), 0, 'a claim in the other')
  })

  promise('[D2] a late result still counts while nobody has taken the trial over', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    await write(store, 'study', 0, [proposed(0)], { worker: 'slow', leaseMs: 10 })
    await sleep(40)
    expectEqual(
      await store.append('study', 1, [ended(0)], { worker: 'slow', leaseMs: 10 }),
      { sequence: 2 },
      'its result',
    )
  })

  promise('[D2] a trial that has ended is claimed by nobody', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    await write(store, 'study', 0, [proposed(0), ended(0)])
    expectEqual(await store.claim('study', LASTING), undefined, 'a claim')
    expectEqual(await store.renew('study', 0, LASTING), false, 'a renewal')
    await write(store, 'study', 2, [proposed(1), ended(1)], { worker: 'a', leaseMs: 5 })
    await sleep(30)
    expectEqual(await store.claim('study', LASTING), undefined, 'a claim after the lease would have run out')
  })

  promise('[D1] what another store on the same place wrote is seen at once', async (place) => {
    const [one, two] = [await place.open(), await place.open()]
    await one.open('study', META)
    await two.open('study', META)
    await write(one, 'study', 0, [proposed(0)])
    expectEqual(await readAll(two, 'study'), [proposed(0)], 'the events seen by the other')
    expectEqual(await two.append('study', 0, [proposed(0)], LASTING), 'conflict', 'an append that does not know of it')
    await write(two, 'study', 1, [ended(0)])
    expectEqual(await readAll(one, 'study', 1), [ended(0)], 'the events seen by the first')
  })

  promise('[D5] what was confirmed is there for a store that is opened later', async (place) => {
    if (!place.isPersistent) return
    const store = await place.open()
    await store.open('study', META)
    const events = Array.from({ length: 20 }, (_, trial) => [proposed(trial), ended(trial)]).flat()
    await write(store, 'study', 0, events)
    const later = await place.open()
    expectEqual(await later.open('study', META), { sequence: events.length, meta: META }, 'opening it later')
    expectEqual(await readAll(later, 'study'), events, 'the events')
  })

  promise('appending costs the same however long the study is', async (place) => {
    const store = await place.open()
    await store.open('study', META)
    const seconds = async (from: number, trials: number): Promise<number> => {
      const start = performance.now()
      for (let trial = from; trial < from + trials; trial++) {
        await store.append('study', 2 * trial, [proposed(trial)], LASTING)
        await store.append('study', 2 * trial + 1, [ended(trial)], LASTING)
      }
      return performance.now() - start
    }
    await seconds(0, 200)
    const early = await seconds(200, 200)
    await seconds(400, 2000)
    const late = await seconds(2400, 200)
    // Generous: growth with the length would make it ten times as much.
    expectThat(
      late < 5 * early + 50,
      `200 trials took ${early.toFixed(1)} ms at first and ${late.toFixed(1)} ms after 2,400`,
    )
  })

  return cases
}
