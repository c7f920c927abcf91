import {
  type Branch,
  type ChoicePoint,
  endOf,
  type FloatPoint,
  type IntPoint,
  type ManyPoint,
  type Point,
} from './decision-point.ts'
import { InfiniteSpaceError } from './errors.ts'
import { gridIndex, gridSize, gridValue } from './scale.ts'

/*
 * The order of a space: like an odometer, the rightmost point fastest; within a choice, first everything that the chosen
 * candidate has to decide, then the next candidate. When one of several choices moves on, the later ones start again at
 * the smallest values that are still allowed.
 */

/** The first genes of a branch in the order of the space. */
export function firstGenes(branch: Branch): number[] {
  return branch.points.flatMap(firstOfPoint)
}

/**
 * The genes after these in the order of the space; `undefined` after the last.
 *
 * O(genes) amortised.
 *
 * @throws InfiniteSpaceError if a float without a step would have to move on
 */
export function nextGenes(branch: Branch, genes: readonly number[]): number[] | undefined {
  const starts: number[] = []
  let at = 0
  for (const point of branch.points) {
    starts.push(at)
    at = endOf(point, genes, at)
  }
  for (let i = branch.points.length - 1; i >= 0; i--) {
    const start = starts[i] as number
    const next = nextOfPoint(branch.points[i] as Point, genes.slice(start, starts[i + 1] ?? genes.length))
    if (next !== undefined)
      return [...genes.slice(0, start), ...next, ...branch.points.slice(i + 1).flatMap(firstOfPoint)]
  }
  return undefined
}

function firstOfPoint(point: Point): number[] {
  switch (point.kind) {
    case 'choice':
      return choose(point, 0)
    case 'many':
      return fill(point, [])
    case 'float':
    case 'int':
      return [point.min]
  }
}

function nextOfPoint(point: Point, genes: readonly number[]): number[] | undefined {
  switch (point.kind) {
    case 'choice':
      return nextOfChoice(point, genes, (candidate) => candidate + 1)
    case 'many':
      return nextOfMany(point, genes)
    case 'float':
    case 'int':
      return nextOfRange(point, genes[0] as number)
  }
}

function choose(point: ChoicePoint, candidate: number): number[] {
  return [candidate, ...firstGenes(point.candidates[candidate] as Branch)]
}

/** `following` gives the candidate to try after one, which may be beyond the last. */
function nextOfChoice(
  point: ChoicePoint,
  genes: readonly number[],
  following: (candidate: number) => number,
): number[] | undefined {
  const candidate = genes[0] as number
  const inside = nextGenes(point.candidates[candidate] as Branch, genes.slice(1))
  if (inside !== undefined) return [candidate, ...inside]
  const next = following(candidate)
  return next < point.candidates.length ? choose(point, next) : undefined
}

function nextOfMany(point: ManyPoint, genes: readonly number[]): number[] | undefined {
  const parts: number[][] = []
  let at = 0
  for (const choice of point.choices) {
    const end = endOf(choice, genes, at)
    parts.push(genes.slice(at, end))
    at = end
  }
  const made = parts.map((part) => part[0] as number)
  for (let i = parts.length - 1; i >= 0; i--) {
    made.length = i
    const next = nextOfChoice(point.choices[i] as ChoicePoint, parts[i] as number[], (candidate) =>
      allowedFrom(point, made, new Set(made), candidate + 1),
    )
    if (next === undefined) continue
    return [...parts.slice(0, i).flat(), ...next, ...fill(point, [...made, next[0] as number])]
  }
  return undefined
}

/** First genes of the choices of a point that follow those already made. */
function fill(point: ManyPoint, made: readonly number[]): number[] {
  const chosen = [...made]
  const taken = new Set(made)
  return point.choices.slice(made.length).flatMap((choice) => {
    const candidate = allowedFrom(point, chosen, taken, 0)
    chosen.push(candidate)
    taken.add(candidate)
    return choose(choice, candidate)
  })
}

/** The smallest candidate from `start` on that may follow the choices made, or the number of candidates if none may. */
function allowedFrom(
  { choices, distinct, sorted }: ManyPoint,
  made: readonly number[],
  taken: ReadonlySet<number>,
  start: number,
): number {
  const n = (choices[0] as ChoicePoint).candidates.length
  const last = made.at(-1)
  let candidate = sorted && last !== undefined ? Math.max(start, last) : start
  if (distinct) while (taken.has(candidate)) candidate++
  // Distinct and sorted choices must leave room for those to come.
  const limit = distinct && sorted ? n - (choices.length - made.length - 1) : n
  return candidate < limit ? candidate : n
}

function nextOfRange({ kind, id, min, max, step }: FloatPoint | IntPoint, value: number): number[] | undefined {
  if (min === max) return undefined
  if (step === undefined) {
    throw new InfiniteSpaceError({
      path: id,
      expected: 'a finite number of values',
      got: kind,
      gotText: `every number in [${min}, ${max}]`,
      remedy: 'give floatIn a step, or sample at random',
    })
  }
  const next = (gridIndex(min, max, step, value) ?? 0) + 1
  return next < gridSize(min, max, step) ? [gridValue(min, max, step, next)] : undefined
}
