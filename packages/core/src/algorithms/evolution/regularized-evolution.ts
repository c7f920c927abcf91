import type { Algorithm, AlgorithmContext, Ended, Proposal } from '../../search/algorithm.ts'
import { requireCount } from '../../search/require-count.ts'
import type { Dna } from '../../space/dna.ts'
import type { DnaSpace } from '../../space/dna-space.ts'
import { requireSetUp, SetUp } from '../set-up.ts'
import { FitnessOf, type Individual } from './individual.ts'
import { tournament } from './tournament.ts'
import { uniformMutation } from './uniform-mutation.ts'

/** Sizes of {@link regularizedEvolution}. */
export interface RegularizedEvolutionOptions {
  /** How many of the latest individuals may become parents; at least 1, 100 by default. */
  readonly populationSize?: number
  /** How many of them compete to be one; from 1 to `populationSize`, 10 by default (or the population, if smaller). */
  readonly tournamentSize?: number
}

/**
 * Regularized (aging) evolution: the fittest of a random sample of the population is mutated, and the oldest member dies.
 *
 * The first `populationSize` results come from random points. From then on each proposal is a `uniformMutation` of the
 * winner of a tournament. Trials without a result are not part of the population. For a single objective. O(decisions +
 * tournamentSize) a proposal, whatever the number of past trials.
 *
 * Reference: Real, Aggarwal, Huang and Le, "Regularized Evolution for Image Classifier Architecture Search", AAAI 2019,
 * algorithm 1; the mutation here always changes the point.
 *
 * @throws OutOfRangeError for sizes that do not fit
 */
export function regularizedEvolution(options: RegularizedEvolutionOptions = {}): Algorithm {
  const { populationSize = 100 } = options
  const { tournamentSize = Math.min(10, populationSize) } = options
  requireCount('populationSize', populationSize, 1)
  requireCount('tournamentSize', tournamentSize, 1, populationSize)
  return new RegularizedEvolution(populationSize, tournamentSize)
}

class RegularizedEvolution implements Algorithm {
  private readonly populationSize: number
  private readonly tournamentSize: number
  private setUp: SetUp | undefined
  private fitness: FitnessOf | undefined
  /** The latest individuals; the oldest one's place is taken by the next. */
  private population: Individual[] = []
  private births = 0

  constructor(populationSize: number, tournamentSize: number) {
    this.populationSize = populationSize
    this.tournamentSize = tournamentSize
  }

  setup(space: DnaSpace, context: AlgorithmContext): void {
    this.fitness = new FitnessOf('regularizedEvolution', context.objectives)
    this.setUp = new SetUp(space, context)
    this.population = []
    this.births = 0
  }

  propose(count: number): readonly Proposal[] {
    const setUp = requireSetUp(this.setUp)
    return Array.from({ length: count }, () => ({ dna: this.next(setUp) }))
  }

  feedback(ended: readonly Ended[]): void {
    for (const trial of ended) {
      const individual = this.fitness?.read(trial)
      if (individual === undefined) continue
      this.population[this.births % this.populationSize] = individual
      this.births++
    }
  }

  private next(setUp: SetUp): Dna {
    const stream = setUp.nextStream()
    if (this.births < this.populationSize) return setUp.space.random(stream)
    const parent = tournament(this.population, this.tournamentSize, stream)
    return uniformMutation(setUp.space, parent.dna, stream)
  }
}
