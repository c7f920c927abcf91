import { describe, expect, it } from 'vitest'
import { Generations } from '../../test/generations.ts'
import { dedupe, randomSearch, regularizedEvolution } from '../algorithms/index.ts'
import type { Algorithm, AlgorithmContext, Ended } from '../search/algorithm.ts'
import type { StudyEvent } from '../search/event.ts'
import { memoryStore } from '../search/memory-store.ts'
import type { Store } from '../search/store.ts'
import type { Dna } from '../space/dna.ts'
import type { DnaSpace } from '../space/dna-space.ts'
import { algorithmContract, type ContractCase, ContractError, storeContract } from './index.ts'

/** Names of the promises that are not kept. */
async function broken(cases: readonly ContractCase[]): Promise<string[]> {
  const names: string[] = []
  for (const promise of cases) await promise.run().catch(() => names.push(promise.name))
  return names
}

/** Fails unless a promise is not kept. All are tried at once, since some of them take their time. */
async function expectBroken(cases: readonly ContractCase[]): Promise<void> {
  const settled = await Promise.allSettled(cases.map((promise) => promise.run()))
  const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  expect(errors).not.toEqual([])
  for (const error of errors) expect(error).toBeInstanceOf(Error)
  // What was expected and found is said, wherever it was the contract that noticed.
  for (const error of errors) if (error instanceof ContractError) expect(error.message.length).toBeGreaterThan(20)
}

