import { randomStream } from '../math/index.ts'
import type { Algorithm, Ended, Proposal } from '../search/algorithm.ts'
import { AlgorithmError } from '../search/errors.ts'
import type { TrialStatus } from '../search/event.ts'
import type { Objectives } from '../search/objective.ts'
import { manyOf, oneOf, permutationOf } from '../space/choice.ts'
import type { Dna } from '../space/dna.ts'
import type { DnaSpace } from '../space/dna-space.ts'
import { floatIn, intIn } from '../space/range.ts'
import { Space } from '../space/space.ts'
import { type ContractCase, ContractError, expectEqual, expectThat } from './contract-case.ts'

/** Spaces of every kind of decision; an algorithm may decline some of them at `setup`, by an AlgorithmError. */
const SPACES: Readonly<Record<string, () => DnaSpace>> = {
  'one choice': () => Space.of({ a: oneOf(['x', 'y', 'z']) }).dna,
  'side by side': () => Space.of({ a: oneOf([1, 2, 3]), b: oneOf([1, 2]), c: intIn(1, 9, { step: 2 }) }).dna,
  nested: () =>
    Space.of({ a: oneOf<unknown>([0, oneOf([1, 2]), manyOf(2, [1, oneOf([2, 3]), 4])]), b: oneOf([1, 2]) }).dna,
  'permutation and subset': () =>
    Space.of({ order: permutationOf([1, 2, 3, 4]), some: manyOf(2, [1, 2, 3, 4], { sorted: true }) }).dna,
  numbers: () =>
    Space.of({ rate: floatIn(1e-4, 1, { scale: 'log' }), size: intIn(1, 1000, { scale: 'log' }), x: floatIn(-1, 1) })
      .dna,
}

const PROPOSALS = 60

/** A reward that depends on the point alone. */
function rewardOf(dna: Dna): number {
  return dna.genes.reduce((sum, gene, i) => sum + gene * (i % 2 === 0 ? 1 : -0.5), 0)
}

/** How the trials of a script end, by their number; every fifth or so has no result. */
function statusOf(id: number): TrialStatus {
  return (['ok', 'ok', 'failed', 'ok', 'skipped', 'ok', 'stopped'] as const)[id % 7] as TrialStatus
}

/** How a play goes. */
interface Script {
  readonly seed?: number
  readonly objectives?: Objectives
  /** Factor of the reward. */
  readonly sign?: 1 | -1
  /** How many trials are in flight before the first result comes. */
  readonly lag?: number
  /** How many results come at once. */
  readonly burst?: number
  /** Trials that never end. */
  readonly silent?: (id: number) => boolean
  readonly proposals?: number
}

/** What came of it: a log of its own, as text. */
interface Played {
  readonly proposals: readonly string[]
  /** For each proposal, of how many results the algorithm knew. */
  readonly told: readonly number[]
  /** Trials in the order in which they ended. */
  readonly ended: readonly number[]
  readonly over: boolean
}

/** An algorithm at work on a space, one call at a time. */
class Play {
  private readonly algorithm: Algorithm
  private readonly space: DnaSpace
  private readonly script: Script
  private readonly proposals: Dna[] = []
  private readonly told: number[] = []
  private readonly ended: number[] = []
  /** Trials without a result so far, but those that never have one. */
  private readonly open: number[] = []
  private over = false

  constructor(algorithm: Algorithm, space: DnaSpace, script: Script) {
    this.algorithm = algorithm
    this.space = space
    this.script = script
  }

  /** Whether the algorithm takes the space. */
  async setup(): Promise<boolean> {
    const { seed = 1, objectives = { reward: 'max' } } = this.script
    try {
      await this.algorithm.setup(this.space, Object.freeze({ objectives, stream: randomStream(seed) }))
      return true
    } catch (error) {
      if (error instanceof AlgorithmError) return false
      throw error
    }
  }

  /** Asks for one proposal, and ends the trials whose time has come; says whether the play goes on. */
  async step(): Promise<boolean> {
    const { proposals: wanted = PROPOSALS, lag = 1, burst = 1, silent = () => false } = this.script
    if (this.over || this.proposals.length >= wanted) return false
    const answer = await this.algorithm.propose(1)
    this.over = answer === 'done'
    if (answer === 'done') return false
    if (answer === 'wait') {
      if (this.open.length > 0) await this.end(this.open.shift() as number)
      // Of what is in flight nothing more is heard: then to wait is all that it can do.
      else if (this.ended.length === this.proposals.length) throw new ContractError('it waits with nothing in flight')
      else this.over = true
      return true
    }
    expectEqual(answer.length, 1, 'the number of proposals for propose(1)')
    const id = this.proposals.length
    this.proposals.push((answer[0] as Proposal).dna)
    this.told.push(this.ended.length)
    if (!silent(id)) this.open.push(id)
    const due = (id + 1) % burst === 0 ? this.open.filter((open) => open <= id - lag + 1) : []
    for (const open of due) {
      this.open.shift()
      await this.end(open)
    }
    return true
  }

  get played(): Played {
    const { told, ended, over } = this
    return { proposals: this.proposals.map(String), told, ended, over }
  }

  private async end(id: number): Promise<void> {
    this.ended.push(id)
    await this.algorithm.feedback([endOf(id, this.proposals[id] as Dna, this.script)])
  }
}

