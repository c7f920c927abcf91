import type { Curve } from './best-so-far.ts'
import { quantile } from './quantile.ts'

/** A range of values and the round numbers in it that are worth a label. */
export interface Axis {
  readonly min: number
  readonly max: number
  /** Ascending, each within [min, max]. */
  readonly ticks: readonly number[]
  /** Decimals that tell the ticks apart. */
  readonly decimals: number
}

/**
 * An axis over [min, max] with about `wanted` ticks at multiples of 1, 2 or 5 times a power of ten.
 *
 * @param integers - ticks at whole numbers only
 */
export function axis(min: number, max: number, wanted: number, integers = false): Axis {
  const span = max - min
  if (!(span > 0)) return { min, max: min + 1, ticks: [min], decimals: 0 }
  const rough = span / Math.max(wanted, 1)
  const power = Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * 10 ** power).find((candidate) => candidate >= rough * 0.999)
  const exact = Math.max(step ?? 10 ** (power + 1), integers ? 1 : 0)
  // Counting multiples, not adding steps: 0.1 + 0.2 would leave a label such as 0.30000000000000004.
  const first = Math.ceil(min / exact - 1e-9)
  const last = Math.floor(max / exact + 1e-9)
  const decimals = Math.max(0, -Math.floor(Math.log10(exact) + 1e-9))
  const ticks = Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) =>
    Number(((first + index) * exact).toFixed(decimals)),
  )
  return { min, max, ticks, decimals }
}

/**
 * The range of accuracies worth looking at. The first trials of any search are far below the rest and would press what
 * matters against the upper edge, so the axis begins where the searches are after 3 % of their trials, and curves
 * enter the picture from below.
 *
 * @param optimum - the best accuracy there is; it lies a little below the upper end, so that a line there is seen
 */
export function accuracyRange(
  curves: readonly Curve[],
  optimum: number,
): { readonly min: number; readonly max: number } {
  const floors = curves.map(({ trials, lower, median }) => {
    const last = trials.length - 1
    const early = trials.findIndex((trial) => trial >= (trials[last] ?? 1) * 0.03)
    return Math.min(median[Math.max(early, 0)] ?? optimum, lower[last] ?? optimum)
  })
  // With several curves the poorest may be hopeless (a sweep begins with cells of no operation at all): the middle one
  // decides, so that it does not squeeze the others.
  const floor = floors.length === 0 ? optimum : quantile(Float64Array.from(floors).sort(), floors.length > 2 ? 0.5 : 0)
  const span = Math.max(optimum - floor, 0.1)
  return { min: optimum - span * 1.05, max: optimum + span * 0.06 }
}
