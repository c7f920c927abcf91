import { format } from '../symbolic/format.ts'
import { isAbstract } from '../symbolic/tree.ts'
import type { Literal } from './decision-point.ts'
import { isHyper } from './hyper.ts'

/** Characters that a candidate may take in print. */
const LIMIT = 120

/** A candidate in print: numbers and booleans as they are, text in quotes, the rest in short. O(size). */
export function literalOfCandidate(candidate: unknown): Literal {
  if (typeof candidate === 'boolean' || (typeof candidate === 'number' && Number.isFinite(candidate))) return candidate
  return cut(format(candidate))
}

/**
 * What a candidate is whatever its hyper values are: `Conv({ filters: ? })`. Their names, scales and weights say nothing
 * about what is valid.
 */
export function outlineOfCandidate(candidate: unknown, literal: Literal): Literal {
  if (!isAbstract(candidate)) return literal
  return cut(format(candidate, { custom: (value) => (isHyper(value) ? '?' : undefined) }))
}

function cut(text: string): string {
  return text.length > LIMIT ? `${text.slice(0, LIMIT - 1)}…` : text
}
