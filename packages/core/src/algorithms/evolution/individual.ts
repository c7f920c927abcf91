import type { Ended } from '../../search/algorithm.ts'
import { AlgorithmError } from '../../search/errors.ts'
import type { Objectives } from '../../search/objective.ts'
import type { Dna } from '../../space/dna.ts'

/** A member of a population. */
export interface Individual {
  readonly dna: Dna
  /** Larger is better, whatever the objective's direction. */
  readonly fitness: number
}

/** Reads individuals off trials, for a single objective. */
export class FitnessOf {
  private readonly metric: string
  private readonly sign: 1 | -1

  /** @throws AlgorithmError if there is more than one objective */
  constructor(algorithm: string, objectives: Objectives) {
    const entries = Object.entries(objectives)
    const [first] = entries
    if (first === undefined || entries.length > 1) {
      throw new AlgorithmError({
        path: algorithm,
        expected: 'a single objective',
        got: objectives,
        gotText: entries.map(([name]) => name).join(', '),
        remedy: 'name one objective, or combine them into one reward',
      })
    }
    this.metric = first[0]
    this.sign = first[1] === 'max' ? 1 : -1
  }

  /** The individual of a trial; `undefined` if the trial has no result. */
  read({ dna, values }: Ended): Individual | undefined {
    const value = values?.[this.metric]
    return value === undefined ? undefined : { dna, fitness: this.sign * value }
  }
}
