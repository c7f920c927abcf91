import { describe, expect, it } from 'vitest'
import { randomStream } from '../math/index.ts'
import { sample } from '../sample.ts'
import type { Algorithm, Ended } from '../search/algorithm.ts'
import { AlgorithmError } from '../search/errors.ts'
import type { Study } from '../search/study.ts'
import { floatIn, intIn, manyOf, oneOf, Space } from '../space/index.ts'
import { OutOfRangeError } from '../symbolic/errors.ts'
import { dedupe } from './dedupe.ts'
import { hillClimb } from './evolution/hill-climb.ts'
import { regularizedEvolution } from './evolution/regularized-evolution.ts'
import { randomSearch } from './random-search.ts'
import { sweep } from './sweep.ts'

async function texts(study: Study<unknown>): Promise<string[]> {
  return (await study.trials()).map(({ dna }) => String(dna))
}

describe('random search', () => {
  it('draws the point of each trial by itself', async () => {
    const space = Space.of({ a: oneOf([1, oneOf([2, 3])]), b: floatIn(0, 1) })
    const study = await sample(space, randomSearch(), { seed: 8, trials: 50 }).run(() => 1)
    const stream = randomStream(8).child('algorithm')
    const expected = Array.from({ length: 50 }, (_, n) => String(space.dna.random(stream.child(n))))
    expect(await texts(study)).toEqual(expected)
    expect(await texts(await sample(space, undefined, { seed: 8, trials: 50 }).run(() => 1))).toEqual(expected)
  })

  it('is fair to every point', async () => {
    const study = await sample({ a: manyOf(2, [1, 2, 3]) }, randomSearch(), { trials: 6000 }).run(() => 1)
    const counts = new Map<string, number>()
    for (const text of await texts(study)) counts.set(text, (counts.get(text) ?? 0) + 1)
    expect(counts.size).toBe(6)
    // Four standard deviations of one in six.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * 29)
  })
})

describe('sweep', () => {
  it('sm-01: gives every point once, in order, and ends', async () => {
    for (const program of [
      { a: oneOf([1, 2, 3]) },
      { a: oneOf<unknown>([1, oneOf([2, 3])]), b: intIn(0, 4, { step: 2 }) },
      { a: manyOf(2, [1, 2, 3], { sorted: true }), b: floatIn(0, 1, { step: 0.5 }) },
    ]) {
      const space = Space.of(program)
      const expected = Array.from(space.dna, String)
      expect(await texts(await sample(space, sweep()).run(() => 1))).toEqual(expected)
      expect(await texts(await sample(space, sweep()).run(() => 1, { concurrency: 4 }))).toEqual(expected)
    }
  })

  it('refuses a space that has no end of points', async () => {
    await expect(sample({ a: floatIn(0, 1) }, sweep()).ask()).rejects.toThrow(AlgorithmError)
    await expect(sample({ a: floatIn(0, 1) }, sweep()).ask()).rejects.toThrow(
      'give floatIn a step, or use randomSearch()',
    )
  })

  it('hands out several points at once, no more than there are', async () => {
    const algorithm = sweep()
    await algorithm.setup(Space.of({ a: oneOf([1, 2, 3]) }).dna, { objectives: { r: 'max' }, stream: randomStream(1) })
    const ask = async (): Promise<unknown> => {
      const answer = await algorithm.propose(2)
      return typeof answer === 'string' ? answer : answer.map(({ dna }) => String(dna))
    }
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([['0', '1'], ['2'], 'done', 'done'])
  })
})

describe('dedupe', () => {
  it('leaves out repeats and nothing else, until every point has been', async () => {
    const space = Space.of({ a: oneOf([1, 2, 3]), b: oneOf([1, 2, 3, 4]) })
    const all = await texts(await sample(space, randomSearch(), { trials: 300 }).run(() => 1))
    const study = await sample(space, dedupe(randomSearch())).run(() => 1)
    expect(await texts(study)).toEqual([...new Set(all)])
    expect(await study.trials()).toHaveLength(12)
  })

  it('ends after so many repeats in a row as it may', async () => {
    for (const maxAttempts of [1, 2, 5]) {
      const space = Space.of({ a: intIn(0, 30) })
      const all = await texts(await sample(space, randomSearch(), { trials: 2000 }).run(() => 1))
      const expected: string[] = []
      let repeats = 0
      for (const text of all) {
        repeats = expected.includes(text) ? repeats + 1 : 0
        if (repeats === maxAttempts || expected.length === 31) break
        if (repeats === 0) expected.push(text)
      }
      expect(await texts(await sample(space, dedupe(randomSearch(), { maxAttempts })).run(() => 1))).toEqual(expected)
    }
  })

  it('x-16: also while trials are in flight', async () => {
    const study = sample({ a: oneOf([1, 2, 3]) }, dedupe(randomSearch()))
    const trials = [await study.ask(), await study.ask(), await study.ask(), await study.ask()]
    expect(new Set(trials.slice(0, 3).map((trial) => String(trial?.dna))).size).toBe(3)
    expect(trials[3]).toBe(undefined)
  })

  it('tells the other algorithm of its own proposals: what ended by their numbers, repeats as skipped', async () => {
    const proposals = [0, 1, 0, 0, 2, 1, 3]
    const told: unknown[] = []
    const space = Space.of({ a: oneOf([0, 1, 2, 3]) })
    let next = 0
    const scripted: Algorithm = {
      setup: () => undefined,
      propose: () => {
        const gene = proposals[next++]
        return gene === undefined ? 'done' : [{ dna: space.dna.dna([gene]) }]
      },
      feedback: (ended: readonly Ended[]) => {
        for (const { id, dna, status } of ended) told.push([id, String(dna), status])
      },
    }
    const study = sample(space, dedupe(scripted))
    for await (const trial of study) await trial.done(1)
    expect(await texts(study)).toEqual(['0', '1', '2', '3'])
    expect(told).toEqual([
      [0, '0', 'ok'],
      [1, '1', 'ok'],
      [2, '0', 'skipped'],
      [3, '0', 'skipped'],
      [4, '2', 'ok'],
      [5, '1', 'skipped'],
      [6, '3', 'ok'],
    ])
  })

  it('gives what it is given to an algorithm that learns', async () => {
    const space = Space.of({ a: intIn(0, 1e6), b: intIn(0, 1e6) })
    // Repeats are next to impossible here, so the same trials come.
    for (const make of [() => hillClimb(), () => regularizedEvolution({ populationSize: 10 })]) {
      const evaluate = ({ a, b }: { readonly a: number; readonly b: number }): number => a - b
      const plain = await sample(space, make(), { trials: 100 }).run(evaluate)
      expect(await texts(await sample(space, dedupe(make()), { trials: 100 }).run(evaluate))).toEqual(
        await texts(plain),
      )
    }
  })

  it.each([0, -1, 2.5, NaN])('refuses %d attempts', (maxAttempts) => {
    expect(() => dedupe(randomSearch(), { maxAttempts })).toThrow(OutOfRangeError)
  })
})

describe('[T4] an algorithm that is not set up', () => {
  it('says so', () => {
    for (const make of [randomSearch, sweep, hillClimb, regularizedEvolution]) {
      expect(() => make().propose(1)).toThrow(AlgorithmError)
    }
  })
})
