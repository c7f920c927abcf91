import type { Algorithm, AlgorithmContext, Proposal } from '../search/algorithm.ts'
import type { DnaSpace } from '../space/dna-space.ts'
import { requireSetUp, SetUp } from './set-up.ts'

/**
 * Random search: every proposal is drawn by itself, decision by decision; the scales of ranges and the weights of
 * candidates count. Learns nothing, never ends, repeats points by chance. O(decisions) a proposal.
 *
 * Reference: Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13 (2012).
 */
export function randomSearch(): Algorithm {
  return new RandomSearch()
}

class RandomSearch implements Algorithm {
  private setUp: SetUp | undefined

  setup(space: DnaSpace, context: AlgorithmContext): void {
    this.setUp = new SetUp(space, context)
  }

  propose(count: number): readonly Proposal[] {
    const setUp = requireSetUp(this.setUp)
    return Array.from({ length: count }, () => ({ dna: setUp.space.random(setUp.nextStream()) }))
  }

  feedback(): void {}
}
