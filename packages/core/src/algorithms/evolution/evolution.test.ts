import { describe, expect, it } from 'vitest'
import { randomStream } from '../../math/index.ts'
import { sample } from '../../sample.ts'
import type { Algorithm } from '../../search/algorithm.ts'
import { AlgorithmError } from '../../search/errors.ts'
import type { Objectives } from '../../search/objective.ts'
import type { Study } from '../../search/study.ts'
import type { Trial } from '../../search/trial.ts'
import type { Dna } from '../../space/dna.ts'
import { floatIn, intIn, manyOf, oneOf, Space } from '../../space/index.ts'
import { OutOfRangeError } from '../../symbolic/errors.ts'
import { hillClimb } from './hill-climb.ts'
import { regularizedEvolution } from './regularized-evolution.ts'
import { uniformMutation } from './uniform-mutation.ts'

const program = {
  layers: [oneOf<unknown>([0, oneOf([1, 2, 3])]), manyOf(2, [0, 1, 2, 3]), intIn(0, 20)],
  rate: floatIn(1e-3, 1, { scale: 'log' }),
}
const space = Space.of(program)

/** What a trial comes to: a number, or nothing for every sixth or so. It has many ties. */
function resultOf(dna: Dna): number | undefined {
  const sum = Math.round(dna.genes.reduce((total, gene) => total + gene, 0))
  return sum % 6 === 0 ? undefined : sum % 10
}

async function finish(trial: Trial<unknown>): Promise<void> {
  const result = resultOf(trial.dna)
  await (result === undefined ? trial.skip() : trial.done(result))
}

/** Runs a study with so many trials in flight, the oldest of which ends first. */
async function play(study: Study<unknown>, inFlight: number): Promise<string[]> {
  const open: Trial<unknown>[] = []
  for (let trial = await study.ask(); trial !== undefined; trial = await study.ask()) {
    open.push(trial)
    if (open.length === inFlight) await finish(open.shift() as Trial<unknown>)
  }
  return (await study.trials()).map(({ dna }) => String(dna))
}

/** The same study once more, without any part of the library but random points, mutations and streams. */
function playNaively(
  trials: number,
  inFlight: number,
  seed: number,
  propose: (individuals: readonly Individual[], stream: ReturnType<typeof randomStream>) => Dna,
): string[] {
  const proposals: Dna[] = []
  const individuals: Individual[] = []
  for (let n = 0; n < trials; n++) {
    const ended = proposals[n - inFlight]
    const fitness = ended && resultOf(ended)
    if (ended !== undefined && fitness !== undefined) individuals.push({ dna: ended, fitness })
    proposals.push(propose(individuals, randomStream(seed).child('algorithm').child(n)))
  }
  return proposals.map(String)
}

interface Individual {
  readonly dna: Dna
  readonly fitness: number
}

