import type { Algorithm, AlgorithmContext, Ended, Proposal } from '../../search/algorithm.ts'
import { requireCount } from '../../search/require-count.ts'
import type { DnaSpace } from '../../space/dna-space.ts'
import { requireSetUp, SetUp } from '../set-up.ts'
import { FitnessOf, type Individual } from './individual.ts'
import { uniformMutation } from './uniform-mutation.ts'

/** The start of {@link hillClimb}. */
export interface HillClimbOptions {
  /** How many random points are tried before climbing from the best of them; at least 1, 1 by default. */
  readonly initialSize?: number
}

/**
 * Hill climbing: each proposal is a `uniformMutation` of the best point so far, which only a better one replaces.
 *
 * For a single objective. It stops at nothing, and may stay on a local optimum. O(decisions) a proposal.
 *
 * @throws OutOfRangeError for an `initialSize` below 1
 */
export function hillClimb(options: HillClimbOptions = {}): Algorithm {
  const { initialSize = 1 } = options
  return new HillClimb(requireCount('initialSize', initialSize, 1))
}

class HillClimb implements Algorithm {
  private readonly initialSize: number
  private setUp: SetUp | undefined
  private fitness: FitnessOf | undefined
  private best: Individual | undefined
  private results = 0

  constructor(initialSize: number) {
    this.initialSize = initialSize
  }

  setup(space: DnaSpace, context: AlgorithmContext): void {
    this.fitness = new FitnessOf('hillClimb', context.objectives)
    this.setUp = new SetUp(space, context)
    this.best = undefined
    this.results = 0
  }

  propose(count: number): readonly Proposal[] {
    const setUp = requireSetUp(this.setUp)
    return Array.from({ length: count }, () => {
      const stream = setUp.nextStream()
      const climbs = this.best !== undefined && this.results >= this.initialSize
      return {
        dna: climbs ? uniformMutation(setUp.space, (this.best as Individual).dna, stream) : setUp.space.random(stream),
      }
    })
  }

  feedback(ended: readonly Ended[]): void {
    for (const trial of ended) {
      const individual = this.fitness?.read(trial)
      if (individual === undefined) continue
      this.results++
      if (this.best === undefined || individual.fitness > this.best.fitness) this.best = individual
    }
  }
}
