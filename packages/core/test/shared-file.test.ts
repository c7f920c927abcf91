import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causeChaos, StudyWorkers } from './study-workers.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mitten-workers-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('processes that share a study in a file', () => {
  it('[D2] do every trial once between them', { timeout: 60_000 }, async () => {
    const settings = { trials: 400, concurrency: 2, ordered: false, delay: 2 }
    const workers = new StudyWorkers(join(folder, 'shared'), settings)
    workers.start()
    workers.start()
    await workers.finish()
    const trials = await workers.trials()
    expect(trials).toHaveLength(400)
    expect(trials.filter(({ status, measurements }) => status !== 'ok' || measurements !== 2)).toEqual([])
    expect(workers.evaluated.toSorted((a, b) => a - b)).toEqual(trials.map((_, id) => id))
  })

  it(
    '[T3] and are killed, repeat the trials of one that is not, when these are ordered',
    { timeout: 60_000 },
    async () => {
      const settings = { trials: 300, concurrency: 4, ordered: true, delay: 1 }
      const alone = new StudyWorkers(join(folder, 'alone'), settings)
      alone.start()
      await alone.finish()
      const killed = new StudyWorkers(join(folder, 'killed'), settings)
      for (let kill = 0; kill < 6; kill++) {
        killed.start()
        await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 150))
        await killed.kill(1)
      }
      killed.start()
      await killed.finish()
      const results = async (of: StudyWorkers): Promise<unknown> =>
        (await of.trials()).map(({ dna, status, values }) => [dna, status, values])
      expect(await results(killed)).toEqual(await results(alone))
    },
  )

  it('[D5] lose and repeat nothing in a few seconds of chaos', { timeout: 120_000 }, async () => {
    const { rounds, kills } = await causeChaos(join(folder, 'chaos'), 5, Math.floor(Math.random() * 1e6))
    expect(rounds).toBeGreaterThan(0)
    expect(kills).toBeGreaterThan(0)
  })
})
