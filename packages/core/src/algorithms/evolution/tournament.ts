import { sampleIndices, type Stream } from '../../math/index.ts'
import type { Individual } from './individual.ts'

/**
 * Tournament selection: the fittest of `size` different members drawn at random, the first drawn of equals.
 *
 * @param size - in [1, population.length]
 *
 * O(size).
 */
export function tournament(population: readonly Individual[], size: number, stream: Stream): Individual {
  const drawn = sampleIndices(stream, population.length, size)
  let best = population[drawn[0] as number] as Individual
  for (const index of drawn) {
    const member = population[index] as Individual
    if (member.fitness > best.fitness) best = member
  }
  return best
}
