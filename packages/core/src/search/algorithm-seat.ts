import { randomStream } from '../math/index.ts'
import type { DnaSpace } from '../space/dna-space.ts'
import type { Dna } from '../space/dna.ts'
import { MittenError } from '../symbolic/errors.ts'
import { shortForm } from '../symbolic/short-form.ts'
import type { Algorithm, Ended } from './algorithm.ts'
import { AlgorithmError, ReplayError } from './errors.ts'
import type { StudyMeta } from './event.ts'
import type { StudyLog, TrialState } from './study-log.ts'

/** What the algorithm proposes next, and of how many results it knew. */
interface Offer {
  readonly dna: Dna
  readonly told: number
}

/** Who sits where: an algorithm that another seat has set up meanwhile has to begin again in this one. */
const seats = new WeakMap<Algorithm, AlgorithmSeat>()

/**
 * The algorithm of a study, led along the log: it is told what ended and asked for proposals in exactly the order that the
 * log records, so that its state is a function of the log (rule T3).
 *
 * What it proposes is offered until the log has a trial of that number, so that nothing it said is lost when the store
 * refuses an event. Only if another process has logged another trial there, or knew less when it did, the algorithm is set
 * up again and led along from the start: O(n), and rare, since each process reads on before it proposes.
 */
export class AlgorithmSeat {
  private readonly algorithm: Algorithm
  private readonly space: DnaSpace
  private readonly meta: StudyMeta
  private readonly log: StudyLog
  private isReady = false
  /** How many proposals it has made, the one on offer included. */
  private proposed = 0
  /** How many ended trials it has been told of. */
  private told = 0
  private offer: Offer | undefined = undefined

  constructor(algorithm: Algorithm, space: DnaSpace, meta: StudyMeta, log: StudyLog) {
    this.algorithm = algorithm
    this.space = space
    this.meta = meta
    this.log = log
  }

  /**
   * What to try next. Asked again without a new trial in the log, it makes the same offer.
   *
   * @param window - in an ordered study: how many trials may be in flight, which fixes what may be known
   * @throws ReplayError if the algorithm does not repeat what the log says it proposed, AlgorithmError if it breaks its
   *   contract
   */
  async propose(window: number): Promise<Offer | 'wait' | 'done'> {
    await this.catchUp()
    if (this.offer !== undefined) return this.offer
    const { ordered } = this.meta
    let known = ordered ? this.log.trials.length - window + 1 : this.log.ended.length
    while (await this.tell(Math.max(known, this.told))) {
      const answer = await this.ask()
      if (answer === 'done') return answer
      if (answer !== 'wait') return (this.offer = { dna: answer, told: this.told })
      if (!ordered) return 'wait'
      // It needs more than the window warrants. Told of one result after another, in order, it stops to wait at the same
      // one whenever they come.
      known = this.told + 1
    }
    return 'wait'
  }

  private async catchUp(): Promise<void> {
    if (!this.isReady || seats.get(this.algorithm) !== this || this.isAstray()) await this.begin()
    if (this.proposed <= this.log.trials.length) this.offer = undefined
    while (this.proposed < this.log.trials.length) {
      const id = this.proposed
      const { dna, proposed } = this.log.trials[id] as TrialState
      await this.tell(proposed.told)
      const answer = await this.ask()
      if (typeof answer !== 'string' && answer.equals(dna)) continue
      this.isReady = false
      throw new ReplayError({
        path: `trial ${id}`,
        expected: `the proposal ${dna.toString()} that the study has on record`,
        got: String(answer),
        remedy: 'resume with the algorithm, options and seed that the study was begun with, or begin another study',
      })
    }
  }

  /** Whether the next trial in the log came about otherwise than the algorithm has been led so far. */
  private isAstray(): boolean {
    const { offer } = this
    const next = this.log.trials[offer === undefined ? this.proposed : this.proposed - 1]
    if (next === undefined) return false
    if (offer === undefined) return this.told > next.proposed.told
    return offer.told !== next.proposed.told || !(offer.dna === next.dna || offer.dna.equals(next.dna))
  }

  private async begin(): Promise<void> {
    const { objectives, seed } = this.meta
    const stream = randomStream(seed).child('algorithm')
    seats.set(this.algorithm, this)
    this.proposed = this.told = 0
    this.offer = undefined
    await this.call('setup', () => this.algorithm.setup(this.space, { objectives, stream }))
    this.isReady = true
  }

  /** Tells of results until `count` of them are known; says whether there are so many. */
  private async tell(count: number): Promise<boolean> {
    while (this.told < count) {
      const id = this.meta.ordered ? this.told : this.log.ended[this.told]
      const trial = id === undefined ? undefined : this.log.trials[id]
      if (trial?.ended === undefined) return false
      const { trial: number, status, values } = trial.ended
      const ended: Ended = { id: number, dna: trial.dna, status }
      await this.call('feedback', () => this.algorithm.feedback([values === undefined ? ended : { ...ended, values }]))
      this.told++
    }
    return true
  }

  private async ask(): Promise<Dna | 'wait' | 'done'> {
    const answer: unknown = await this.call('propose', () => this.algorithm.propose(1))
    if (answer === 'wait' || answer === 'done') return answer
    const proposals = Array.isArray(answer) ? (answer as readonly { readonly dna?: Partial<Dna> }[]) : []
    const dna = proposals[0]?.dna
    if (proposals.length !== 1 || !Array.isArray(dna?.genes)) {
      this.isReady = false
      throw new AlgorithmError({
        path: 'propose',
        expected: "one proposal { dna }, 'wait' or 'done'",
        got: answer,
        remedy: "return 'done' when there is nothing left to try",
      })
    }
    const own = this.adopt(dna as Dna)
    this.proposed++
    return own
  }

  /** The DNA as one of this very space. */
  private adopt(dna: Dna): Dna {
    if (dna.space === this.space) return dna
    try {
      return this.space.dna(dna.genes)
    } catch (error) {
      this.isReady = false
      throw new AlgorithmError({
        path: 'propose',
        expected: 'a DNA of the space that is searched',
        got: dna,
        gotText: `one of another: ${(error as Error).message}`,
        remedy: 'make DNA by the space that setup was given',
        cause: error,
      })
    }
  }

  /** Calls the algorithm. After an exception its state is unknown, so that it begins again at the next call. */
  private async call<R>(what: string, work: () => R | Promise<R>): Promise<R> {
    try {
      return await work()
    } catch (error) {
      this.isReady = false
      if (error instanceof MittenError) throw error
      throw new AlgorithmError({
        path: what,
        expected: 'an algorithm that works',
        got: error,
        gotText: error instanceof Error ? `${error.name} '${error.message}'` : shortForm(error),
        remedy: 'mend the algorithm; check it with algorithmContract of mitten/testing',
        cause: error,
      })
    }
  }
}
