import type { Unit } from './quantity.ts'

/** What measuring a row gave. */
export interface Measured {
  /** In base units: seconds, bytes, or a plain factor. Less is better in every row. */
  readonly value: number
  /** The median absolute deviation of the batches as a share of `value`; absent for a single reading. */
  readonly spread?: number
  /**
   * The sum of all that one fixed round of operations read. Both sides must come to the same: that is how a run knows
   * that they did the same work. Absent in rows that draw random numbers.
   */
  readonly check?: number
}

/** One figure of the benchmark. */
export interface Row {
  /** Kebab-case and unique over all suites; the peer has a row of the same name, or none. */
  readonly name: string
  /** The unit in which `--json` gives both sides. */
  readonly unit: Unit
  /** What the figure is, in a few words, for someone who reads the table. */
  readonly about: string
  /** Runs the workload. Called once, in a process of its own that was started with `--expose-gc`. */
  measure(): Measured | Promise<Measured>
}
