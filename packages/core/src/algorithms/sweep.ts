import type { Algorithm, Proposal } from '../search/algorithm.ts'
import { AlgorithmError } from '../search/errors.ts'
import type { Dna } from '../space/dna.ts'
import type { DnaSpace } from '../space/dna-space.ts'
import { requireSetUp } from './set-up.ts'

/**
 * Every point of a finite space once, in its order, and then the end. O(decisions) a proposal, no memory of the past.
 *
 * A space with a float range has no end of points: its `setup` throws AlgorithmError.
 */
export function sweep(): Algorithm {
  return new Sweep()
}

class Sweep implements Algorithm {
  private space: DnaSpace | undefined
  private following: Dna | undefined

  setup(space: DnaSpace): void {
    if (space.size === 'infinite') {
      throw new AlgorithmError({
        path: 'sweep',
        expected: 'a space with finitely many points',
        got: space.size,
        gotText: 'one with a float range',
        remedy: 'give floatIn a step, or use randomSearch()',
      })
    }
    this.space = space
    this.following = space.first()
  }

  propose(count: number): readonly Proposal[] | 'done' {
    const space = requireSetUp(this.space)
    const proposals: Proposal[] = []
    while (proposals.length < count && this.following !== undefined) {
      proposals.push({ dna: this.following })
      this.following = space.next(this.following)
    }
    return proposals.length === 0 ? 'done' : proposals
  }

  feedback(): void {}
}
