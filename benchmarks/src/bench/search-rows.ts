import { memoryStore, sample, type Algorithm, type Study } from 'mitten'
import { randomSearch, regularizedEvolution } from 'mitten/algorithms'
import { flat20, readFlat20 } from './programs.ts'
import type { Measured, Row } from './row.ts'
import { median, relativeSpread } from './statistics.ts'
import { sink } from './timing.ts'

const STUDY_TRIALS = 300
const evolution = (): Algorithm => regularizedEvolution({ populationSize: 100, tournamentSize: 10 })

type Flat20Study = Study<ReturnType<typeof flat20>>

/** A study of FLAT20 in memory; its reward is the sum of all fields, which takes no time to speak of. */
function studyOf(algorithm: Algorithm, trials: number, seed: number): Flat20Study {
  return sample(flat20(), algorithm, { trials, seed, store: memoryStore() })
}

/** Runs a study to its end and calls `each` after every trial. */
async function runStudy(study: Flat20Study, each?: (trial: number) => void): Promise<void> {
  for await (const trial of study) {
    const reward = readFlat20(trial.program)
    sink.total += reward
    await trial.done(reward)
    each?.(trial.id)
  }
}

/** Seconds a trial over whole studies of 300, set-up included, as the peer counts it. */
async function timeStudies(algorithm: () => Algorithm): Promise<Measured> {
  const warmUp = performance.now() + 500
  for (let seed = 0; performance.now() < warmUp; seed++) await runStudy(studyOf(algorithm(), STUDY_TRIALS, seed))
  const times: number[] = []
  const end = performance.now() + 2000
  for (let seed = 0; performance.now() < end; seed++) {
    const start = performance.now()
    await runStudy(studyOf(algorithm(), STUDY_TRIALS, seed))
    times.push((performance.now() - start) / 1000 / STUDY_TRIALS)
  }
  return { value: median(times), spread: relativeSpread(times) }
}

/** Trials at both ends of a long study that are compared. */
const EARLY = 1_000
const LATE = 10_000
const LONG = 100_000

/**
 * How much slower the last 10,000 of 100,000 trials are than the first 1,000: 1 for an algorithm and a log whose cost
 * does not grow. The early time is the mean of ten studies, so that both ends count ten thousand trials and the garbage
 * collector weighs the same on both.
 */
async function timeGrowth(algorithm: () => Algorithm): Promise<Measured> {
  const ratios: number[] = []
  for (let round = 0; round < 4; round++) {
    const earlyStart = performance.now()
    for (let i = 0; i < LATE / EARLY; i++) await runStudy(studyOf(algorithm(), EARLY, i))
    const early = performance.now() - earlyStart

    let lateStart = 0
    await runStudy(studyOf(algorithm(), LONG, round), (trial) => {
      if (trial === LONG - LATE - 1) lateStart = performance.now()
    })
    const late = performance.now() - lateStart
    // The first round is the warm-up.
    if (round > 0) ratios.push(late / early)
  }
  return { value: median(ratios), spread: relativeSpread(ratios) }
}

function collectGarbage(): number {
  if (globalThis.gc === undefined) throw new Error('memory rows need node --expose-gc')
  // The first pass leaves what finalizers still hold.
  for (let pass = 0; pass < 3; pass++) globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Bytes a trial that a study in memory holds after `trials` trials: its events, results and DNA. */
async function bytesPerTrial(trials: number): Promise<number> {
  const before = collectGarbage()
  const study = studyOf(evolution(), trials, 1)
  await runStudy(study)
  const after = collectGarbage()
  // Also keeps the study reachable until here.
  if ((await study.best()) === undefined) throw new Error('the study has no best trial')
  return (after - before) / trials
}

async function memoryAt(trials: number): Promise<Measured> {
  // Code, feedback and caches that the first study leaves behind are not the trials' own.
  await bytesPerTrial(2_000)
  return { value: await bytesPerTrial(trials) }
}

/** What the sample loop costs. */
export const searchRows: readonly Row[] = [
  {
    name: 'sample-random',
    unit: 'µs',
    about: 'a trial of random search, FLAT20',
    measure: () => timeStudies(randomSearch),
  },
  {
    name: 'sample-evolution',
    unit: 'µs',
    about: 'a trial of regularized evolution (100, 10), FLAT20',
    measure: () => timeStudies(evolution),
  },
  {
    name: 'growth-random',
    unit: 'x',
    about: 'time a trial at 100,000 trials over that at 1,000',
    measure: () => timeGrowth(randomSearch),
  },
  {
    name: 'growth-evolution',
    unit: 'x',
    about: 'the same for regularized evolution',
    measure: () => timeGrowth(evolution),
  },
  {
    name: 'memory-20k',
    unit: 'B',
    about: 'memory a trial after 20,000 trials of evolution',
    measure: () => memoryAt(20_000),
  },
  {
    name: 'memory-50k',
    unit: 'B',
    about: 'after 50,000',
    measure: () => memoryAt(50_000),
  },
  {
    name: 'memory-100k',
    unit: 'B',
    about: 'after 100,000',
    measure: () => memoryAt(100_000),
  },
]
