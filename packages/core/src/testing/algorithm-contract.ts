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
import { type ContractCase, expectEqual, expectThat } from './contract-case.ts'

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

interface Played {
  readonly proposals: readonly string[]
  readonly over: boolean
}

interface Script {
  readonly seed?: number
  readonly objectives?: Objectives
  /** Factor of the reward. */
  readonly sign?: 1 | -1
  /** How many trials are in flight before the first result comes. */
  readonly lag?: number
  /** Trials that never end. */
  readonly silent?: (id: number) => boolean
  readonly proposals?: number
}

/** Plays proposals and feedback; `undefined` if the algorithm declines the space. */
async function play(algorithm: Algorithm, space: DnaSpace, script: Script = {}): Promise<Played | undefined> {
  const { seed = 1, objectives = { reward: 'max' }, sign = 1, lag = 1, silent, proposals: count = PROPOSALS } = script
  try {
    await algorithm.setup(space, { objectives, stream: randomStream(seed) })
  } catch (error) {
    if (error instanceof AlgorithmError) return undefined
    throw error
  }
  const proposals: Dna[] = []
  const end = async (id: number): Promise<void> => {
    const dna = proposals[id]
    if (dna === undefined || silent?.(id) === true) return
    const status = statusOf(id)
    const name = Object.keys(objectives)[0] as string
    const ended: Ended =
      status === 'ok' || status === 'stopped'
        ? { id, dna, status, values: { [name]: sign * rewardOf(dna) } }
        : { id, dna, status }
    await algorithm.feedback([ended])
  }
  for (let id = 0; id < count; id++) {
    const answer = await algorithm.propose(1)
    if (answer === 'done') return { proposals: proposals.map(String), over: true }
    if (answer === 'wait') throw new Error('waits although results have come')
    expectEqual(answer.length, 1, 'the number of proposals for propose(1)')
    proposals.push((answer[0] as Proposal).dna)
    await end(id - lag + 1)
  }
  return { proposals: proposals.map(String), over: false }
}

/**
 * What every algorithm promises (see `Algorithm`), as tests for any runner:
 * `for (const { name, run } of algorithmContract(() => myAlgorithm())) test(name, run)`.
 *
 * Spaces that the algorithm declines at `setup`, by an AlgorithmError, are left out; it must accept at least one.
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

  promise('[T4] it accepts a space of one choice', async () => {
    expectThat((await play(make(), SPACES['one choice']?.() as DnaSpace)) !== undefined, 'it declines a single choice')
  })

  onEachSpace('[T4] what it proposes is valid', async (space) => {
    const played = await play(make(), space)
    for (const text of played?.proposals ?? []) space.parse(text)
  })

  onEachSpace('[T3] the same calls give the same proposals', async (space) => {
    expectEqual(await play(make(), space), await play(make(), space), 'the proposals of a second algorithm')
  })

  onEachSpace('[T4] setup starts from nothing, however often it is called', async (space) => {
    const algorithm = make()
    const first = await play(algorithm, space)
    await play(algorithm, SPACES['one choice']?.() as DnaSpace, { seed: 5, proposals: 7 })
    expectEqual(await play(algorithm, space), first, 'the proposals after another setup')
  })

  onEachSpace('[T3] results may come late, and some never', async (space) => {
    const script: Script = { lag: 5, silent: (id) => id % 4 === 1 }
    const played = await play(make(), space, script)
    for (const text of played?.proposals ?? []) space.parse(text)
    expectEqual(await play(make(), space, script), played, 'the proposals of a second algorithm')
  })

  onEachSpace(
    '[T4] proposals do not depend on anything but calls: a copy that is led along catches up',
    async (space) => {
      const whole = await play(make(), space, { proposals: PROPOSALS })
      for (const cut of [1, 13, 37]) {
        const part = await play(make(), space, { proposals: cut })
        expectEqual(part?.proposals, whole?.proposals.slice(0, cut), `the first ${cut} proposals`)
      }
    },
  )

  onEachSpace('[T5] to minimise is to maximise the negative', async (space) => {
    const max = await play(make(), space, { objectives: { loss: 'max' }, sign: -1 })
    const min = await play(make(), space, { objectives: { loss: 'min' }, sign: 1 })
    expectEqual(min, max, 'the proposals')
  })

  onEachSpace("[T4] after 'done' it stays done", async (space) => {
    const algorithm = make()
    const played = await play(algorithm, space, { proposals: 400 })
    if (played?.over !== true) return
    for (let i = 0; i < 3; i++) expectEqual(await algorithm.propose(1), 'done', 'the answer after the end')
  })

  promise('[T4] it can be asked for several proposals at once', async () => {
    const algorithm = make()
    const space = SPACES['side by side']?.() as DnaSpace
    await algorithm.setup(space, { objectives: { reward: 'max' }, stream: randomStream(3) })
    const answer = await algorithm.propose(5)
    expectThat(Array.isArray(answer), 'a new algorithm has something to propose')
    expectThat(answer.length >= 1 && answer.length <= 5, `1 to 5 proposals were asked for, ${answer.length} came`)
  })

  return cases
}
