import { describe, expect, it } from 'vitest'
import type { Algorithm } from '../search/algorithm.ts'
import { algorithmContract } from '../testing/index.ts'
import { dedupe, hillClimb, randomSearch, regularizedEvolution, sweep } from './index.ts'

const algorithms: Readonly<Record<string, () => Algorithm>> = {
  randomSearch,
  sweep,
  hillClimb,
  'hillClimb from ten': () => hillClimb({ initialSize: 10 }),
  regularizedEvolution: () => regularizedEvolution({ populationSize: 10, tournamentSize: 3 }),
  'a population of one': () => regularizedEvolution({ populationSize: 1 }),
  'dedupe(randomSearch)': () => dedupe(randomSearch()),
  'dedupe(sweep)': () => dedupe(sweep()),
  'dedupe(hillClimb)': () => dedupe(hillClimb()),
  'dedupe(regularizedEvolution)': () => dedupe(regularizedEvolution({ populationSize: 10, tournamentSize: 3 })),
}

for (const [algorithm, make] of Object.entries(algorithms)) {
  describe(`${algorithm}`, () => {
    it.each(algorithmContract(make))('$name', async (promise) => {
      await expect(promise.run()).resolves.toBeUndefined()
    })
  })
}
