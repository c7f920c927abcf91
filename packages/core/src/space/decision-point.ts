import type { Scale } from './scale.ts'

/*
 * The tree of decisions that a space consists of. It is data: what is done with it (sizes, random points, enumeration,
 * text) lies in files of its own beside this one.
 *
 *   branch   := point…                                     a space, or what a candidate has to decide
 *   point    := choice | many | float | int
 *   choice   := one branch a candidate
 *   many     := choice…                                    k choices between the same candidates
 */

/** What every decision point has. */
interface PointBase {
  /** Where the decision stands: locations joined, with `[=i/n]` for "if candidate i of n is chosen". */
  readonly id: string
  readonly name: string | undefined
  readonly hints: unknown
}

/** One choice between candidates. */
export interface ChoicePoint extends PointBase {
  readonly kind: 'choice'
  readonly candidates: readonly Branch[]
  /** Candidates in print: numbers and booleans as they are, text in quotes, the rest in short. */
  readonly literals: readonly Literal[]
  readonly weights: readonly number[] | undefined
  /** For a choice that is one of several: which, and what binds them. */
  readonly subchoice: Subchoice | undefined
}

/** A choice's place among several. */
export interface Subchoice {
  readonly index: number
  readonly parentId: string
  readonly distinct: boolean
  readonly sorted: boolean
}

/** Several choices between the same candidates. */
export interface ManyPoint extends PointBase {
  readonly kind: 'many'
  readonly distinct: boolean
  readonly sorted: boolean
  readonly choices: readonly ChoicePoint[]
}

/** A number in [min, max]; with a step, one of `min + i·step`. */
export interface FloatPoint extends PointBase {
  readonly kind: 'float'
  readonly min: number
  readonly max: number
  readonly step: number | undefined
  readonly scale: Scale
}

/** An integer in [min, max], one of `min + i·step`. */
export interface IntPoint extends PointBase {
  readonly kind: 'int'
  readonly min: number
  readonly max: number
  readonly step: number
  readonly scale: Scale
}

/** One element of a branch. */
export type Point = ChoicePoint | ManyPoint | FloatPoint | IntPoint

/** One gene's worth of decision: what algorithms see. */
export type DecisionPoint = ChoicePoint | FloatPoint | IntPoint

/** How a candidate prints. */
export type Literal = string | number | boolean

/** Points that are decided together, in order. */
export interface Branch {
  readonly points: readonly Point[]
}

/** A branch with nothing to decide: what most candidates are. */
export const CONSTANT: Branch = { points: [] }

/** All decision points below a branch in pre-order: a choice, then what its candidates have to decide. */
export function decisionPoints(branch: Branch): DecisionPoint[] {
  const found: DecisionPoint[] = []
  const pending: Point[] = [...branch.points].reverse()
  for (let point = pending.pop(); point !== undefined; point = pending.pop()) {
    if (point.kind === 'many') {
      pending.push(...[...point.choices].reverse())
      continue
    }
    found.push(point)
    if (point.kind === 'choice') {
      pending.push(...point.candidates.flatMap((candidate) => candidate.points).reverse())
    }
  }
  return found
}

/**
 * Walks the decisions that are active in a list of genes, in pre-order, and returns the position after the last.
 *
 * @param genes - known to be valid from `start` on
 */
export function walkActive(
  branch: Branch,
  genes: readonly number[],
  start: number,
  visit: (point: DecisionPoint, position: number) => void,
): number {
  let at = start
  for (const point of branch.points) {
    if (point.kind === 'many') for (const choice of point.choices) at = walkDecision(choice, genes, at, visit)
    else at = walkDecision(point, genes, at, visit)
  }
  return at
}

function walkDecision(
  point: DecisionPoint,
  genes: readonly number[],
  at: number,
  visit: (point: DecisionPoint, position: number) => void,
): number {
  visit(point, at)
  if (point.kind !== 'choice') return at + 1
  return walkActive(point.candidates[genes[at] as number] as Branch, genes, at + 1, visit)
}

/** The position after the genes of a point that starts at `at`. */
export function endOf(point: Point, genes: readonly number[], at: number): number {
  if (point.kind === 'float' || point.kind === 'int') return at + 1
  if (point.kind === 'many') return point.choices.reduce((next, choice) => endOf(choice, genes, next), at)
  const branch = point.candidates[genes[at] as number] as Branch
  return branch.points.reduce((next, inner) => endOf(inner, genes, next), at + 1)
}
