/** An algorithm that waits: a few proposals at a time, and no more before all of them have ended. */
import { uniformMutation } from '../src/algorithms/evolution/uniform-mutation.ts'
import type { Stream } from '../src/math/index.ts'
import type { Algorithm, AlgorithmContext, Ended, Proposal } from '../src/search/algorithm.ts'
import type { Dna } from '../src/space/dna.ts'
import type { DnaSpace } from '../src/space/dna-space.ts'

const SIZE = 4

/** Each generation consists of mutations of the best of the one before. */
export class Generations implements Algorithm {
  private space: DnaSpace | undefined
  private stream: Stream | undefined
  private sign = 1
  private proposed = 0
  private ended = 0
  private best: { readonly dna: Dna; readonly reward: number } | undefined
  private next: typeof this.best

  setup(space: DnaSpace, { stream, objectives }: AlgorithmContext): void {
    const sign = Object.values(objectives)[0] === 'min' ? -1 : 1
    Object.assign(this, { space, stream, sign, proposed: 0, ended: 0, best: undefined, next: undefined })
  }

  propose(): readonly Proposal[] | 'wait' {
    if (this.proposed % SIZE === 0 && this.ended < this.proposed) return 'wait'
    if (this.proposed % SIZE === 0) [this.best, this.next] = [this.next, undefined]
    const stream = (this.stream as Stream).child(this.proposed++)
    const space = this.space as DnaSpace
    return [{ dna: this.best === undefined ? space.random(stream) : uniformMutation(space, this.best.dna, stream) }]
  }

  feedback(ended: readonly Ended[]): void {
    for (const { dna, values } of ended) {
      this.ended++
      const [value] = Object.values(values ?? {})
      const reward = value === undefined ? undefined : this.sign * value
      if (reward !== undefined && (this.next === undefined || reward > this.next.reward)) this.next = { dna, reward }
    }
  }
}
