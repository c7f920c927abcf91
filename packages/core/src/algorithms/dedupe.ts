import type { Algorithm, AlgorithmContext, Ended, Proposal } from '../search/algorithm.ts'
import { AlgorithmError } from '../search/errors.ts'
import type { DnaSpace } from '../space/dna-space.ts'

/** How hard {@link dedupe} tries. */
export interface DedupeOptions {
  /** Proposals in a row that may be repeats before the search is over; at least 1, 100 by default. */
  readonly maxAttempts?: number
}

/**
 * Another algorithm without its repeats: what was proposed before is proposed no more, and the next one taken instead.
 *
 * The search is over when every point of the space has been proposed, or when `maxAttempts` proposals in a row were
 * repeats. Points are told apart by their canonical text. O(1) a proposal beside the other algorithm's, O(proposals) of
 * memory.
 */
export function dedupe(algorithm: Algorithm, options: DedupeOptions = {}): Algorithm {
  const { maxAttempts = 100 } = options
  if (!Number.isSafeInteger(maxAttempts) || maxAttempts < 1) {
    throw new AlgorithmError({
      path: 'maxAttempts',
      expected: 'an integer of at least 1',
      got: maxAttempts,
      remedy: 'correct the option',
    })
  }
  return new Dedupe(algorithm, maxAttempts)
}

class Dedupe implements Algorithm {
  private readonly algorithm: Algorithm
  private readonly maxAttempts: number
  private readonly seen = new Set<string>()
  private size: bigint | 'infinite' = 'infinite'
  private isOver = false

  constructor(algorithm: Algorithm, maxAttempts: number) {
    this.algorithm = algorithm
    this.maxAttempts = maxAttempts
  }

  async setup(space: DnaSpace, context: AlgorithmContext): Promise<void> {
    this.seen.clear()
    this.size = space.size
    this.isOver = false
    await this.algorithm.setup(space, context)
  }

  async propose(): Promise<readonly Proposal[] | 'wait' | 'done'> {
    if (this.size !== 'infinite' && BigInt(this.seen.size) >= this.size) this.isOver = true
    for (let attempt = 0; attempt < this.maxAttempts && !this.isOver; attempt++) {
      const answer = await this.algorithm.propose(1)
      if (typeof answer === 'string') return answer
      const proposal = answer[0]
      if (proposal === undefined) return answer
      const text = proposal.dna.toString()
      if (this.seen.has(text)) continue
      this.seen.add(text)
      return [proposal]
    }
    // Once over, always over: asking again must not make the other algorithm move on.
    this.isOver = true
    return 'done'
  }

  async feedback(ended: readonly Ended[]): Promise<void> {
    await this.algorithm.feedback(ended)
  }
}