/** What an algorithm is told of a trial. Frozen, for none of it is the algorithm's to change. */
function endOf(id: number, dna: Dna, { objectives = { reward: 'max' }, sign = 1 }: Script): Ended {
  const status = statusOf(id)
  if (status !== 'ok' && status !== 'stopped') return Object.freeze({ id, dna, status })
  const name = Object.keys(objectives)[0] as string
  return Object.freeze({ id, dna, status, values: Object.freeze({ [name]: sign * rewardOf(dna) }) })
}

/** Plays proposals and feedback; `undefined` if the algorithm declines the space. */
async function play(algorithm: Algorithm, space: DnaSpace, script: Script = {}): Promise<Played | undefined> {
  const game = new Play(algorithm, space, script)
  if (!(await game.setup())) return undefined
  while (await game.step());
  return game.played
}

/**
 * What every algorithm promises (see `Algorithm`), as tests for any runner:
 * `for (const { name, run } of algorithmContract(() => myAlgorithm())) test(name, run)`.
 *
 * Spaces that the algorithm declines at `setup`, by an AlgorithmError, are left out; it must accept at least one. That it
 * never sees programs needs no test: a `DnaSpace` holds none.
 *
 * @param make - a new algorithm
 */
export function algorithmContract(make: () => Algorithm): readonly ContractCase[] {
  const cases: ContractCase[] = []
  const promise = (name: string, run: () => Promise<void>): void => {
    cases.push({ name, run })
  }
  const onEachSpace = (name: string, test: (space: DnaSpace) => Promise<void>): void => {
    for (const [kind, space] of Object.entries(SPACES)) promise(`${name} (${kind})`, () => test(space()))
  }
  /** Results come late, some together and some never. */
  const ragged: Script = { lag: 5, burst: 3, silent: (id) => id % 6 === 4 }

  promise('[T4] it accepts a space of one choice', async () => {
    expectThat((await play(make(), SPACES['one choice']?.() as DnaSpace)) !== undefined, 'it declines a single choice')
  })

  onEachSpace('[T4] what it proposes is valid', async (space) => {
    for (const script of [{}, ragged]) {
      const played = await play(make(), space, script)
      for (const text of played?.proposals ?? []) space.parse(text)
    }
  })

  onEachSpace('[T3] the same calls give the same proposals', async (space) => {
    for (const script of [{}, ragged]) {
      expectEqual(
        await play(make(), space, script),
        await play(make(), space, script),
        'the play of a second algorithm',
      )
    }
  })

  onEachSpace('[T4] setup starts from nothing, however often it is called', async (space) => {
    const algorithm = make()
    const first = await play(algorithm, space)
    await play(algorithm, SPACES['one choice']?.() as DnaSpace, { seed: 5, proposals: 7 })
    expectEqual(await play(algorithm, space), first, 'the play after another setup')
  })

  onEachSpace('[T4] two of it at work at once take no notice of each other', async (space) => {
    const games = [1, 2].map((seed) => new Play(make(), space, { ...ragged, seed }))
    for (const game of games) if (!(await game.setup())) return
    for (let goesOn = true; goesOn;) {
      goesOn = false
      for (const game of games) if (await game.step()) goesOn = true
    }
    for (const [i, game] of games.entries()) {
      expectEqual(game.played, await play(make(), space, { ...ragged, seed: i + 1 }), `the play of algorithm ${i}`)
    }
  })

  onEachSpace(
    "[T3] led along the log it proposes the same; neither 'wait' nor 'done' was of any effect",
    async (space) => {
      for (const script of [{}, ragged]) {
        const played = await play(make(), space, script)
        if (played === undefined) return
        const algorithm = make()
        const game = new Play(algorithm, space, script)
        await game.setup()
        const proposals: Dna[] = []
        let told = 0
        for (const [id, known] of played.told.entries()) {
          // Several results in one call are the same as one by one.
          const news = played.ended.slice(told, known).map((one) => endOf(one, proposals[one] as Dna, script))
          if (news.length > 0) await algorithm.feedback(Object.freeze(news))
          told = known
          const answer = await algorithm.propose(1)
          expectEqual(
            typeof answer === 'string' ? answer : String(answer[0]?.dna),
            played.proposals[id],
            `proposal ${id}`,
          )
          if (typeof answer !== 'string') proposals.push((answer[0] as Proposal).dna)
        }
      }
    },
  )

  onEachSpace('[T5] to minimise is to maximise the negative', async (space) => {
    for (const lag of [1, 4]) {
      const max = await play(make(), space, { objectives: { loss: 'max' }, sign: -1, lag })
      const min = await play(make(), space, { objectives: { loss: 'min' }, sign: 1, lag })
      expectEqual(min, max, 'the play')
    }
  })

  onEachSpace("[T4] after 'done' it stays done", async (space) => {
    const algorithm = make()
    const game = new Play(algorithm, space, { proposals: 400, lag: 3 })
    if (!(await game.setup())) return
    while (await game.step());
    if (!game.played.over) return
    for (let i = 0; i < 3; i++) expectEqual(await algorithm.propose(1), 'done', 'the answer after the end')
  })

  promise('[T4] it can be asked for several proposals at once', async () => {
    const algorithm = make()
    const space = SPACES['side by side']?.() as DnaSpace
    await algorithm.setup(space, { objectives: { reward: 'max' }, stream: randomStream(3) })
    const answer = await algorithm.propose(5)
    expectThat(Array.isArray(answer), 'a new algorithm has something to propose')
    expectThat(answer.length >= 1 && answer.length <= 5, `1 to 5 proposals were asked for, ${answer.length} came`)
    for (const { dna } of answer as readonly Proposal[]) space.validate(dna)
  })

  return cases
}
