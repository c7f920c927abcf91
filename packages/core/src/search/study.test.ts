import { describe, expect, it } from 'vitest'
import { plainStore } from '../../test/plain-store.ts'
import { hillClimb, randomSearch, regularizedEvolution, sweep } from '../algorithms/index.ts'
import { sample, type SampleOptions } from '../sample.ts'
import { ConstantSpaceError } from '../space/errors.ts'
import { floatIn, intIn, oneOf, Space } from '../space/index.ts'
import { OutOfRangeError } from '../symbolic/errors.ts'
import { field, symbolic } from '../symbolic/index.ts'
import {
  InvalidRewardError,
  LeaseLostError,
  StudyMismatchError,
  TrialNotEndedError,
  TrialStateError,
} from './errors.ts'
import { memoryStore } from './memory-store.ts'
import type { Study } from './study.ts'
import type { Trial } from './trial.ts'

interface Values {
  readonly a: number
  readonly b: number
}

/** A space of nine points. */
function grid(): Values {
  return { a: oneOf([1, 2, 3]), b: oneOf([1, 2, 3]) }
}

const product = ({ a, b }: Values): number => a * b

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Statuses of all trials, as a word each. */
async function statuses(study: Study<unknown>): Promise<string> {
  return (await study.trials()).map(({ status }) => status).join(' ')
}

