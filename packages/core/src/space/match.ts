import { equals } from '../symbolic/equals.ts'
import { isNode, STATE, State, type SymbolicNode, TRAITS } from '../symbolic/node.ts'
import type { Key } from '../symbolic/path.ts'
import { isHyper } from './hyper.ts'
import { matchMany } from './match-many.ts'
import type { Template } from './template.ts'

/**
 * Appends the genes by which a hyper value turns into `value`, and says whether there are any; what it has appended when
 * there are none is for the caller to take back.
 */
export type Matcher = (value: unknown, genes: number[]) => boolean

/** A value of a template beside the value that a program has in its place, and the way from the top. */
export interface Pair {
  readonly expected: unknown
  readonly found: unknown
  readonly key: Key | undefined
  readonly above: Pair | undefined
}

/**
 * Appends the genes by which a template turns into `value`: what stands at its decisions is matched, everything around
 * them must be equal. Nothing is built, so no hook of a user's class runs.
 *
 * @returns the first place that differs, `undefined` if there is none
 */
export function firstDifference(template: Template, value: unknown, genes: number[]): Pair | undefined {
  // In pre-order, as decisions are; by a stack, so that depth is no concern.
  const pending: Pair[] = [{ expected: template.value, found: value, key: undefined, above: undefined }]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const { expected, found } = pair
    if (!isNode(expected)) {
      if (!equals(expected, found)) return pair
      continue
    }
    const matcher = template.matchers.get(expected)
    if (matcher !== undefined) {
      if (!matcher(found, genes)) return pair
      continue
    }
    if (!isHyper(expected) && (expected[STATE] & State.abstract) === 0) {
      if (!equals(expected, found)) return pair
      continue
    }
    const counterparts = counterpartsOf(expected, found)
    if (counterparts === undefined) return pair
    const keys = expected[TRAITS].keys(expected)
    const values = expected[TRAITS].values(expected)
    for (let i = values.length - 1; i >= 0; i--) {
      pending.push({ expected: values[i], found: counterparts[i], key: keys[i], above: pair })
    }
  }
  return undefined
}

/** Whether a template turns into `value`; appends the genes by which it does. */
function matches(template: Template, value: unknown, genes: number[]): boolean {
  const start = genes.length
  if (firstDifference(template, value, genes) === undefined) return true
  genes.length = start
  return false
}

/** The keys from the top to a pair. */
export function keysTo(pair: Pair): Key[] {
  const keys: Key[] = []
  for (let at: Pair | undefined = pair; at?.key !== undefined; at = at.above) keys.push(at.key)
  return keys.reverse()
}

/** The values of `found` in the order of those of `node`; `undefined` if it is another kind of node or has other keys. */
export function counterpartsOf(node: SymbolicNode, found: unknown): readonly unknown[] | undefined {
  const traits = node[TRAITS]
  if (!isNode(found) || found[TRAITS] !== traits) return undefined
  if (traits.kind === 'object') return traits.values(found)
  const keys = traits.keys(node)
  if (traits.keys(found).length !== keys.length || !keys.every((key) => traits.has(found, key))) return undefined
  return keys.map((key) => traits.raw(found, key))
}

/** Matches one of several candidates, the first that fits. */
export function choiceMatcher(candidates: readonly Template[]): Matcher {
  return (value, genes) => {
    const start = genes.length
    return candidates.some((candidate, i) => {
      genes.length = start
      genes.push(i)
      return matches(candidate, value, genes)
    })
  }
}

/** Matches a list whose items are one candidate each of several choices. */
export function manyMatcher(choices: readonly (readonly Template[])[], distinct: boolean, sorted: boolean): Matcher {
  return (value, genes) => {
    if (!isNode(value) || value[TRAITS].kind !== 'list') return false
    const items = value[TRAITS].values(value)
    if (items.length !== choices.length) return false
    const inside = choices.map((candidates, i) =>
      candidates.map((candidate) => {
        const found: number[] = []
        return matches(candidate, items[i], found) ? found : undefined
      }),
    )
    const chosen = matchMany(
      inside.map((row) => row.map((found) => found !== undefined)),
      distinct,
      sorted,
    )
    if (chosen === undefined) return false
    chosen.forEach((candidate, i) => {
      genes.push(candidate)
      for (const gene of inside[i]?.[candidate] ?? []) genes.push(gene)
    })
    return true
  }
}