describe('regularized evolution', () => {
  it.each([
    [1, 1, 1],
    [1, 7, 3],
    [1, 20, 20],
    [4, 12, 5],
    [9, 3, 2],
  ])('with %i in flight, a population of %i and tournaments of %i does what its paper says', async (inFlight, P, S) => {
    for (const sign of [1, -1] as const) {
      const expected = playNaively(200, inFlight, 3, (individuals, stream) => {
        if (individuals.length < P) return space.dna.random(stream)
        // The population is the latest P; each keeps the place of the one that died for it.
        const alive = individuals.slice(-P)
        const places = alive.map((_, i) => (individuals.length - P + i) % P)
        const population = alive.map((_, place) => alive[places.indexOf(place)] as Individual)
        const left = [...population]
        for (let i = 0; i < S; i++) {
          const j = i + stream.int(P - i)
          ;[left[i], left[j]] = [left[j] as Individual, left[i] as Individual]
        }
        const winner = left.slice(0, S).reduce((best, one) => (sign * one.fitness > sign * best.fitness ? one : best))
        return uniformMutation(space.dna, winner.dna, stream)
      })
      const study = sample(space, regularizedEvolution({ populationSize: P, tournamentSize: S }), {
        trials: 200,
        seed: 3,
        objectives: { reward: sign === 1 ? 'max' : 'min' },
      })
      expect(await play(study, inFlight)).toEqual(expected)
    }
  })

  it('draws at random for as long as there are too few results', async () => {
    const study = sample(space, regularizedEvolution({ populationSize: 10 }), { trials: 50, seed: 4 })
    await study.run(async (_, trial) => trial.skip())
    const texts = (await study.trials()).map(({ dna }) => String(dna))
    const stream = randomStream(4).child('algorithm')
    expect(texts).toEqual(texts.map((_, n) => String(space.dna.random(stream.child(n)))))
  })

  it('improves on random points', async () => {
    const study = sample(
      Array.from({ length: 20 }, () => oneOf([0, 1, 2, 3])),
      regularizedEvolution({ populationSize: 20 }),
      {
        trials: 800,
      },
    )
    await study.run((values) => [...values].reduce<number>((sum, value) => sum + value, 0))
    // The best of 800 random points is about 45 of 60.
    expect((await study.best())?.values['reward']).toBeGreaterThan(55)
  })

  it.each([
    [{ populationSize: 0 }, 'populationSize: expected an integer of at least 1, got 0'],
    [{ populationSize: 2.5 }, 'populationSize'],
    [{ populationSize: NaN }, 'populationSize'],
    [{ populationSize: Infinity }, 'populationSize'],
    [{ tournamentSize: 0 }, 'tournamentSize: expected an integer in [1, 100], got 0'],
    [{ populationSize: 5, tournamentSize: 6 }, 'tournamentSize: expected an integer in [1, 5], got 6'],
  ])('refuses the sizes %j', (options, message) => {
    expect(() => regularizedEvolution(options)).toThrow(OutOfRangeError)
    expect(() => regularizedEvolution(options)).toThrow(message)
  })
})

describe('hill climbing', () => {
  it.each([
    [1, 1],
    [1, 10],
    [4, 5],
  ])('with %i in flight and %i points to begin with mutates the best so far', async (inFlight, initialSize) => {
    for (const sign of [1, -1] as const) {
      const expected = playNaively(150, inFlight, 5, (individuals, stream) => {
        if (individuals.length < initialSize) return space.dna.random(stream)
        const best = individuals.reduce((one, other) => (sign * other.fitness > sign * one.fitness ? other : one))
        return uniformMutation(space.dna, best.dna, stream)
      })
      const study = sample(space, hillClimb({ initialSize }), {
        trials: 150,
        seed: 5,
        objectives: { reward: sign === 1 ? 'max' : 'min' },
      })
      expect(await play(study, inFlight)).toEqual(expected)
    }
  })

  it.each([0, -1, 1.5, NaN])('refuses an initial size of %d', (initialSize) => {
    expect(() => hillClimb({ initialSize })).toThrow(OutOfRangeError)
  })
})

describe('[T5] evolution', () => {
  it('is for a single objective, and takes no notice of other metrics', async () => {
    const makers: (() => Algorithm)[] = [() => regularizedEvolution({ populationSize: 5 }), () => hillClimb()]
    for (const make of makers) {
      const two: Objectives = { accuracy: 'max', latency: 'min' }
      await expect(sample(space, make(), { objectives: two }).ask()).rejects.toThrow(AlgorithmError)
      const texts = async (more: Record<string, number>): Promise<string[]> => {
        const study = sample(space, make(), { objectives: { loss: 'min' }, trials: 40 })
        await study.run((_, { dna }) => ({ ...more, loss: dna.genes[0] as number }))
        return (await study.trials()).map(({ dna }) => String(dna))
      }
      expect(await texts({ a: 1, z: 2 })).toEqual(await texts({}))
    }
  })
})