describe('[T1] the sample loop', () => {
  it('gives every trial of the search once, with its program, DNA and number', async () => {
    const seen: unknown[] = []
    for await (const trial of sample(grid(), sweep())) {
      seen.push([trial.id, String(trial.dna), trial.program.a, trial.program.b, trial.ended])
      await trial.done(1)
      expect(trial.ended).toBe(true)
    }
    const all = [1, 2, 3].flatMap((a) => [1, 2, 3].map((b) => [a, b] as const))
    expect(seen).toEqual(all.map(([a, b], id) => [id, `[${a - 1}, ${b - 1}]`, a, b, false]))
  })

  it('makes the program once for a trial, and anew for each', async () => {
    const [first, second] = [await sample(grid()).ask(), await sample(grid()).ask()]
    expect(first?.program).toBe(first?.program)
    expect(first?.program).not.toBe(second?.program)
  })

  it('asking for the next trial while the current is open is an error that says what to call', async () => {
    const study = sample(grid(), sweep())
    const loop = async (): Promise<void> => {
      for await (const trial of study) expect(trial.id).toBe(0)
    }
    await expect(loop()).rejects.toThrow(TrialNotEndedError)
    await expect(loop()).rejects.toThrow(
      'trial 0: expected the current trial to have ended before the next one is asked for, got a trial that is still ' +
        'open; call trial.done(reward), trial.skip(reason) or trial.fail(error), and await it.',
    )
    // It is given back, and the next loop begins with it.
    expect(await statuses(study)).toBe('pending')
    expect((await study.ask())?.id).toBe(0)
  })

  it.each(['break', 'return', 'throw'])('left by %s gives the open trial back', async (how) => {
    const study = sample(grid(), sweep(), { trials: 4 })
    const loop = async (): Promise<void> => {
      for await (const trial of study) {
        if (trial.id < 2) await trial.done(1)
        else if (how === 'break') break
        else if (how === 'return') return
        else throw new Error('my own')
      }
    }
    if (how === 'throw') await expect(loop()).rejects.toThrow('my own')
    else await loop()
    const ids: number[] = []
    for await (const trial of study) {
      ids.push(trial.id)
      await trial.done(1)
    }
    expect(ids).toEqual([2, 3])
  })

  it('ends a trial once, by done, skip or fail, or not at all', async () => {
    const study = sample(grid(), sweep())
    const ends: ((trial: Trial<Values>) => Promise<unknown>)[] = [
      (trial) => trial.done(2),
      (trial) => trial.skip('too large'),
      (trial) => trial.skip(),
      (trial) => trial.fail(new RangeError('diverged')),
      (trial) => trial.fail('no memory'),
      (trial) => trial.fail({ odd: true }),
      (trial) => trial.fail(Object.create(null)),
    ]
    for (const end of ends) {
      const trial = (await study.ask()) as Trial<Values>
      const first = end(trial)
      for (const again of ends) await expect(again(trial)).rejects.toThrow(TrialStateError)
      await expect(trial.report(1, { step: 1 })).rejects.toThrow('expected report before the trial ends')
      await first
    }
    const records = await study.trials()
    expect(records.map(({ status, values, reason }) => [status, values?.['reward'], reason])).toEqual([
      ['ok', 2, undefined],
      ['skipped', undefined, 'too large'],
      ['skipped', undefined, undefined],
      ['failed', undefined, 'RangeError: diverged'],
      ['failed', undefined, 'no memory'],
      ['failed', undefined, 'a plain object'],
      ['failed', undefined, 'a plain object'],
    ])
    for (const { startedAt, endedAt } of records) expect(endedAt).toBeGreaterThanOrEqual(startedAt)
  })

  it('may run several times over at once: each trial goes to one of them', async () => {
    const study = sample(grid(), sweep())
    const ids: number[] = []
    const loop = async (): Promise<void> => {
      for await (const trial of study) {
        ids.push(trial.id)
        await sleep(1)
        await trial.done(1)
      }
    }
    await Promise.all([loop(), loop(), loop()])
    expect(ids.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('keeps intermediate results, and begins again where a step is not beyond the last', async () => {
    const study = sample(grid(), randomSearch())
    const trial = (await study.ask()) as Trial<Values>
    for (const step of [0, 1, 2.5, 3]) expect(await trial.report(step, { step })).toEqual({ stop: false })
    for (const step of [-1, NaN, Infinity]) {
      await expect(trial.report(1, { step })).rejects.toThrow(InvalidRewardError)
    }
    await expect(trial.report(NaN, { step: 4 })).rejects.toThrow(InvalidRewardError)
    const before = await study.trials()
    await trial.report({ reward: 9, loss: 2 }, { step: 1 })
    await trial.done(5)
    expect(before[0]?.measurements.map(({ step }) => step)).toEqual([0, 1, 2.5, 3])
    const [record] = await study.trials()
    expect(record?.measurements).toEqual([
      { step: 0, values: { reward: 0 } },
      { step: 1, values: { reward: 9, loss: 2 } },
    ])
    expect(record?.values).toEqual({ reward: 5 })
  })

  it('has no trials of a program with nothing to decide', () => {
    expect(() => sample({ a: 1 })).toThrow(ConstantSpaceError)
    expect(() => sample({ a: oneOf([1, 2]) }, sweep(), { where: () => false })).toThrow(ConstantSpaceError)
  })

  it('searches what `where` selects, and nothing else', async () => {
    const study = sample({ a: oneOf([1, 2], { name: 'a' }), b: oneOf([1, 2]) }, sweep(), {
      where: (hyper) => hyper.name === 'a',
    })
    const texts: string[] = []
    for await (const trial of study) {
      texts.push(String(trial.dna))
      await trial.done(0)
    }
    expect(texts).toEqual(['0', '1'])
    expect(() => sample(Space.of(grid()), sweep(), { where: () => true })).toThrow('Space.of(program, { where })')
  })

  it.each([
    [{ trials: -1 }, 'trials'],
    [{ trials: 1.5 }, 'trials'],
    [{ trials: NaN }, 'trials'],
    [{ seed: NaN }, 'seed'],
    [{ seed: Infinity }, 'seed'],
    [{ leaseMs: 0 }, 'leaseMs'],
    [{ leaseMs: NaN }, 'leaseMs'],
  ] as const)('refuses the options %j', (options: SampleOptions, path) => {
    expect(() => sample(grid(), sweep(), options)).toThrow(OutOfRangeError)
    expect(() => sample(grid(), sweep(), options)).toThrow(`${path}: expected`)
  })
})

describe('[T2] a study', () => {
  it('runs an evaluation, a function or a promise of one, over all trials', async () => {
    for (const evaluate of [product, (program: Values) => Promise.resolve(product(program))]) {
      const study = sample(grid(), sweep())
      expect(await study.run(evaluate)).toBe(study)
      expect((await study.trials()).map(({ values }) => values?.['reward'])).toEqual([1, 2, 3, 2, 4, 6, 3, 6, 9])
      expect(await study.ask()).toBe(undefined)
    }
  })

  it('knows its best trial: of equals the one proposed first, whatever the order of results', async () => {
    const study = sample(grid(), sweep(), { objectives: { loss: 'min' } })
    expect(await study.best()).toBe(undefined)
    const trials = await Promise.all(Array.from({ length: 4 }, () => study.ask()))
    await trials[2]?.done(5)
    await trials[3]?.done(3)
    expect((await study.best())?.id).toBe(3)
    await trials[1]?.done(3)
    await trials[0]?.done(4)
    const best = await study.best()
    expect(best).toMatchObject({ id: 1, values: { loss: 3 } })
    expect([best?.program.a, best?.program.b, String(best?.dna)]).toEqual([1, 2, '[0, 1]'])
    expect((await study.best())?.program).not.toBe(best?.program)
  })

  it('knows the front of several objectives, which has no best', async () => {
    const study = sample(grid(), sweep(), { objectives: { accuracy: 'max', latency: 'min' } })
    await study.run(({ a, b }) => ({ accuracy: a, latency: a * b, size: 1 }))
    const front = await study.front()
    expect(front.map(({ id, values }) => [id, values])).toEqual([
      [0, { accuracy: 1, latency: 1, size: 1 }],
      [3, { accuracy: 2, latency: 2, size: 1 }],
      [6, { accuracy: 3, latency: 3, size: 1 }],
    ])
    expect(front[1]?.program.a).toBe(2)
    await expect(study.best()).rejects.toThrow('call study.front()')
  })

  it('counts in `trials` all that were ever proposed, and in those of a run what the run evaluates', async () => {
    const store = memoryStore()
    const open = (trials: number): Study<Values> => sample(grid(), sweep(), { store, trials })
    const evaluated: number[] = []
    const evaluate = (program: Values, { id }: Trial<Values>): number => {
      evaluated.push(id)
      return product(program)
    }
    await open(7).run(evaluate, { trials: 2 })
    await open(7).run(evaluate, { trials: 3, concurrency: 2 })
    await open(7).run(evaluate, { trials: 0 })
    expect(evaluated).toEqual([0, 1, 2, 3, 4])
    await open(7).run(evaluate)
    await open(7).run(evaluate)
    await open(8).run(evaluate)
    expect(evaluated).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    await open(0).run(evaluate)
    expect(evaluated).toHaveLength(8)
  })

  it('evaluates so many at once as `concurrency` says, and no more', async () => {
    for (const concurrency of [1, 3, 100]) {
      let now = 0
      let most = 0
      const study = sample(grid(), sweep())
      await study.run(
        async (program) => {
          most = Math.max(most, ++now)
          await sleep(2)
          now--
          return product(program)
        },
        { concurrency },
      )
      expect(most).toBe(Math.min(concurrency, 9))
      expect(await statuses(study)).toBe('ok '.repeat(9).trim())
    }
    for (const concurrency of [0, -1, 1.5, NaN]) {
      await expect(sample(grid(), sweep()).run(product, { concurrency })).rejects.toThrow(OutOfRangeError)
    }
  })

  it('lets an evaluation end its trial itself', async () => {
    const study = sample(grid(), sweep(), { trials: 3 })
    await study.run(async (program, trial) => {
      if (trial.id === 0) await trial.done(product(program))
      else if (trial.id === 1) await trial.skip()
      else await trial.fail('no')
    })
    expect(await statuses(study)).toBe('ok skipped failed')
  })

  it('opens once; a study that could not be opened is opened by the next call', async () => {
    const store = memoryStore()
    let broken = true
    const study = sample(grid(), sweep(), {
      store: {
        ...plainStore(store),
        open: (name, meta) => (broken ? Promise.reject(new Error('no disk')) : store.open(name, meta)),
      },
    })
    await expect(study.trials()).rejects.toThrow('no disk')
    await expect(study.ask()).rejects.toThrow('no disk')
    broken = false
    expect((await study.ask())?.id).toBe(0)
  })

  it('is joined by name with the same space, objectives and seed only', async () => {
    const store = memoryStore()
    const options: SampleOptions = { store, name: 'mine', seed: 4, objectives: { x: 'max', y: 'min' } }
    await sample(grid(), sweep(), options).ask()
    const open = (changes: SampleOptions, space: object = grid()): Promise<unknown> =>
      sample(space, sweep(), { ...options, ...changes }).trials()
    expect(await open({})).toHaveLength(1)
    expect(await open({ objectives: { y: 'min', x: 'max' } })).toHaveLength(1)
    expect(await open({ name: 'another', seed: 9 })).toHaveLength(0)
    for (const changes of [{ seed: 5 }, { objectives: { x: 'max' } }, { ordered: true }] as const) {
      await expect(open(changes)).rejects.toThrow(StudyMismatchError)
    }
    await expect(open({ objectives: { x: 'max', y: 'max' } })).rejects.toThrow('mine: expected the objectives')
    await expect(open({}, { a: oneOf([1, 2, 3]), b: oneOf([1, 2, 4]) })).rejects.toThrow(StudyMismatchError)
    // A seed that is not asked for is the study's own.
    const { seed: _, ...unseeded } = options
    expect(await sample(grid(), sweep(), unseeded).trials()).toHaveLength(1)
  })
})

describe('[T2] a run that is aborted', () => {
  it('does nothing if it is before the start', async () => {
    const study = sample(grid(), sweep())
    const reason = new Error('not today')
    await expect(study.run(product, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(await study.trials()).toEqual([])
  })

  it('lets evaluations that ignore it end with their results', async () => {
    const study = sample(grid(), sweep())
    const controller = new AbortController()
    const run = study.run(
      async (program, { id }) => {
        if (id === 3) controller.abort()
        await sleep(3)
        return product(program)
      },
      { signal: controller.signal, concurrency: 2 },
    )
    await expect(run).rejects.toThrow('aborted')
    expect(await statuses(study)).toMatch(/^ok ok ok ok$|^ok ok ok$/)
  })

  it('gives back the trials of evaluations that end by it, and the next run does them', async () => {
    const study = sample(grid(), sweep())
    const controller = new AbortController()
    const evaluate = async (program: Values, { id, signal }: Trial<Values>): Promise<number> => {
      if (id === 3) controller.abort(new Error('enough'))
      await sleep(3)
      signal.throwIfAborted()
      return product(program)
    }
    await expect(study.run(evaluate, { signal: controller.signal, concurrency: 2 })).rejects.toThrow('enough')
    expect(await statuses(study)).toMatch(/^ok ok( pending){1,2}$/)
    const ids: number[] = []
    await study.run((program, { id }) => {
      ids.push(id)
      return product(program)
    })
    expect(ids).toEqual([2, 3, 4, 5, 6, 7, 8])
    expect((await study.trials()).every(({ status }) => status === 'ok')).toBe(true)
  })

  it('ends while its workers wait for results', async () => {
    const study = sample(grid(), sweep(), { ordered: true })
    const controller = new AbortController()
    // In an ordered study the other workers have to wait for the first trial.
    setTimeout(() => controller.abort(new Error('waited enough')), 20)
    const run = study.run(
      ({ a }, { id, signal }) =>
        id > 0
          ? a
          : new Promise((_, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason as Error))
            }),
      { signal: controller.signal, concurrency: 2 },
    )
    await expect(run).rejects.toThrow('waited enough')
    expect(await statuses(study)).toBe('pending ok')
  })
})

describe('[T2] an evaluation that throws', () => {
  const fails = (program: Values, { id }: Trial<Values>): number => {
    if (id % 3 === 1) throw new TypeError(`trial ${id} went wrong`)
    return product(program)
  }

  it('stops the run with its error, and counts as failed', async () => {
    const study = sample(grid(), sweep())
    await expect(study.run(fails)).rejects.toThrow(new TypeError('trial 1 went wrong'))
    expect(await statuses(study)).toBe('ok failed')
    expect((await study.trials())[1]?.reason).toBe('TypeError: trial 1 went wrong')
    // A failed trial is not done again.
    await expect(study.run(fails, { onError: 'stop' })).rejects.toThrow('trial 4 went wrong')
    expect(await statuses(study)).toBe('ok failed ok ok failed')
  })

  it('stops several workers after the trials in flight, and none of them begins another', async () => {
    const study = sample(grid(), sweep(), { ordered: true })
    const begun: number[] = []
    const run = study.run(
      async (program, { id }) => {
        begun.push(id)
        await sleep(id === 0 ? 20 : 1)
        if (id === 0) throw new Error('first')
        return product(program)
      },
      { concurrency: 3 },
    )
    await expect(run).rejects.toThrow('first')
    expect(begun).toEqual([0, 1, 2])
    expect(await statuses(study)).toBe('failed ok ok')
  })

  it('goes on if so asked', async () => {
    const study = sample(grid(), sweep())
    await study.run(fails, { onError: 'continue', concurrency: 2 })
    expect(await statuses(study)).toBe('ok failed ok ok failed ok ok failed ok')
    expect((await study.best())?.values).toEqual({ reward: 9 })
  })

  it('fails its trial also when the program cannot be made', async () => {
    class Picky extends symbolic('study-test/Picky', { n: field.int() }) {
      override onBound(): void {
        if (this.n === 1) throw new Error('one too many')
      }
    }
    const study = sample({ picky: new Picky({ n: oneOf([0, 1, 2]) }) }, sweep())
    await expect(study.run(({ picky }) => picky.n)).rejects.toThrow('one too many')
    await study.run(({ picky }) => picky.n)
    expect(await statuses(study)).toBe('ok failed ok')
  })
})

describe('[T5] results', () => {
  it.each([
    NaN,
    Infinity,
    -Infinity,
    undefined,
    null,
    '1',
    true,
    [],
    {},
    { loss: 1 },
    { reward: '1' },
    { reward: NaN },
  ])('of %j are refused, and the trial goes on', async (result) => {
    const study = sample(grid(), sweep())
    const trial = (await study.ask()) as Trial<Values>
    await expect(trial.done(result as number)).rejects.toThrow(InvalidRewardError)
    expect(trial.ended).toBe(false)
    expect(await statuses(study)).toBe('pending')
    await trial.done({ reward: 1, loss: -0 })
    const [record] = await study.trials()
    expect(record?.values).toEqual({ reward: 1, loss: 0 })
  })

  it.each([NaN, undefined])('of %j fail the trial of a run, and stop it', async (result) => {
    const study = sample(grid(), sweep(), { trials: 3 })
    const evaluate = ({ a, b }: Values): number => (a * b === 2 ? (result as number) : a)
    await expect(study.run(evaluate)).rejects.toThrow(InvalidRewardError)
    expect(await statuses(study)).toBe('ok failed')
    await study.run(evaluate, { onError: 'continue' })
    expect((await study.trials())[1]?.reason).toMatch(/^InvalidRewardError: reward: expected a/)
  })

  it('of several objectives name them all', async () => {
    const trial = (await sample(grid(), sweep(), { objectives: { x: 'max', y: 'min' } }).ask()) as Trial<Values>
    await expect(trial.done(1)).rejects.toThrow(
      'reward: expected the metrics x, y, got 1; give an object, { x: …, y: … }.',
    )
    await expect(trial.done({ x: 1 })).rejects.toThrow('y: expected a value for the objective, got nothing')
    await expect(trial.done({ x: 1, y: 2, z: Infinity })).rejects.toThrow('z: expected a finite number, got Infinity')
    await trial.done({ x: 1, y: 2 })
  })

  it('may be called whatever a key may be called', async () => {
    const odd = JSON.parse('{"__proto__":"max","constructor":"min","":"max"}') as Record<string, 'max' | 'min'>
    const study = sample(grid(), sweep(), { objectives: odd, trials: 2 })
    await study.run(() => JSON.parse('{"__proto__":1,"constructor":2,"":3}') as Record<string, number>)
    expect(JSON.stringify((await study.front())[0]?.values)).toBe('{"__proto__":1,"constructor":2,"":3}')
    await expect(sample(grid(), sweep(), { objectives: odd }).run(() => ({}))).rejects.toThrow(
      'a value for the objective',
    )
  })

  it.each([{}, { reward: 'up' }, { reward: 'max', other: undefined }])('of objectives %j are none', (objectives) => {
    expect(() => sample(grid(), sweep(), { objectives: objectives as Record<string, 'max'> })).toThrow(
      InvalidRewardError,
    )
  })
})

describe('[D2] a trial that another worker took over', () => {
  it('is no longer ours: results and measurements are a typed answer, and the study goes on', async () => {
    const store = memoryStore()
    const slow = sample(grid(), sweep(), { store, trials: 3, leaseMs: 15 })
    const quick = sample(grid(), sweep(), { store, trials: 3 })
    const late = (await slow.ask()) as Trial<Values>
    // The process is busy, so that the lease is not renewed.
    const busy = performance.now() + 40
    while (performance.now() < busy);
    const taken = (await quick.ask()) as Trial<Values>
    expect(taken.id).toBe(late.id)
    await expect(late.report(1, { step: 1 })).rejects.toThrow(LeaseLostError)
    await expect(late.done(1)).rejects.toThrow(TrialStateError)
    expect(late.ended).toBe(true)
    await taken.done(7)
    await slow.run(() => 1)
    expect((await slow.trials()).map(({ values }) => values?.['reward'])).toEqual([7, 1, 1])
  })

  it('is renewed while it is worked on', async () => {
    const store = memoryStore()
    const one = sample(grid(), sweep(), { store, trials: 1, leaseMs: 60 })
    const two = sample(grid(), sweep(), { store, trials: 1, leaseMs: 60 })
    const trial = await one.ask()
    for (let i = 0; i < 10; i++) {
      await sleep(20)
      expect(await two.ask()).toBe(undefined)
    }
    await trial?.done(1)
  })

  it('drops the result of a run, which goes on with the other trials', async () => {
    const store = memoryStore()
    const slow = sample(grid(), sweep(), { store, trials: 4, leaseMs: 5 })
    const quick = sample(grid(), sweep(), { store, trials: 4 })
    await slow.run(async (_, { id }) => {
      if (id !== 1) return 1
      const busy = performance.now() + 20
      while (performance.now() < busy);
      const taken = await quick.ask()
      expect(taken?.id).toBe(1)
      await taken?.done(100)
      return 2
    })
    expect((await slow.trials()).map(({ values }) => values?.['reward'])).toEqual([1, 100, 1, 1])
  })

  it('is never given to the same worker twice, however short its lease', async () => {
    const study = sample(grid(), sweep(), { leaseMs: 1 })
    const other = sample(grid(), sweep(), { leaseMs: 1 })
    const evaluated: number[] = []
    await Promise.all(
      [study, other].map((one) =>
        one.run(
          async (program, { id }) => {
            if (one === study) evaluated.push(id)
            await sleep(5)
            return product(program)
          },
          { concurrency: 3 },
        ),
      ),
    )
    expect(evaluated).toHaveLength(9)
  })
})

describe('[T3] the seed', () => {
  it('of a study decides its trials; another gives others', async () => {
    const space = { x: floatIn(0, 1), n: intIn(1, 1000) }
    const texts = async (seed?: number): Promise<string> => {
      const study = sample(space, regularizedEvolution({ populationSize: 5 }), seed === undefined ? {} : { seed })
      await study.run(({ x, n }) => x * n, { trials: 30 })
      return (await study.trials()).map(({ dna }) => String(dna)).join()
    }
    expect(await texts(1)).toBe(await texts(1))
    expect(await texts(0)).toBe(await texts())
    expect(await texts(-0)).toBe(await texts(0))
    expect(new Set([await texts(1), await texts(2), await texts(0.5), await texts(-1)]).size).toBe(4)
  })

  it('does not depend on what an algorithm did before', async () => {
    const algorithm = hillClimb()
    const texts = async (): Promise<string> => {
      const study = sample(grid(), algorithm, { trials: 20 })
      await study.run(product)
      return (await study.trials()).map(({ dna }) => String(dna)).join()
    }
    expect(await texts()).toBe(await texts())
  })
})
