import { describe, expect, it } from 'vitest'
import { hillClimb, randomSearch, regularizedEvolution, sweep } from '../algorithms/index.ts'
import { sample, type SampleOptions } from '../sample.ts'
import { DnaSpace } from '../space/dna-space.ts'
import type { Dna } from '../space/dna.ts'
import { intIn, manyOf, oneOf, Space } from '../space/index.ts'
import { field, symbolic } from '../symbolic/index.ts'
import type { Algorithm, AlgorithmContext, Ended } from './algorithm.ts'
import { AlgorithmError } from './errors.ts'
import { memoryStore } from './memory-store.ts'
import type { Store } from './store.ts'
import type { Study } from './study.ts'

interface Values {
  readonly a: number
  readonly b: number
}

function grid(): Values {
  return { a: oneOf([0, 1, 2, 3, 4, 5]), b: oneOf([0, 1, 2, 3, 4, 5]) }
}

const reward = ({ a, b }: Values): number => a * b - (a - 3) ** 2

async function texts(study: Study<unknown>): Promise<string> {
  return (await study.trials()).map(({ dna }) => String(dna)).join(' ')
}

/** Random search, with other methods in place of its own. */
function changed(change: (of: Algorithm) => Partial<Record<keyof Algorithm, unknown>>): Algorithm {
  const base = randomSearch()
  const bound: Algorithm = {
    setup: (space, context) => base.setup(space, context),
    propose: (count) => base.propose(count),
    feedback: (ended) => base.feedback(ended),
  }
  return { ...bound, ...change(bound) } as Algorithm
}

