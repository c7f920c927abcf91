import { field } from '../symbolic/fields/index.ts'
import type { Issue } from '../symbolic/errors.ts'
import type { FieldSpec } from '../symbolic/field-spec.ts'
import type { SymbolicNode } from '../symbolic/node.ts'
import { register } from '../symbolic/registry.ts'
import { symbolicPlaceholder } from '../symbolic/symbolic.ts'
import { HyperValueError } from './errors.ts'
import { commonInit, type HyperKind, type HyperOptions, rawField } from './hyper.ts'
import { gridSize, gridValue, MOST_STEPS, type Scale } from './scale.ts'

/** A number in a range; made by {@link floatIn}. */
class FloatIn extends symbolicPlaceholder(
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
class IntIn extends symbolicPlaceholder(
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

// JSON of a program may be read before the first hyper value is made.
register(FloatIn, IntIn)

/** Checks values that speak for the whole range; see {@link probes}. */
function rangeIssue(hyper: SymbolicNode, spec: FieldSpec): Issue | undefined {
  requireSoundRange(hyper)
  for (const value of probes(rangeOf(hyper))) {
    const issue = spec.shallow(value)
    if (issue !== undefined) return { ...issue, remedy: 'narrow the range, or widen the field' }
  }
  return undefined
}

/** Grids up to this size are checked value by value. */
const SMALL_GRID = 256
/** The golden section: it falls on none of the round numbers that somebody would list in a field. */
const GOLDEN = 0.6180339887498949

/**
 * Values by which a field judges a range. Fields of numbers are intervals, so both ends and one value with a fraction
 * would do for them; a value in between betrays a field that is a list of numbers.
 */
function probes({ min, max, step }: Range): number[] {
  if (min === max) return [min]
  if (step === undefined) return [min, max, fraction(min, max), min * (1 - GOLDEN) + max * GOLDEN]
  const size = gridSize(min, max, step)
  const indices =
    size <= SMALL_GRID
      ? Array.from({ length: size }, (_, i) => i)
      : [0, size - 1, 1, 2, 3, Math.round(size * (1 - GOLDEN)), Math.round(size * GOLDEN), size - 2]
  return indices.map((index) => gridValue(min, max, step, index))
}

/** A value between two numbers that is no integer, as long as there is one. */
function fraction(min: number, max: number): number {
  // Numbers are densest at 0: nearest to it is where a fraction is to be found.
  const nearest = min > 0 ? min : Math.min(max, 0)
  const other = nearest === max ? min : max
  const half = nearest + (other > nearest ? 0.5 : -0.5)
  if (!Number.isInteger(nearest)) return nearest
  return half > min && half < max ? half : nearest / 2 + other / 2
}

/** The bounds, step and scale of a range. */
export interface Range {
  readonly min: number
  readonly max: number
  readonly step: number | undefined
  readonly scale: Scale
}

/** The bounds and step of a range as they are stored. */
export function rangeOf(hyper: SymbolicNode): Range {
  return {
    // There is one zero: adding it makes a negative one positive.
    min: (rawField(hyper, 'min') as number) + 0,
    max: (rawField(hyper, 'max') as number) + 0,
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
 *   positive or too small to tell neighbours apart (8.8·10¹² of them must reach the larger bound)
 */
export function floatIn(
  min: number,
  max: number,
  options?: HyperOptions & { readonly scale?: Scale; readonly step?: number },
): number {
  requireRange(FLOAT, { min, max, step: options?.step, scale: options?.scale ?? 'linear' })
  // A hyper value has the type of what it stands for: that is what lets it stand there.
  return new FloatIn(initOf(min, max, options)) as unknown as number
}

/**
 * An integer in [min, max], both ends included, to be decided by a search.
 *
 * The range is never enumerated: a million values cost as much as two.
 *
 * @param options - `scale: 'log'` spreads random sampling evenly over orders of magnitude (needs `min > 0`); `step`: only
 *   the values `min + i·step`
 * @throws HyperValueError as `floatIn`, for bounds or steps that are no safe integers, and for a range wider than 2^53 − 1
 */
export function intIn(
  min: number,
  max: number,
  options?: HyperOptions & { readonly scale?: 'linear' | 'log'; readonly step?: number },
): number {
  requireRange(INT, { min, max, step: options?.step, scale: options?.scale ?? 'linear' })
  // As in `floatIn`.
  return new IntIn(initOf(min, max, options)) as unknown as number
}

/** The fields of a range: those that were not given are absent. */
function initOf<S extends Scale>(
  min: number,
  max: number,
  options: (HyperOptions & { readonly scale?: S; readonly step?: number }) | undefined,
): { min: number; max: number; scale?: S; step?: number; name?: string; hints?: unknown } {
  return {
    min,
    max,
    ...(options?.scale === undefined ? {} : { scale: options.scale }),
    ...(options?.step === undefined ? {} : { step: options.step }),
    ...commonInit(options),
  }
}

/** What tells the two kinds of range apart in checks. */
interface RangeKind {
  readonly isValue: (value: unknown) => boolean
  /** Nouns for messages. */
  readonly value: string
  readonly step: string
  readonly scales: readonly Scale[]
}

const FLOAT: RangeKind = {
  isValue: Number.isFinite,
  value: 'a finite number',
  step: 'a positive number',
  scales: ['linear', 'log', 'reverseLog'],
}

const INT: RangeKind = {
  isValue: Number.isSafeInteger,
  value: 'a safe integer',
  step: 'a positive integer',
  scales: ['linear', 'log'],
}

/**
 * Checks the bounds, step and scale of a range that came into being, or was changed, without its factory.
 *
 * @throws HyperValueError
 */
export function requireSoundRange(hyper: SymbolicNode): void {
  requireRange(hyper instanceof IntIn ? INT : FLOAT, rangeOf(hyper))
}

function requireRange(kind: RangeKind, { min, max, step, scale }: Range): void {
  requireBound(kind, 'min', min)
  requireBound(kind, 'max', max)
  if (min > max) {
    throw new HyperValueError({
      path: 'min',
      expected: `a lower bound of at most ${max}`,
      got: min,
      remedy: 'exchange the bounds',
    })
  }
  requireScale(kind, scale, min)
  if (kind === INT) requireWidth(max - min, Number.MAX_SAFE_INTEGER, max)
  if (step !== undefined) requireStep(kind, { min, max, step })
}

function requireBound({ isValue, value }: RangeKind, path: 'min' | 'max', bound: unknown): void {
  if (!isValue(bound)) throw new HyperValueError({ path, expected: value, got: bound, remedy: 'give both ends' })
}

function requireScale({ scales }: RangeKind, scale: Scale, min: number): void {
  if (!scales.includes(scale)) {
    throw new HyperValueError({
      path: 'scale',
      expected: `one of ${scales.map((known) => `'${known}'`).join(', ')}`,
      got: scale,
      remedy: 'leave it out for the linear scale',
    })
  }
  if (scale === 'linear' || min > 0) return
  throw new HyperValueError({
    path: 'min',
    expected: `a lower bound above 0 for the scale '${scale}'`,
    got: min,
    remedy: 'raise it, or use the linear scale',
  })
}

function requireWidth(width: number, widest: number, max: number): void {
  if (width <= widest) return
  throw new HyperValueError({
    path: 'max',
    expected: `a range of at most ${widest} from end to end`,
    got: max,
    remedy: 'narrow the range',
  })
}

function requireStep(kind: RangeKind, { min, max, step }: { min: number; max: number; step: number }): void {
  if (!kind.isValue(step) || step <= 0) {
    throw new HyperValueError({ path: 'step', expected: kind.step, got: step, remedy: 'leave it out for every value' })
  }
  requireWidth(max - min, Number.MAX_VALUE, max)
  // Integers are exact; other values must not come so close that rounding confuses them.
  if (kind === INT || Math.max(Math.abs(min), Math.abs(max)) / step <= MOST_STEPS) return
  throw new HyperValueError({
    path: 'step',
    expected: `a step of at least ${Math.max(Math.abs(min), Math.abs(max)) / MOST_STEPS}`,
    got: step,
    remedy: 'take a larger step, or none for every number',
  })
}
