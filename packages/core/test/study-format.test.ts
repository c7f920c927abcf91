import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { floatIn, intIn, oneOf, sample, type Store, type TrialRecord } from 'mitten'
import { regularizedEvolution } from 'mitten/algorithms'
import { jsonlStore } from 'mitten/node'
import { afterEach, beforeEach, expect, it } from 'vitest'

/** A study that the first version of the format wrote. It has to be read by every version to come. */
const recorded = fileURLToPath(new URL('golden/study-format-1.jsonl', import.meta.url))

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mitten-format-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

function open(store?: Store) {
  const space = {
    layers: [oneOf([0, oneOf([1, 2, 3])]), intIn(0, 50)],
    rate: floatIn(1e-4, 1, { scale: 'log' }),
  }
  return sample(space, regularizedEvolution({ populationSize: 8, tournamentSize: 3 }), {
    ...(store === undefined ? {} : { store }),
    name: 'Format 1',
    seed: 11,
    objectives: { score: 'max' },
    trials: 40,
  })
}

/** Goes on with a study as the recorded one was gone about. */
async function search(study: ReturnType<typeof open>): Promise<Omit<TrialRecord, 'dna'>[]> {
  for await (const trial of study) {
    const [depth = NaN, width = NaN] = trial.program.layers
    const score = depth * 3 - Math.abs(width - 20)
    if (trial.id % 9 === 5) await trial.skip('too deep')
    else if (trial.id % 9 === 7) await trial.fail(new RangeError('diverged'))
    else {
      if (trial.id % 4 === 0) {
        await trial.report({ score: score / 2 }, { step: 1 })
        await trial.report({ score, loss: 1 / 3 }, { step: 2.5 })
      }
      await trial.done({ score, size: depth + width })
    }
  }
  return (await study.trials()).map((trial) => ({ ...trial, dna: String(trial.dna), startedAt: 0, endedAt: 0 }))
}

it('[D5] a study in format 1 is read, and gone on with to the trials it would have had', async () => {
  copyFileSync(recorded, join(directory, 'Format%201+1.jsonl'))
  const study = open(jsonlStore(directory))
  const before = await study.trials()
  expect(before).toHaveLength(24)
  expect(before[23]).toMatchObject({ status: 'pending', measurements: [{ step: 1, values: { score: 0.5 } }] })
  expect(before[0]).toMatchObject({ status: 'ok', startedAt: 1764000000001 })
  // Its last trial was given back after a first measurement; the second attempt makes none.
  const [found, expected] = [await search(study), await search(open())]
  expect(found).toHaveLength(40)
  expect(found[23]?.measurements).toEqual([{ step: 1, values: { score: 0.5 } }])
  expect(found.map((trial, id) => (id === 23 ? { ...trial, measurements: [] } : trial))).toEqual(expected)
})
