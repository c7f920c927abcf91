import { field } from '../symbolic/fields/index.ts'
import type { Issue } from '../symbolic/errors.ts'
import type { FieldSpec } from '../symbolic/field-spec.ts'
import { AnySpec } from '../symbolic/fields/any.ts'
import { isNode, type SymbolicNode, TRAITS } from '../symbolic/node.ts'
import { register } from '../symbolic/registry.ts'
import { symbolicPlaceholder } from '../symbolic/symbolic.ts'
import { List, listOfRaw } from '../symbolic/list.ts'
import { HyperValueError } from './errors.ts'
import { candidateIssue, candidatesOf, commonInit, type HyperOptions, type HyperKind, rawField } from './hyper.ts'

const common = {
  // `undefined` is a candidate as good as any.
  candidates: field.list(field.any().optional()),
  name: field.string().optional(),
  hints: field.any().optional(),
}

/** One of several candidates; made by {@link oneOf}. */
class OneOf extends symbolicPlaceholder(
  'mitten/OneOf',
  { ...common, weights: field.list(field.number().min(0)).optional() },
  { issue: candidateIssue },
) {
  readonly kind: HyperKind = 'choice'
}

/** Several of several candidates; made by {@link manyOf} and {@link permutationOf}. */
export class ManyOf extends symbolicPlaceholder(
  'mitten/ManyOf',
  {
    k: field.int().min(1),
    ...common,
    distinct: field.boolean().default(true),
    sorted: field.boolean().default(false),
  },
  { issue: manyIssue },
) {
  readonly kind: HyperKind = 'choice'
}

// JSON of a program may be read before the first hyper value is made.
register(OneOf, ManyOf)

/** What is chosen is a list: each candidate must fit the field's items, and `k` its size. */
function manyIssue(hyper: SymbolicNode, spec: FieldSpec): Issue | undefined {
  if (spec instanceof AnySpec) return undefined
  const k = rawField(hyper, 'k') as number
  const candidates = candidatesOf(hyper)
  const issue = spec.shallow(listOf(k, undefined, spec.element))
  if (issue !== undefined) return { ...issue, got: hyper }
  const element = spec.resolve(listOf(k, undefined, spec.element)).element
  if (element === undefined) return undefined
  const found = candidateIssue(hyper, element)
  if (found === undefined) return undefined
  // Where lists of several kinds may stand, it takes an item to tell which kind is meant.
  const other = spec.resolve(listOf(k, candidates[0], undefined)).element
  return other === undefined || other === element || candidateIssue(hyper, other) !== undefined ? found : undefined
}

/** A list of `k` times one value. */
function listOf(k: number, value: unknown, element: FieldSpec | undefined): SymbolicNode {
  return listOfRaw(new Array<unknown>(k).fill(value), element)
}

/**
 * One of the candidates, to be decided by a search. Stands where the value stands, and has its type.
 *
 * Candidates may hold hyper values themselves; these are decided only where their candidate is chosen.
 *
 * @param candidates - one or more values of any kind; arrays and plain objects become nodes
 * @param options - `weights`: how often random sampling should choose each candidate, relative to the others; equal by
 *   default, whatever the candidates hold
 * @throws HyperValueError without candidates, or with weights that do not fit them
 */
export function oneOf<const T>(
  candidates: readonly T[],
  options?: HyperOptions & { readonly weights?: readonly number[] },
): T {
  const weights = options?.weights
  requireOneOf(candidates, weights)
  const hyper = new OneOf({
    candidates,
    ...commonInit(options),
    ...(weights === undefined ? {} : { weights }),
  })
  // A hyper value has the type of what it stands for: that is what lets it stand there.
  return hyper as unknown as T
}

/**
 * `k` of the candidates, as a list, to be decided by a search.
 *
 * @param k - how many, at least 1
 * @param candidates - as for `oneOf`
 * @param options - `distinct` (default true): no candidate twice; `sorted` (default false): in the order of the candidates
 * @throws HyperValueError if `k` is no positive integer, or more distinct candidates are asked for than there are
 */
export function manyOf<const T>(
  k: number,
  candidates: readonly T[],
  options?: HyperOptions & { readonly distinct?: boolean; readonly sorted?: boolean },
): T[] {
  const distinct = options?.distinct ?? true
  requireManyOf(k, candidates, distinct)
  const hyper = new ManyOf({ k, candidates, distinct, sorted: options?.sorted ?? false, ...commonInit(options) })
  // As in `oneOf`.
  return hyper as unknown as T[]
}

/** All the candidates in an order to be decided by a search: `manyOf(n, …)` of `n` distinct candidates. */
export function permutationOf<const T>(candidates: readonly T[], options?: HyperOptions): T[] {
  requireCandidates(candidates)
  return manyOf(candidates.length, candidates, options)
}

/**
 * Checks a choice that came into being, or was changed, without its factory.
 *
 * @throws HyperValueError
 */
export function requireSoundChoice(hyper: SymbolicNode): void {
  const candidates = candidatesOf(hyper)
  if (hyper instanceof ManyOf) {
    return requireManyOf(rawField(hyper, 'k') as number, candidates, rawField(hyper, 'distinct') as boolean)
  }
  const weights = rawField(hyper, 'weights')
  requireOneOf(candidates, isNode(weights) ? (weights[TRAITS].values(weights) as readonly number[]) : undefined)
}

function requireOneOf(candidates: readonly unknown[], weights: readonly number[] | undefined): void {
  requireCandidates(candidates)
  if (weights === undefined) return
  const given: readonly unknown[] | undefined = Array.isArray(weights) ? weights : undefined
  const sum = given?.length === candidates.length ? sumOf(given) : NaN
  if (sum > 0 && sum < Infinity) return
  throw new HyperValueError({
    path: 'weights',
    expected: `${candidates.length} numbers of at least 0, with a finite sum above 0`,
    got: weights,
    ...(given === undefined ? {} : { gotText: `[${given.join(', ')}]` }),
    remedy: 'give one weight to each candidate',
  })
}

/** The sum of numbers of at least 0; NaN where something else is among them. */
function sumOf(weights: readonly unknown[]): number {
  return weights.reduce<number>((sum, weight) => (typeof weight === 'number' && weight >= 0 ? sum + weight : NaN), 0)
}

function requireManyOf(k: number, candidates: readonly unknown[], distinct: boolean): void {
  requireCandidates(candidates)
  if (!Number.isSafeInteger(k) || k < 1) {
    throw new HyperValueError({ path: 'k', expected: 'an integer of at least 1', got: k, remedy: 'choose one or more' })
  }
  if (!distinct || k <= candidates.length) return
  throw new HyperValueError({
    path: 'candidates',
    expected: `at least ${k} candidates for ${k} distinct choices`,
    got: candidates,
    gotText: String(candidates.length),
    remedy: 'add candidates, lower k, or pass { distinct: false }',
  })
}

function requireCandidates(candidates: unknown): void {
  if ((Array.isArray(candidates) || candidates instanceof List) && candidates.length > 0) return
  throw new HyperValueError({
    path: 'candidates',
    expected: 'an array of one or more candidates',
    got: candidates,
    remedy: 'list what may be chosen',
  })
}
