import { describe, expect, it } from 'vitest'
import type { Progress } from './progress.ts'
import { race } from './race.ts'

const plan = { algorithm: ['random', 'hill-climb'], trials: 30, seeds: 3, seed: 5, dataset: 'cifar10' } as const

describe('a race', () => {
  it('runs every algorithm with every seed, seed by seed', async () => {
    const ended: string[] = []
    const runs = await race({
      ...plan,
      signal: new AbortController().signal,
      onRun: ({ algorithm, seed }, { seedsDone, trialsDone }) =>
        ended.push(`${algorithm} ${seed} ${seedsDone} ${trialsDone}`),
    })
    expect(runs).toHaveLength(6)
    expect(ended).toEqual([
      'random 5 1 30',
      'hill-climb 5 1 30',
      'random 6 2 60',
      'hill-climb 6 2 60',
      'random 7 3 90',
      'hill-climb 7 3 90',
    ])
  })

  it('gives each seed the same search whatever runs beside it', async () => {
    const signal = new AbortController().signal
    const both = await race({ ...plan, signal })
    const alone = await race({ ...plan, algorithm: ['hill-climb'], seed: 6, seeds: 1, signal })
    expect(both.find(({ algorithm, seed }) => algorithm === 'hill-climb' && seed === 6)?.digest).toBe(alone[0]?.digest)
  })

  it('lets the event loop run, shows how far it is at most ten times a second, and stops when told', async () => {
    const controller = new AbortController()
    const shown: { readonly at: number; readonly trials: number }[] = []
    const start = performance.now()
    setTimeout(() => controller.abort(), 350)
    const runs = await race({
      ...plan,
      seeds: 1_000_000,
      signal: controller.signal,
      onProgress: ([progress]: readonly Progress[]) =>
        shown.push({ at: performance.now(), trials: progress?.trialsDone ?? 0 }),
    })
    expect(performance.now() - start).toBeLessThan(3000)
    expect(runs.length).toBeGreaterThan(1)
    expect(shown.length).toBeGreaterThan(1)
    // The last one comes when the race is over, and does not wait.
    for (let index = 1; index < shown.length - 1; index += 1) {
      expect((shown[index]?.at ?? 0) - (shown[index - 1]?.at ?? 0)).toBeGreaterThan(90)
    }
    expect(shown.at(-1)?.trials).toBeGreaterThan(shown[0]?.trials ?? 0)
  })
})