describe('[T4] an algorithm that breaks its contract', () => {
  const dnaOf = (space: object, text: string): Dna => Space.of(space).dna.parse(text)
  const answers: Readonly<Record<string, unknown>> = {
    'proposes nothing': [],
    'proposes undefined': undefined,
    'proposes null': null,
    "says 'stop'": 'stop',
    'proposes a number': 7,
    'proposes no DNA': [{}],
    'proposes text': [{ dna: '[0, 1]' }],
    'proposes more than was asked for': [{ dna: dnaOf(grid(), '[0, 1]') }, { dna: dnaOf(grid(), '[0, 2]') }],
    'proposes too few genes': [{ dna: dnaOf({ a: oneOf([1, 2]) }, '0') }],
    'proposes a gene out of range': [{ dna: dnaOf({ a: intIn(0, 9), b: intIn(0, 9) }, '[8, 1]') }],
    'proposes a fraction': [{ dna: { genes: [0.5, 1] } }],
  }

  it.each(Object.entries(answers))('%s: an error that says so, each time', async (_, answer) => {
    for (const propose of [() => answer, () => Promise.resolve(answer)]) {
      const study = sample(
        grid(),
        changed(() => ({ propose })),
      )
      for (let time = 0; time < 2; time++) {
        const error: unknown = await study.ask().catch((reason: unknown) => reason)
        expect(error).toBeInstanceOf(AlgorithmError)
        expect((error as AlgorithmError).message).toMatch(/^propose: expected .*, got .*\.$/)
      }
      expect(await study.trials()).toEqual([])
      await expect(study.run(reward, { concurrency: 3, onError: 'continue' })).rejects.toThrow(AlgorithmError)
    }
  })

  it.each(['setup', 'propose', 'feedback'] as const)('throws in %s: its error is the cause', async (method) => {
    const bug = new TypeError('no such thing')
    const ways = [
      () => {
        throw bug
      },
      () => Promise.reject(bug),
    ]
    for (const way of ways) {
      const study = sample(
        grid(),
        changed(() => ({ [method]: way })),
      )
      const error: unknown = await study.run(reward, { concurrency: 2 }).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(AlgorithmError)
      expect(error).toMatchObject({ path: method, cause: bug })
      expect((error as AlgorithmError).message).toContain("got TypeError 'no such thing'")
      // The trial whose result it could not take has ended all the same.
      if (method === 'feedback') expect((await study.trials())[0]?.status).toBe('ok')
    }
  })

  it('keeps the error of an algorithm that cannot search the space', async () => {
    const open = { objectives: { x: 'max', y: 'min' } } as const
    await expect(sample(grid(), hillClimb(), open).ask()).rejects.toThrow('hillClimb: expected a single objective')
    await expect(sample({ x: manyOf(2, [1, 2, 3]) }, regularizedEvolution(), open).ask()).rejects.toThrow(
      AlgorithmError,
    )
  })

  it('waits for nothing: an error, from a run of several too', async () => {
    const study = sample(
      grid(),
      changed((base) => {
        let proposed = 0
        return { propose: () => (proposed++ < 3 ? base.propose(1) : 'wait') }
      }),
    )
    await expect(study.run(reward, { concurrency: 2 })).rejects.toThrow(
      "propose: expected proposals, or 'done', got 'wait'; an algorithm may answer 'wait' only while trials are in flight.",
    )
    expect((await study.trials()).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok'])
  })

  it('fails once: the study goes on to the trials that it would have had', async () => {
    const whole = sample(grid(), regularizedEvolution({ populationSize: 5 }), { trials: 30 })
    await whole.run(reward)
    for (const method of ['propose', 'feedback'] as const) {
      const base = regularizedEvolution({ populationSize: 5 })
      let calls = 0
      const flaky: Algorithm = {
        setup: (space, context) => base.setup(space, context),
        propose: (count) => fails('propose') ?? base.propose(count),
        feedback: (ended) => fails('feedback') ?? base.feedback(ended),
      }
      const fails = (called: string): undefined => {
        if (called === method && ++calls === 11) throw new Error('flaky')
      }
      const study = sample(grid(), flaky, { trials: 30 })
      let failures = 0
      for (;;) {
        const trial = await study.ask().catch(() => failures++)
        if (typeof trial === 'number') continue
        if (trial === undefined) break
        await trial.done(reward(trial.program))
      }
      expect(failures).toBe(1)
      expect(await texts(study)).toBe(await texts(whole))
    }
  })
})

describe('[T4] an algorithm', () => {
  it('may be asynchronous; no two calls overlap', async () => {
    const base = hillClimb()
    let inside = 0
    const slowly = async <R>(work: () => R): Promise<Awaited<R>> => {
      expect(++inside).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
      const result = await work()
      inside--
      return result
    }
    const slow: Algorithm = {
      setup: (space, context) => slowly(() => base.setup(space, context)),
      propose: (count) => slowly(() => base.propose(count)),
      feedback: (ended) => slowly(() => base.feedback(ended)),
    }
    const options: SampleOptions = { trials: 20, ordered: true }
    const study = await sample(grid(), slow, options).run(reward, { concurrency: 4 })
    const quick = await sample(grid(), hillClimb(), options).run(reward, { concurrency: 4 })
    expect(await texts(study)).toBe(await texts(quick))
  })

  it('is told of each trial that ended once, in order, with all there is to know, and of no program', async () => {
    const told: Ended[] = []
    let context: AlgorithmContext | undefined
    const study = sample(
      grid(),
      changed((base) => ({
        setup: (space: DnaSpace, given: AlgorithmContext) => {
          expect(space).toBeInstanceOf(DnaSpace)
          context = given
          return base.setup(space, given)
        },
        feedback: (ended: readonly Ended[]) => {
          told.push(...ended)
          return base.feedback(ended)
        },
      })),
      { objectives: { loss: 'min' } },
    )
    const trials = await Promise.all(Array.from({ length: 4 }, () => study.ask()))
    await trials[2]?.done({ loss: 2, size: 7 })
    await trials[0]?.skip('no')
    await trials[3]?.fail('no')
    await study.ask()
    expect(told).toEqual([
      { id: 2, dna: trials[2]?.dna, status: 'ok', values: { loss: 2, size: 7 } },
      { id: 0, dna: trials[0]?.dna, status: 'skipped' },
      { id: 3, dna: trials[3]?.dna, status: 'failed' },
    ])
    for (const ended of told) expect('values' in ended).toBe(ended.id === 2)
    expect(context?.objectives).toEqual({ loss: 'min' })
  })

  it('makes no program, and its search makes those alone that are read', async () => {
    let made = 0
    class Counted extends symbolic('seat-test/Counted', { n: field.int() }) {
      override onBound(): void {
        made++
      }
    }
    const space = { of: oneOf([new Counted({ n: intIn(0, 9) }), new Counted({ n: 3 })]) }
    const study = sample(space, regularizedEvolution({ populationSize: 5 }), { trials: 40 })
    made = 0
    for await (const trial of study) await trial.done(trial.id)
    expect(made).toBe(0)
    await study.best()
    expect(made).toBe(1)
  })

  it('may propose DNA of an equal space; it becomes DNA of this one', async () => {
    const other = Space.of(grid()).dna
    const study = sample(
      grid(),
      changed(() => ({ propose: () => [{ dna: other.parse('[1, 2]') }] })),
    )
    const trial = await study.ask()
    expect(trial?.dna.space).not.toBe(other)
    expect(String(trial?.dna)).toBe('[1, 2]')
    // The same genes of a space of another shape are written as this space writes them.
    const nested = Space.of({ a: oneOf([0, oneOf([1, 2, 3])]) }).dna.parse('(1, 2)')
    const flat = sample(
      { a: oneOf([1, 2]), b: oneOf([1, 2, 3]) },
      changed(() => ({ propose: () => [{ dna: nested }] })),
    )
    expect(String((await flat.ask())?.dna)).toBe('[1, 2]')
  })

  it('serves one study at a time, and starts over where two take turns', async () => {
    const alone = await Promise.all(
      [1, 2].map(async (seed) => texts(await sample(grid(), hillClimb(), { seed, trials: 20 }).run(reward))),
    )
    const shared = hillClimb()
    const studies = [1, 2].map((seed) => sample(grid(), shared, { seed, trials: 20 }))
    for (let turn = 0; turn < 40; turn++) {
      const trial = await studies[turn % 2]?.ask()
      await trial?.done(reward(trial.program))
    }
    expect(await Promise.all(studies.map(texts))).toEqual(alone)
  })

  it('is asked again for what the store did not take', async () => {
    const whole = await sample(grid(), hillClimb(), { trials: 20 }).run(reward)
    const store = memoryStore()
    let appends = 0
    const failing: Store = {
      open: (...args) => store.open(...args),
      append: (...args) => (++appends % 3 === 0 ? Promise.reject(new Error('disk full')) : store.append(...args)),
      read: (...args) => store.read(...args),
      claim: (...args) => store.claim(...args),
      renew: (...args) => store.renew(...args),
    }
    const study = sample(grid(), hillClimb(), { trials: 20, store: failing })
    let failures = 0
    for (;;) {
      const trial = await study.ask().catch(() => failures++)
      if (typeof trial === 'number') continue
      if (trial === undefined) break
      // A result that was not taken can be given again.
      while (!trial.ended) await trial.done(reward(trial.program)).catch(() => failures++)
    }
    // 40 events in 59 attempts.
    expect(failures).toBe(19)
    expect(await texts(study)).toBe(await texts(whole))
    await sample(grid(), hillClimb(), { store }).ask()
  })

  it('that ends is asked no more', async () => {
    let proposals = 0
    const study = sample(
      { a: oneOf([1, 2]) },
      changed(() => {
        const base = sweep()
        return {
          setup: (space: DnaSpace, context: AlgorithmContext) => base.setup(space, context),
          propose: (count: number) => {
            proposals++
            return base.propose(count)
          },
        }
      }),
    )
    await study.run(() => 1)
    expect(proposals).toBe(3)
  })
})
