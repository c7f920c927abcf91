import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream, type Stream } from '../../math/index.ts'
import { oneOf, Space } from '../../space/index.ts'
import type { Individual } from './individual.ts'
import { tournament } from './tournament.ts'

const dna = Space.of({ a: oneOf([1, 2]) }).dna.first()
const populationOf = (fitness: readonly number[]): Individual[] => fitness.map((value) => ({ dna, fitness: value }))

/** Who competes, by a shuffle of numbers that is stopped after `size` of them. */
function competitors(count: number, size: number, stream: Stream): number[] {
  const left = Array.from({ length: count }, (_, i) => i)
  for (let i = 0; i < size; i++) {
    const j = i + stream.int(count - i)
    ;[left[i], left[j]] = [left[j] as number, left[i] as number]
  }
  return left.slice(0, size)
}

describe('tournament', () => {
  it('is won by the fittest of those drawn, the first of equals', () => {
    const arguments_ = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 200 }).chain((fitness) => {
      return fc.tuple(fc.constant(fitness), fc.integer({ min: 1, max: fitness.length }), fc.integer())
    })
    fc.assert(
      fc.property(arguments_, ([fitness, size, seed]) => {
        const population = populationOf(fitness)
        const drawn = competitors(fitness.length, size, randomStream(seed))
        const most = Math.max(...drawn.map((i) => fitness[i] as number))
        const winner = drawn.find((i) => fitness[i] === most) as number
        expect(tournament(population, size, randomStream(seed))).toBe(population[winner])
      }),
    )
  })

  it('is won by each as often as there are tournaments that it is the fittest of', () => {
    const [count, size, rounds] = [6, 3, 20_000]
    const population = populationOf([0, 1, 2, 3, 4, 5])
    const wins = population.map(() => 0)
    for (let i = 0; i < rounds; i++) {
      const { fitness } = tournament(population, size, randomStream(1).child(i))
      wins[fitness] = (wins[fitness] as number) + 1
    }
    // Of the 20 tournaments of 3 among 6, those of 2 among the f members that are less fit.
    const shares = population.map((_, f) => (f * (f - 1)) / 2 / 20)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(1)
    expect(count).toBe(population.length)
    for (const [f, share] of shares.entries()) {
      const deviation = Math.sqrt(rounds * share * (1 - share))
      expect(Math.abs((wins[f] as number) - rounds * share)).toBeLessThanOrEqual(4 * deviation)
    }
  })
})
