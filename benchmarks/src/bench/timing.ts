import type { Measured } from './row.ts'
import { median, relativeSpread } from './statistics.ts'

/**
 * The `i`-th operation of a row. It reads every field of what it made and returns their sum, so that neither a lazy
 * result nor the optimiser can skip the work.
 */
export type Operation = (i: number) => number

/** How long to measure; the defaults suit rows between 10 ns and 10 ms. */
export interface TimingOptions {
  /** Seconds a batch should take at least: long against the clock's resolution, short against the machine's moods. */
  readonly batchSeconds?: number
  /** Seconds of unmeasured running first, for the optimising compiler. */
  readonly warmUpSeconds?: number
  /** Seconds of measured running. */
  readonly seconds?: number
  /** How many batches to measure at least, however long they take. */
  readonly fewestBatches?: number
  /** The most operations in a batch; for `prepare`, which holds the inputs of a whole batch in memory. */
  readonly mostOperations?: number
  /** Makes the inputs of a batch of `count` operations, outside the measured time. */
  readonly prepare?: (count: number) => void
  /** Seconds since some fixed moment; the wall clock unless a test says otherwise. */
  readonly clock?: () => number
}

/**
 * Where the sums of the measured batches end up. It is exported, and so outlives every batch: the optimiser must assume
 * that somebody reads it.
 */
export const sink = { total: 0 }

/**
 * Measures an operation: calibrates a batch, warms up, and takes the median over batches of the time an operation.
 *
 * Wall-clock time, as a user would see it; the median discards batches in which the machine did something else.
 * The loop is here, once: since a process measures one row only, the compiler inlines the operation into it, and the
 * call costs nothing.
 *
 * @returns seconds for one operation
 */
export function timeOperation(operation: Operation, options: TimingOptions = {}): Measured {
  const {
    batchSeconds = 0.01,
    warmUpSeconds = 0.3,
    seconds = 1,
    fewestBatches = 15,
    mostOperations = Infinity,
    prepare,
    clock = wallClock,
  } = options

  const batch = (count: number): number => {
    prepare?.(count)
    const start = clock()
    sink.total += repeat(operation, count)
    return clock() - start
  }
  const calibrate = (count: number): number => {
    for (;;) {
      const spent = batch(count)
      if (spent >= batchSeconds || count >= mostOperations) return count
      // Aim a little beyond the goal, but never trust a cold or an unmeasurably short batch by more than tenfold.
      const growth = Math.min(10, (1.2 * batchSeconds) / Math.max(spent, 1e-9))
      count = Math.min(mostOperations, Math.max(count + 1, Math.ceil(count * growth)))
    }
  }

  let count = calibrate(1)
  const warm = clock() + warmUpSeconds
  while (clock() < warm) batch(count)
  // The compiled code is many times faster than what the first calibration saw.
  count = calibrate(count)

  const times: number[] = []
  const end = clock() + seconds
  while (times.length < fewestBatches || clock() < end) times.push(batch(count) / count)
  return { value: median(times), spread: relativeSpread(times) }
}

/** The sum of the first `count` operations: what a row reports as its check. */
export function repeat(operation: Operation, count: number): number {
  let total = 0
  for (let i = 0; i < count; i++) total += operation(i)
  return total
}

function wallClock(): number {
  return performance.now() / 1000
}
