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
  /** Tells the kinds of point apart. */
  readonly kind: 'choice'
  /** What each candidate has to decide, in order. */
  readonly candidates: readonly Branch[]
  /** Candidates in print: numbers and booleans as they are, text in quotes, the rest in short. */
  readonly literals: readonly Literal[]
  /** The same with `?` for what a candidate leaves to be decided: by this a fingerprint tells candidates. */
  readonly outlines: readonly Literal[]
  /** How often random sampling takes each candidate, relative to the others; all alike if `undefined`. */
  readonly weights: readonly number[] | undefined
  /** For a choice that is one of several: which, and what binds them. */
  readonly subchoice: Subchoice | undefined
}

/** A choice's place among several. */
export interface Subchoice {
  /** Which of them, from 0. */
  readonly index: number
  /** The id that they share. */
  readonly parentId: string
  /** Whether no two of them may take the same candidate. */
  readonly distinct: boolean
  /** Whether their candidates must not decrease. */
  readonly sorted: boolean
}

/** Several choices between the same candidates. */
export interface ManyPoint extends PointBase {
  /** Tells the kinds of point apart. */
  readonly kind: 'many'
  /** Whether no two choices may take the same candidate. */
  readonly distinct: boolean
  /** Whether the candidates chosen must not decrease. */
  readonly sorted: boolean
  /** The choices, in order. */
  readonly choices: readonly ChoicePoint[]
}

/** A number in [min, max]; with a step, one of `min + i·step`. */
export interface FloatPoint extends PointBase {
  /** Tells the kinds of point apart. */
  readonly kind: 'float'
  /** Smallest value, itself included. */
  readonly min: number
  /** Largest value, itself included. */
  readonly max: number
  /** Distance of neighbouring values; any number in the range if `undefined`. */
  readonly step: number | undefined
  /** How random sampling spreads. */
  readonly scale: Scale
}

/** An integer in [min, max], one of `min + i·step`. */
export interface IntPoint extends PointBase {
  /** Tells the kinds of point apart. */
  readonly kind: 'int'
  /** Smallest value, itself included. */
  readonly min: number
  /** Largest value, itself included. */
  readonly max: number
  /** Distance of neighbouring values. */
  readonly step: number
  /** How random sampling spreads. */
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
  /** What is decided, in order. */
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
      pushReversed(pending, point.choices)
      continue
    }
    found.push(point)
    if (point.kind !== 'choice') continue
    for (let i = point.candidates.length - 1; i >= 0; i--) {
      pushReversed(pending, (point.candidates[i] as Branch).points)
    }
  }
  return found
}

function pushReversed(stack: Point[], points: readonly Point[]): void {
  for (let i = points.length - 1; i >= 0; i--) stack.push(points[i] as Point)
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
