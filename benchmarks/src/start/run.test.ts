import { describe, expect, it } from 'vitest'
import { ALGORITHM_NAMES } from './algorithms.ts'
import { runSearch } from './run.ts'
import type { RunOptions } from './run.ts'

const options: RunOptions = {
  algorithm: 'regularized-evolution',
  seed: 1,
  trials: 120,
  dataset: 'cifar10',
  signal: new AbortController().signal,
}

describe('one search', () => {
  it.each(ALGORITHM_NAMES)('runs %s for as many trials as asked for', async (algorithm) => {
    const values: number[] = []
    const run = await runSearch({
      ...options,
      algorithm,
      onTrial: (value) => {
        values.push(value)
        return undefined
      },
    })
    expect(run).toMatchObject({ algorithm, seed: 1, trials: 120, complete: true })
    expect(values).toHaveLength(120)
    // The steps against the plain definition of best so far.
    const best = values.map((_, index) => Math.max(...values.slice(0, index + 1)))
    const steps = best.flatMap((value, index) =>
      index > 0 && best[index - 1] === value ? [] : [{ trial: index + 1, value }],
    )
    expect(run?.steps).toEqual(steps)
  })

  it('[T8] repeats itself with the same seed and not with another', async () => {
    const [one, again, other] = [
      await runSearch(options),
      await runSearch(options),
      await runSearch({ ...options, seed: 2 }),
    ]
    expect(again?.digest).toBe(one?.digest)
    expect(again?.steps).toEqual(one?.steps)
    expect(other?.digest).not.toBe(one?.digest)
  })

  it.each([
    ['random', '574fe772c19fa125'],
    ['regularized-evolution', '9ff32932430f90df'],
    ['hill-climb', '92c265216039d14b'],
    ['sweep', 'a322378716d9f831'],
  ] as const)('[T8] gives the trials of %s that seed 1 has always given', async (algorithm, digest) => {
    // What a seed yields is public: whoever changes these digests says so in the change log.
    expect((await runSearch({ ...options, algorithm }))?.digest).toBe(digest)
  })

  it('goes through the whole space in a sweep, finds the best cell, and stops there', async () => {
    const run = await runSearch({ ...options, algorithm: 'sweep', trials: 20_000 })
    expect(run).toMatchObject({ trials: 15_625, complete: true, hit: true })
  })

  it('stops after the trial in which it is interrupted', async () => {
    const controller = new AbortController()
    let trials = 0
    const run = await runSearch({
      ...options,
      signal: controller.signal,
      onTrial: () => {
        trials += 1
        if (trials === 7) controller.abort()
        return undefined
      },
    })
    expect(run).toMatchObject({ trials: 7, complete: false })
  })

  it('does not count the pauses of its watcher', async () => {
    const run = await runSearch({
      ...options,
      trials: 3,
      onTrial: () => new Promise((resolve) => setTimeout(resolve, 60)),
    })
    expect(run?.milliseconds).toBeLessThan(120)
  })
})
