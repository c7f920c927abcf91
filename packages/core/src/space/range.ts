import { field } from '../symbolic/fields/index.ts'
import type { Issue } from '../symbolic/errors.ts'
import type { FieldSpec } from '../symbolic/field-spec.ts'
import type { SymbolicNode } from '../symbolic/node.ts'
import { symbolicPlaceholder } from '../symbolic/symbolic.ts'
import { HyperValueError } from './errors.ts'
import { commonInit, type HyperKind, type HyperOptions, rawField } from './hyper.ts'
import { gridSize, gridValue, type Scale } from './scale.ts'

/** A number in a range; made by {@link floatIn}. */
export class FloatIn extends symbolicPlaceholder(
  'mitten/FloatIn',
  {
    min: field.number(),
    max: field.number(),
    scale: field.enum(['linear', 'log', 'reverseLog']).default('linear'),
    step: field.number().optional(),
    name: field.string().optional(),
    hints: field.any().optional(),
  },
  { issue: rangeIssue },
) {
  readonly kind: HyperKind = 'float'
}

/** An integer in a range; made by {@link intIn}. */
export class IntIn extends symbolicPlaceholder(
  'mitten/IntIn',
  {
    min: field.int(),
    max: field.int(),
    scale: field.enum(['linear', 'log']).default('linear'),
    step: field.int().min(1).default(1),
    name: field.string().optional(),
    hints: field.any().optional(),
  },
  { issue: rangeIssue },
) {
  readonly kind: HyperKind = 'int'
}

/** Fields of numbers are intervals, so the ends speak for what is between; a float range is not for integer fields. */
function rangeIssue(hyper: SymbolicNode, spec: FieldSpec): Issue | undefined {
  const { min, max, step } = rangeOf(hyper)
  const last = step === undefined ? max : gridValue(min, max, step, gridSize(min, max, step) - 1)
  const inside = step === undefined && min !== max ? [(min + max) / 2 + (max - min) / 1024] : []
  for (const value of [min, last, ...inside]) {
    const issue = spec.shallow(value)
    if (issue !== undefined) return { ...issue, remedy: 'narrow the range, or widen the field' }
  }
  return undefined
}

/** The bounds and step of a range as they are stored. */
export function rangeOf(hyper: SymbolicNode): { min: number; max: number; step: number | undefined; scale: Scale } {
  return {
    min: rawField(hyper, 'min') as number,
    max: rawField(hyper, 'max') as number,
    step: rawField(hyper, 'step') as number | undefined,
    scale: rawField(hyper, 'scale') as Scale,
  }
}

/**
 * A number in [min, max], both ends included, to be decided by a search.
 *
 * @param options - `scale`: how random sampling spreads, `log` evenly over orders of magnitude (needs `min > 0`),
 *   `reverseLog` the same seen from the upper end; `step`: only the values `min + i·step` up to `max`, computed from the
 *   integer `i`, so that no error builds up
 * @throws HyperValueError for bounds that cross or are not finite, `log` of a range that reaches 0, a step that is not
 *   positive
 */
export function floatIn(
  min: number,
  max: number,
  options?: HyperOptions & { readonly scale?: Scale; readonly step?: number },
): number {
  requireRange(min, max, Number.isFinite, 'a finite number')
  requireScale(min, options?.scale)
  const step = options?.step
  if (step !== undefined) requireStep(min, max, step, Number.isFinite, 'a positive number')
  const hyper = new FloatIn({
    min,
    max,
    ...(options?.scale === undefined ? {} : { scale: options.scale }),
    ...(step === undefined ? {} : { step }),
    ...commonInit(options),
  })
  return hyper as unknown as number
}

/**
 * An integer in [min, max], both ends included, to be decided by a search.
 *
 * The range is never enumerated: a million values cost as much as two.
 *
 * @param options - `scale: 'log'` spreads random sampling evenly over orders of magnitude (needs `min > 0`); `step`: only
 *   the values `min + i·step`
 * @throws HyperValueError as `floatIn`, and for bounds or steps that are no safe integers
 */
export function intIn(
  min: number,
  max: number,
  options?: HyperOptions & { readonly scale?: 'linear' | 'log'; readonly step?: number },
): number {
  requireRange(min, max, Number.isSafeInteger, 'a safe integer')
  requireScale(min, options?.scale)
  const step = options?.step
  if (step !== undefined) requireStep(min, max, step, Number.isSafeInteger, 'a positive integer')
  const hyper = new IntIn({
    min,
    max,
    ...(options?.scale === undefined ? {} : { scale: options.scale }),
    ...(step === undefined ? {} : { step }),
    ...commonInit(options),
  })
  return hyper as unknown as number
}

type Test = (value: unknown) => boolean

function requireRange(min: unknown, max: unknown, test: Test, what: string): void {
  for (const [path, bound] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (!test(bound)) throw new HyperValueError({ path, expected: what, got: bound, remedy: 'give both ends' })
  }
  if ((min as number) <= (max as number)) return
  throw new HyperValueError({
    path: 'min',
    expected: `a lower bound of at most ${String(max)}`,
    got: min,
    remedy: 'exchange the bounds',
  })
}

function requireScale(min: number, scale: Scale | undefined): void {
  if (scale !== undefined && !['linear', 'log', 'reverseLog'].includes(scale)) {
    throw new HyperValueError({ path: 'scale', expected: "'linear', 'log' or 'reverseLog'", got: scale })
  }
  if (scale === undefined || scale === 'linear' || min > 0) return
  throw new HyperValueError({
    path: 'min',
    expected: `a lower bound above 0 for the scale '${scale}'`,
    got: min,
    remedy: 'raise it, or use the linear scale',
  })
}

function requireStep(min: number, max: number, step: number, test: Test, what: string): void {
  if (!test(step) || step <= 0) throw new HyperValueError({ path: 'step', expected: what, got: step })
  // Below this the values could not be told apart, or counted.
  const countable = (max - min) / step < Number.MAX_SAFE_INTEGER && min + step > min
  if (!countable && min !== max) {
    throw new HyperValueError({
      path: 'step',
      expected: 'a step that makes a difference between neighbouring values',
      got: step,
      remedy: 'take a larger step, or none',
    })
  }
}
