import { InvalidRewardError } from './errors.ts'

/** Whether larger or smaller values of a metric are better. */
export type Direction = 'max' | 'min'

/** What a study optimises: metrics by name, with their directions. */
export type Objectives = Readonly<Record<string, Direction>>

/** Measured values by metric. */
export type Metrics = Readonly<Record<string, number>>

/** The objective of a study that names none. */
export const DEFAULT_OBJECTIVES: Objectives = { reward: 'max' }

/**
 * Checks the objectives of a study.
 *
 * @throws InvalidRewardError without any, or with an unknown direction
 */
export function requireObjectives(objectives: Objectives): Objectives {
  const entries = Object.entries(objectives)
  if (entries.length > 0 && entries.every(([, direction]) => direction === 'max' || direction === 'min')) {
    return { ...objectives }
  }
  throw new InvalidRewardError({
    path: 'objectives',
    expected: "one or more metrics, each 'max' or 'min'",
    got: objectives,
    remedy: "write { accuracy: 'max', latency: 'min' }",
  })
}

/**
 * A result as metrics: a bare number is the only objective's. One rule for every store (T5): all objectives are there,
 * and every metric is a finite number (−0 counts as 0). Metrics that are no objective are kept.
 *
 * @throws InvalidRewardError
 */
export function toMetrics(result: unknown, objectives: Objectives): Metrics {
  const names = Object.keys(objectives)
  if (typeof result === 'number') {
    if (names.length === 1) return { [names[0] as string]: finite(result, names[0] as string) }
    throw new InvalidRewardError({
      path: 'reward',
      expected: `the metrics ${names.join(', ')}`,
      got: result,
      remedy: `give an object, { ${names.map((name) => `${name}: …`).join(', ')} }`,
    })
  }
  if (typeof result !== 'object' || result === null) {
    throw new InvalidRewardError({
      path: names.length === 1 ? (names[0] as string) : 'reward',
      expected: 'a number, or an object of metrics',
      got: result,
      remedy: 'return the reward from the evaluation, or call trial.skip() or trial.fail()',
    })
  }
  const metrics = Object.entries(result).map(([name, value]: [string, unknown]) => [name, finite(value, name)] as const)
  const missing = names.find((name) => !Object.hasOwn(result, name))
  if (missing === undefined) return Object.fromEntries(metrics)
  throw new InvalidRewardError({
    path: missing,
    expected: 'a value for the objective',
    got: undefined,
    gotText: 'nothing',
    remedy: `report ${names.join(', ')}`,
  })
}

function finite(value: unknown, path: string): number {
  // −0 is stored as 0, so it is 0 from the start.
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0
  throw new InvalidRewardError({
    path,
    expected: 'a finite number',
    got: value,
    remedy: 'a diverged trial has no reward: call trial.skip(reason) or trial.fail(error)',
  })
}

/** Whether `a` is better than `b` in one objective. */
export function isBetter(a: number, b: number, direction: Direction): boolean {
  return direction === 'max' ? a > b : a < b
}

/** Whether `a` is at least as good as `b` in every objective and better in one. */
export function dominates(a: Metrics, b: Metrics, objectives: Objectives): boolean {
  let better = false
  for (const [name, direction] of Object.entries(objectives)) {
    const left = a[name] as number
    const right = b[name] as number
    if (isBetter(right, left, direction)) return false
    if (isBetter(left, right, direction)) better = true
  }
  return better
}
