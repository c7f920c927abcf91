import type { Algorithm } from 'mitten'
import { hillClimb, randomSearch, regularizedEvolution, sweep } from 'mitten/algorithms'
import type { Format } from './paint.ts'

/** One entry of the choice `--algorithm`. */
export interface AlgorithmEntry {
  /** A fresh algorithm for one search. */
  readonly create: () => Algorithm
  /** Its colour in the terminal, and the same hue in a picture. */
  readonly colour: { readonly terminal: Format; readonly svg: string }
}

/** The search algorithms the main job can race, by the name they have on the command line. */
export const ALGORITHMS = {
  random: { create: () => randomSearch(), colour: { terminal: 'yellow', svg: '#d97706' } },
  'regularized-evolution': {
    create: () => regularizedEvolution({ populationSize: 50, tournamentSize: 10 }),
    colour: { terminal: 'cyan', svg: '#0e7fb8' },
  },
  'hill-climb': { create: () => hillClimb(), colour: { terminal: 'green', svg: '#15803d' } },
  sweep: { create: () => sweep(), colour: { terminal: 'magenta', svg: '#a21caf' } },
} as const satisfies Record<string, AlgorithmEntry>

/** A name of `--algorithm`. */
export type AlgorithmName = keyof typeof ALGORITHMS

/** All names, in the order the help shows them. */
export const ALGORITHM_NAMES = Object.keys(ALGORITHMS) as AlgorithmName[]
