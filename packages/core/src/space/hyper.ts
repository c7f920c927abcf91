import { issueIn } from '../symbolic/check.ts'
import { DeclarationError, type Issue } from '../symbolic/errors.ts'
import type { FieldSpec } from '../symbolic/field-spec.ts'
import { issueUnder } from '../symbolic/field-spec.ts'
import { AnySpec } from '../symbolic/fields/any.ts'
import { isPlaceholder, type SymbolicNode, TRAITS } from '../symbolic/node.ts'

/** What a hyper value lets be decided. */
export type HyperKind = 'choice' | 'float' | 'int'

/** What can be said of any hyper value; a `where` predicate sees this. */
export interface Hyper {
  /** What it lets be decided. */
  readonly kind: HyperKind
  /** The name it was given. */
  readonly name?: string | undefined
  /** The hints it was given. */
  readonly hints?: unknown
}

/** Which hyper values belong to a space; the others stay in the program as they are (rule G4). */
export type Where = (hyper: Hyper) => boolean

/** What every factory of a hyper value takes. */
export interface HyperOptions {
  /** Names the decision, for looking it up; unique in its space. */
  readonly name?: string
  /** Anything an algorithm or a `where` predicate may want to know. Plain arrays and objects become nodes. */
  readonly hints?: unknown
}

/** Whether a raw value is a hyper value. */
export function isHyper(value: unknown): value is SymbolicNode & Hyper {
  return isPlaceholder(value)
}

/** The raw value of a field of a hyper value, placeholders among its candidates included. */
export function rawField(hyper: SymbolicNode, name: string): unknown {
  return hyper[TRAITS].raw(hyper, name)
}

/** The raw candidates of a choice. */
export function candidatesOf(hyper: SymbolicNode): readonly unknown[] {
  const list = rawField(hyper, 'candidates') as SymbolicNode
  return list[TRAITS].values(list)
}

/** Levels of hyper values within candidates of hyper values. */
export const NESTING_LIMIT = 200

/** The error of hyper values nested beyond the limit. */
export function nestingError(path: string, got: unknown): DeclarationError {
  return new DeclarationError({
    path,
    expected: `hyper values nested at most ${NESTING_LIMIT} deep in candidates`,
    got,
    remedy: 'decide more of it side by side',
  })
}

/** Levels of candidates that are being checked. */
let checking = 0

/** The first issue among candidates, each checked as if it stood in the field itself (rule G1). */
export function candidateIssue(hyper: SymbolicNode, field: FieldSpec): Issue | undefined {
  // Whatever the candidates are: so that building hyper values inside out looks at each only once.
  if (field instanceof AnySpec && field.modifiers.optional) return undefined
  if (checking === NESTING_LIMIT) throw nestingError('candidates', hyper)
  checking++
  try {
    const candidates = candidatesOf(hyper)
    for (let i = 0; i < candidates.length; i++) {
      const issue = issueIn(candidates[i], field)
      if (issue !== undefined) return issueUnder('candidates', issueUnder(i, issue))
    }
    return undefined
  } finally {
    checking--
  }
}

/** Name and hints as fields take them: absent where they were not given. */
export function commonInit(options: HyperOptions | undefined): { name?: string; hints?: unknown } {
  return {
    ...(options?.name === undefined ? {} : { name: options.name }),
    ...(options?.hints === undefined ? {} : { hints: options.hints }),
  }
}
