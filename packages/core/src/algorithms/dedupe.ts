import type { Algorithm, AlgorithmContext, Ended, Proposal } from '../search/algorithm.ts'
import { requireCount } from '../search/require-count.ts'
import type { Dna } from '../space/dna.ts'
import type { DnaSpace } from '../space/dna-space.ts'

/** How hard {@link dedupe} tries. */
export interface DedupeOptions {
  /** Proposals in a row that may be repeats before the search is over; at least 1, 100 by default. */
  readonly maxAttempts?: number
}

/**
 * Another algorithm without its repeats: what was proposed before is proposed no more, and the next one taken instead. The
 * other algorithm is told that the trial of a repeat was skipped.
 *
 * The search is over when every point of the space has been proposed, or when `maxAttempts` proposals in a row were
 * repeats. A repeat is let through only where the other algorithm then waits for results. Points are told apart by their
 * canonical text. O(1) a proposal beside the other algorithm's, O(proposals) of memory.
 *
 * @throws OutOfRangeError for `maxAttempts` below 1
 */
export function dedupe(algorithm: Algorithm, options: DedupeOptions = {}): Algorithm {
  const { maxAttempts = 100 } = options
  return new Dedupe(algorithm, requireCount('maxAttempts', maxAttempts, 1))
}

class Dedupe implements Algorithm {
  private readonly algorithm: Algorithm
  private readonly maxAttempts: number
  private readonly seen = new Set<string>()
  /** For each trial, the number of its proposal among all of the other algorithm's. */
  private numbers: number[] = []
  private proposals = 0
  private size: bigint | 'infinite' = 'infinite'
  private isOver = false

  constructor(algorithm: Algorithm, maxAttempts: number) {
    this.algorithm = algorithm
    this.maxAttempts = maxAttempts
  }

  async setup(space: DnaSpace, context: AlgorithmContext): Promise<void> {
    this.seen.clear()
    this.numbers = []
    this.proposals = 0
    this.size = space.size
    this.isOver = false
    await this.algorithm.setup(space, context)
  }

  async propose(): Promise<readonly Proposal[] | 'wait' | 'done'> {
    if (this.size !== 'infinite' && BigInt(this.seen.size) >= this.size) this.isOver = true
    let repeat: Dna | undefined
    for (let attempt = 0; attempt < this.maxAttempts && !this.isOver; attempt++) {
      const answer = await this.algorithm.propose(1)
      if (answer === 'done') break
      if (answer === 'wait') {
        // The repeat has moved the other algorithm on, and 'wait' is an answer that may have no effect.
        return repeat === undefined ? 'wait' : this.take(repeat, this.proposals - 1)
      }
      const dna = answer[0]?.dna
      if (dna === undefined) return answer
      const number = this.proposals++
      if (repeat !== undefined) await this.algorithm.feedback([{ id: number - 1, dna: repeat, status: 'skipped' }])
      if (!this.seen.has(dna.toString())) return this.take(dna, number)
      repeat = dna
    }
    // Once over, always over: asking again must not make the other algorithm move on.
    this.isOver = true
    return 'done'
  }

  async feedback(ended: readonly Ended[]): Promise<void> {
    await this.algorithm.feedback(ended.map((trial) => ({ ...trial, id: this.numbers[trial.id] ?? trial.id })))
  }

  private take(dna: Dna, number: number): readonly Proposal[] {
    this.seen.add(dna.toString())
    this.numbers.push(number)
    return [{ dna }]
  }
}
