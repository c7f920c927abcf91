import { field } from '../symbolic/fields/index.ts'
import { issueIn } from '../symbolic/check.ts'
import type { Issue } from '../symbolic/errors.ts'
import { issueUnder, type FieldSpec } from '../symbolic/field-spec.ts'
import { isNode, type SymbolicNode } from '../symbolic/node.ts'
import { symbolicPlaceholder } from '../symbolic/symbolic.ts'
import { listOfRaw } from '../symbolic/list.ts'
import { HyperValueError } from './errors.ts'
import { candidateIssue, candidatesOf, commonInit, type HyperOptions, type HyperKind, rawField } from './hyper.ts'

const common = {
  // `undefined` is a candidate as good as any.
  candidates: field.list(field.any().optional()),
  name: field.string().optional(),
  hints: field.any().optional(),
}

/** One of several candidates; made by {@link oneOf}. */
export class OneOf extends symbolicPlaceholder(
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

/** What is chosen is a list: each candidate must fit the field's items, and `k` its size. */
function manyIssue(hyper: SymbolicNode, spec: FieldSpec): Issue | undefined {
  const size = rawField(hyper, 'k') as number
  const sample = listOfRaw(new Array<undefined>(size).fill(undefined), spec.element)
  const issue = spec.shallow(sample)
  if (issue !== undefined) return { ...issue, got: hyper }
  const element = spec.resolve(sample).element
  if (element === undefined) return undefined
  const candidates = candidatesOf(hyper)
  for (let i = 0; i < candidates.length; i++) {
    const found = issueIn(candidates[i], element)
    if (found !== undefined) return issueUnder('candidates', issueUnder(i, found))
  }
  return undefined
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
  requireCandidates(candidates)
  const weights = options?.weights
  if (weights !== undefined) requireWeights(weights, candidates.length)
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
  requireCandidates(candidates)
  const distinct = options?.distinct ?? true
  if (!Number.isSafeInteger(k) || k < 1) {
    throw new HyperValueError({ path: 'k', expected: 'an integer of at least 1', got: k, remedy: 'choose one or more' })
  }
  if (distinct && k > candidates.length) {
    throw new HyperValueError({
      path: 'candidates',
      expected: `at least ${k} candidates for ${k} distinct choices`,
      got: candidates,
      gotText: String(candidates.length),
      remedy: 'add candidates, lower k, or pass { distinct: false }',
    })
  }
  const hyper = new ManyOf({ k, candidates, distinct, sorted: options?.sorted ?? false, ...commonInit(options) })
  return hyper as unknown as T[]
}

/** All the candidates in an order to be decided by a search: `manyOf(n, …)` of `n` distinct candidates. */
export function permutationOf<const T>(candidates: readonly T[], options?: HyperOptions): T[] {
  requireCandidates(candidates)
  return manyOf(candidates.length, candidates, options)
}

function requireCandidates(candidates: unknown): void {
  if (Array.isArray(candidates) && candidates.length > 0) return
  if (isNode(candidates) && Symbol.iterator in candidates && [...(candidates as Iterable<unknown>)].length > 0) return
  throw new HyperValueError({
    path: 'candidates',
    expected: 'an array of one or more candidates',
    got: candidates,
    remedy: 'list what may be chosen',
  })
}

function requireWeights(weights: readonly number[], candidates: number): void {
  const fits = weights.length === candidates && weights.every((weight) => Number.isFinite(weight) && weight >= 0)
  if (fits && weights.some((weight) => weight > 0)) return
  throw new HyperValueError({
    path: 'weights',
    expected: `${candidates} numbers of at least 0, not all of them 0`,
    got: weights,
    gotText: `[${weights.join(', ')}]`,
    remedy: 'give one weight to each candidate',
  })
}
