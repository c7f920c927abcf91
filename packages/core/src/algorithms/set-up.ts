import type { Stream } from '../math/index.ts'
import type { AlgorithmContext } from '../search/algorithm.ts'
import { AlgorithmError } from '../search/errors.ts'
import type { DnaSpace } from '../space/dna-space.ts'

/** What `setup` gave an algorithm, and the number of its next proposal. */
export class SetUp {
  readonly space: DnaSpace
  private readonly stream: Stream
  private proposals = 0

  constructor(space: DnaSpace, { stream }: AlgorithmContext) {
    this.space = space
    this.stream = stream
  }

  /** The stream of the next proposal (rule T3): whatever is drawn for one shifts nothing for the others. */
  nextStream(): Stream {
    return this.stream.child(this.proposals++)
  }
}

/** @throws AlgorithmError if the algorithm was not set up, which only a caller without a study can bring about */
export function requireSetUp<T>(setUp: T | undefined): T {
  if (setUp !== undefined) return setUp
  throw new AlgorithmError({
    path: 'setup',
    expected: 'setup before anything else',
    got: undefined,
    gotText: 'an algorithm that was not set up',
    remedy: 'call algorithm.setup(space.dna, context), or leave it to sample()',
  })
}