describe('the contract of algorithms', () => {
  it('has names that differ', () => {
    const names = algorithmContract(randomSearch).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each([
    ['waits for generations', () => new Generations()],
    ['waits for generations, without repeats', () => dedupe(new Generations())],
    ['is asynchronous', () => asynchronous(regularizedEvolution({ populationSize: 5 }))],
  ])('is kept by one that %s', async (_, make) => {
    expect(await broken(algorithmContract(make))).toEqual([])
  })

  const around = (
    change: (base: Algorithm) => Partial<Record<keyof Algorithm, unknown>>,
    base = randomSearch(),
  ): Algorithm =>
    ({
      setup: (space: DnaSpace, context: AlgorithmContext) => base.setup(space, context),
      propose: (count: number) => base.propose(count),
      feedback: (ended: readonly Ended[]) => base.feedback(ended),
      ...change(base),
    }) as Algorithm

  let everywhere = 0
  const mutants: Readonly<Record<string, () => Algorithm>> = {
    'declines all': () => around(() => ({ setup: () => Promise.reject(new Error('no')) })),
    'draws by Math.random': () => {
      let known: DnaSpace | undefined
      const stream = { next: Math.random, int: (n: number) => Math.floor(Math.random() * n), child: () => stream }
      return around(() => ({
        setup: (space: DnaSpace) => void (known = space),
        propose: () => [{ dna: known?.random(stream) }],
      }))
    },
    'keeps what it learned when it is set up again': () => {
      let proposals = 0
      let context: AlgorithmContext | undefined
      let known: DnaSpace | undefined
      return around(() => ({
        setup: (space: DnaSpace, given: AlgorithmContext) => {
          known = space
          context = given
        },
        propose: () => [{ dna: known?.random(context!.stream.child(proposals++)) }],
      }))
    },
    'has something in common with all others': () => {
      let context: AlgorithmContext | undefined
      let known: DnaSpace | undefined
      return around(() => ({
        setup: (space: DnaSpace, given: AlgorithmContext) => {
          known = space
          context = given
          everywhere = 0
        },
        propose: () => [{ dna: known?.random(context!.stream.child(everywhere++)) }],
      }))
    },
    'proposes nothing': () => around(() => ({ propose: () => [] })),
    'proposes two': () => around((base) => ({ propose: () => base.propose(2) })),
    'waits from the start': () => around(() => ({ propose: () => 'wait' })),
    'moves on when it waits': () => {
      let calls = 0
      let [proposed, ended] = [0, 0]
      return around((base) => ({
        setup: (space: DnaSpace, context: AlgorithmContext) => {
          calls = proposed = ended = 0
          return base.setup(space, context)
        },
        propose: async () => {
          const answer = await base.propose(1)
          if (++calls % 5 === 0 && ended < proposed) return 'wait'
          proposed++
          return answer
        },
        feedback: (news: readonly Ended[]) => {
          ended += news.length
        },
      }))
    },
    'goes on after the end': () => {
      let calls = 0
      return around((base) => ({ propose: () => (++calls === 20 ? 'done' : base.propose(1)) }))
    },
    'always maximises': () => maximiser(regularizedEvolution({ populationSize: 5 })),
    'changes what it is told': () =>
      around(() => ({ feedback: ([trial]: Ended[]) => void Object.assign(trial as object, { status: 'seen' }) })),
    'hears of the first of several results alone': () =>
      around(
        (base) => ({ feedback: (ended: readonly Ended[]) => base.feedback(ended.slice(0, 1)) }),
        regularizedEvolution({ populationSize: 5 }),
      ),
    'needs a result for every trial': () =>
      around(() => ({ feedback: ([trial]: readonly Ended[]) => void trial!.values!['reward']!.toFixed() })),
    'proposes DNA that is not valid': () =>
      around((base) => ({
        propose: async () => {
          const [proposal] = (await base.propose(1)) as readonly { readonly dna: Dna }[]
          return [{ dna: { genes: [99], toString: () => '[99]', equals: () => false, space: proposal?.dna.space } }]
        },
      })),
  }

  it.each(Object.entries(mutants))('is broken by one that %s', async (_, make) => {
    await expectBroken(algorithmContract(make))
  })
})

function asynchronous(base: Algorithm): Algorithm {
  const later = async <R>(work: () => R): Promise<Awaited<R>> => {
    await Promise.resolve()
    return await work()
  }
  return {
    setup: (space, context) => later(() => base.setup(space, context)),
    propose: (count) => later(() => base.propose(count)),
    feedback: (ended) => later(() => base.feedback(ended)),
  }
}

function maximiser(base: Algorithm): Algorithm {
  return {
    setup: (space, { stream }) => base.setup(space, { stream, objectives: { loss: 'max' } }),
    propose: (count) => base.propose(count),
    feedback: (ended) => base.feedback(ended),
  }
}

describe('the contract of stores', () => {
  const cases = (change: (store: Store) => Partial<Store>): readonly ContractCase[] =>
    storeContract(() => {
      const store = memoryStore()
      const bound: Store = {
        open: (...args) => store.open(...args),
        append: (...args) => store.append(...args),
        read: (...args) => store.read(...args),
        claim: (...args) => store.claim(...args),
        renew: (...args) => store.renew(...args),
      }
      const changed = { ...bound, ...change(bound) }
      return { open: () => changed, isPersistent: false }
    })

  it('has names that differ, and is kept by the memory store', async () => {
    const names = cases(() => ({})).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(await broken(cases(() => ({})))).toEqual([])
  })

  async function* from(
    events: AsyncIterable<StudyEvent>,
    change: (event: StudyEvent, i: number) => StudyEvent[],
  ): AsyncGenerator<StudyEvent> {
    let i = 0
    for await (const event of events) yield* change(event, i++)
  }

  const mutants: Readonly<Record<string, (store: Store) => Partial<Store>>> = {
    'takes the meta of whoever comes last': (store) => ({
      open: async (name, meta) => ({ ...(await store.open(name, meta)), meta }),
    }),
    'makes a study of no events again': (store) => ({
      open: async (name, meta) => ({ ...(await store.open(name, meta)), sequence: 0 }),
    }),
    'knows no conflict': (store) => ({
      append: async (name, expected, events, claim) => {
        const answer = await store.append(name, expected, events, claim)
        return answer === 'conflict' ? { sequence: expected + events.length } : answer
      },
    }),
    'appends a batch in parts': (store) => ({
      append: async (name, expected, events, claim) => {
        let answer: Awaited<ReturnType<Store['append']>> = { sequence: expected }
        for (const [i, event] of events.entries()) {
          answer = await store.append(name, expected + i, [event], claim)
          if (typeof answer === 'string') return answer
        }
        return answer
      },
    }),
    'reads one event too many': (store) => ({ read: (name, since) => store.read(name, Math.max(0, since - 1)) }),
    'reads from the start': (store) => ({ read: (name) => store.read(name, 0) }),
    'rounds numbers': (store) => ({
      read: (name, since) =>
        from(store.read(name, since), (event) => [
          JSON.parse(
            JSON.stringify(event, (_, value: unknown) => (typeof value === 'number' ? Math.fround(value) : value)),
          ) as StudyEvent,
        ]),
    }),
    'forgets why': (store) => ({
      read: (name, since) =>
        from(store.read(name, since), (event) => [
          JSON.parse(
            JSON.stringify(event, (key, value: unknown) => (key === 'reason' ? undefined : value)),
          ) as StudyEvent,
        ]),
    }),
    'tells no capitals from small letters': (store) => lowercase(store, (name) => name.toLowerCase()),
    'trims names': (store) => lowercase(store, (name) => name.trim()),
    'normalises names': (store) => lowercase(store, (name) => name.normalize()),
    'cuts names': (store) => lowercase(store, (name) => name.slice(0, 255)),
    'opens what was not opened': (store) => ({
      claim: (name, claim) => store.claim(name, claim).catch(() => undefined),
    }),
    'gives no lease with a proposal': (store) => ({
      append: (name, expected, events, claim) => store.append(name, expected, events, { ...claim, leaseMs: 0 }),
    }),
    'has leases that never run out': (store) => ({
      append: (name, expected, events, claim) => store.append(name, expected, events, { ...claim, leaseMs: Infinity }),
    }),
    'has leases that cannot be renewed': (store) => ({
      renew: async (name, trial, claim) => (claim.leaseMs > 0 ? true : store.renew(name, trial, claim)),
    }),
    'takes back nothing': () => ({ renew: async () => true }),
    'lets anybody renew': (store) => ({ renew: async (...args) => (await store.renew(...args)) || true }),
    'grants what another has': (store) => ({ claim: async (name, claim) => (await store.claim(name, claim)) ?? 0 }),
    'takes late results': (store) => ({
      append: async (name, expected, events, claim) => {
        const answer = await store.append(name, expected, events, claim)
        return answer === 'lost' ? { sequence: expected + events.length } : answer
      },
    }),
    'slows down': (store) => {
      let length = 0
      return {
        append: (...args) => {
          const end = performance.now() + ++length / 8000
          while (performance.now() < end);
          return store.append(...args)
        },
      }
    },
  }

  it.each(Object.entries(mutants))('is broken by one that %s', { timeout: 60_000 }, async (_, change) => {
    await expectBroken(cases(change))
  })
})

function lowercase(store: Store, change: (name: string) => string): Store {
  return {
    open: (name, meta) => store.open(change(name), meta),
    append: (name, ...rest) => store.append(change(name), ...rest),
    read: (name, since) => store.read(change(name), since),
    claim: (name, claim) => store.claim(change(name), claim),
    renew: (name, trial, claim) => store.renew(change(name), trial, claim),
  }
}
