import { exp, log, type Stream } from '../math/index.ts'

/** How random sampling spreads over a range; it says nothing about which values are valid. */
export type Scale = 'linear' | 'log' | 'reverseLog'

/**
 * Most steps that the larger bound of a stepped float range may be away from 0: 2^43. Up to here rounding moves a value by
 * less than a hundredth of a step, so that values can be counted and told apart.
 */
export const MOST_STEPS = 0x80000000000

/** How many values a stepped range has. */
export function gridSize(min: number, max: number, step: number): number {
  const quotient = (max - min) / step
  const nearest = Math.round(quotient)
  // Steps and bounds such as 0.1 are rounded themselves: a quotient that misses a whole number by that little is one. The
  // quotient of integers is exact enough to tell.
  const whole = Number.isInteger(step) && Number.isInteger(min) && Number.isInteger(max)
  const slack = whole ? 0 : 8 * Number.EPSILON * (Math.abs(min) / step + Math.abs(max) / step)
  return (Math.abs(quotient - nearest) <= slack ? nearest : Math.floor(quotient)) + 1
}

/** The value at an index of a stepped range: the only way such a value is ever computed (rule G2). */
export function gridValue(min: number, max: number, step: number, index: number): number {
  return Math.min(max, min + index * step)
}

/** The index of a value in a stepped range; `undefined` if it is not exactly one of them. */
export function gridIndex(min: number, max: number, step: number, value: number): number | undefined {
  const index = Math.round((value - min) / step)
  const valid = index >= 0 && index < gridSize(min, max, step) && gridValue(min, max, step, index) === value
  return valid ? index : undefined
}

/** A random number in [min, max]. Draws once. */
export function drawFloat(min: number, max: number, scale: Scale, stream: Stream): number {
  const u = stream.next()
  // A sum of weighted ends, not an end plus a difference: the difference of a wide range is no finite number.
  if (scale === 'linear') return clamp(min * (1 - u) + max * u, min, max)
  const low = log(min)
  const high = log(max)
  const spread = clamp(exp(low * (1 - u) + high * u), min, max)
  return scale === 'log' ? spread : clamp(min + (max - spread), min, max)
}

/** A random value of a stepped range. Draws once. */
export function drawGrid(min: number, max: number, step: number, scale: Scale, stream: Stream): number {
  const size = gridSize(min, max, step)
  if (scale === 'linear') return gridValue(min, max, step, stream.int(size))
  // Every value takes what is nearer to it than to its neighbours; the first may not reach beyond 0.
  const low = Math.max(min - step / 2, min / 2)
  const high = Math.min(gridValue(min, max, step, size - 1) + step / 2, Number.MAX_VALUE)
  const nearest = Math.round((drawFloat(low, high, scale, stream) - min) / step)
  return gridValue(min, max, step, clamp(nearest, 0, size - 1))
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}
