import type { Algorithm, AlgorithmContext, Ended, Proposal } from '../search/algorithm.ts'
import { requireCount } from '../search/require-count.ts'
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
 * repeats. A repeat is let through only where the other algorithm goes on no further before it has its result. Points are told apart by their canonical text. O(1) a proposal beside the other algorithm's, O(proposals) of
 * memory.
 */
export function dedupe(algorithm: Algorithm, options: DedupeOptions = {}): Algorithm {
  const { maxAttempts = 100 } = options
  return new Dedupe(algorithm, requireCount('maxAttempts', maxAttempts, 1))
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
    let repeated: readonly Proposal[] | undefined
    for (let attempt = 0; attempt < this.maxAttempts && !this.isOver; attempt++) {
      const answer = await this.algorithm.propose(1)
      // Having taken a repeat, the other algorithm is not where it was: 'wait' would be an answer with an effect.
      if (answer === 'wait') return repeated ?? 'wait'
      if (answer === 'done') break
      const proposal = answer[0]
      if (proposal === undefined) return answer
      const text = proposal.dna.toString()
      if (!this.seen.has(text)) {
        this.seen.add(text)
        return answer
      }
      repeated = answer
    }
    // Once over, always over: asking again must not make the other algorithm move on.
    this.isOver = true
    return 'done'
  }

  async feedback(ended: readonly Ended[]): Promise<void> {
    await this.algorithm.feedback(ended)
  }
}
