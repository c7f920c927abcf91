import { randomStream } from '../math/index.ts'
import type { DnaSpace } from '../space/dna-space.ts'
import type { Dna } from '../space/dna.ts'
import type { Algorithm, Ended } from './algorithm.ts'
import { AlgorithmError, ReplayError } from './errors.ts'
import type { StudyMeta } from './event.ts'
import type { StudyLog, TrialState } from './study-log.ts'

/**
 * The algorithm of a study, led along the log: it is told what ended and asked for proposals in exactly the order that the
 * log records, so that its state is a function of the log (rule T3).
 */
export class AlgorithmSeat {
  private readonly algorithm: Algorithm
  private readonly space: DnaSpace
  private readonly meta: StudyMeta
  private readonly log: StudyLog
  private isSetUp = false
  /** How many proposals it has made. */
  private proposed = 0
  /** How many ended trials it has been told of. */
  private told = 0

  constructor(algorithm: Algorithm, space: DnaSpace, meta: StudyMeta, log: StudyLog) {
    this.algorithm = algorithm
    this.space = space
    this.meta = meta
    this.log = log
  }

  /**
   * What to try next, and of how many results the algorithm knew.
   *
   * @param window - in an ordered study: how many trials may be in flight, which fixes what may be known
   * @throws ReplayError if the algorithm does not repeat what the log says it proposed, AlgorithmError if it breaks its
   *   contract
   */
  async propose(window: number): Promise<{ readonly dna: Dna; readonly told: number } | 'wait' | 'done'> {
    await this.catchUp()
    const known = this.meta.ordered ? this.log.trials.length - window + 1 : this.log.ended.length
    if (!(await this.tell(Math.max(known, this.told)))) return 'wait'
    const answer = await this.ask()
    return typeof answer === 'string' ? answer : { dna: answer, told: this.told }
  }

  /** Starts again: what was proposed last did not make it into the log. */
  reset(): void {
    this.isSetUp = false
  }

  private async catchUp(): Promise<void> {
    if (!this.isSetUp) {
      const { objectives, seed } = this.meta
      await this.algorithm.setup(this.space, { objectives, stream: randomStream(seed).child('algorithm') })
      this.isSetUp = true
      this.proposed = this.told = 0
    }
    while (this.proposed < this.log.trials.length) {
      const id = this.proposed
      const { dna: logged, proposed } = this.log.trials[id] as TrialState
      await this.tell(proposed.told)
      const answer = await this.ask()
      if (typeof answer !== 'string' && answer.equals(logged)) continue
      throw new ReplayError({
        path: `trial ${id}`,
        expected: `the proposal ${logged.toString()} that the study has on record`,
        got: String(answer),
        remedy: 'resume with the algorithm, options and seed that the study was begun with, or begin another study',
      })
    }
  }

  /** Tells of results until `count` of them are known; says whether there are so many. */
  private async tell(count: number): Promise<boolean> {
    while (this.told < count) {
      const id = this.meta.ordered ? this.told : this.log.ended[this.told]
      const trial = id === undefined ? undefined : this.log.trials[id]
      if (trial?.ended === undefined) return false
      const { trial: number, status, values } = trial.ended
      const ended: Ended = { id: number, dna: trial.dna, status }
      await this.algorithm.feedback([values === undefined ? ended : { ...ended, values }])
      this.told++
    }
    return true
  }

  private async ask(): Promise<Dna | 'wait' | 'done'> {
    const answer = await this.algorithm.propose(1)
    if (answer === 'wait' || answer === 'done') return answer
    const dna = Array.isArray(answer) ? (answer as readonly { readonly dna?: Dna }[])[0]?.dna : undefined
    if (dna === undefined || answer.length !== 1) {
      throw new AlgorithmError({
        path: 'propose',
        expected: "one proposal, 'wait' or 'done'",
        got: answer,
        gotText: Array.isArray(answer) ? `${answer.length} proposals` : undefined,
        remedy: "return 'done' when there is nothing left to try",
      } as ConstructorParameters<typeof AlgorithmError>[0])
    }
    this.space.validate(dna)
    this.proposed++
    return dna
  }
}
