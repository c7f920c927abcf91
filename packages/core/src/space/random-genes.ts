import { sampleIndices, type Stream, weightedIndex } from '../math/index.ts'
import type { Branch, ChoicePoint, FloatPoint, IntPoint, ManyPoint, Point } from './decision-point.ts'
import { drawFloat, drawGrid } from './scale.ts'

/**
 * Draws genes for a branch and appends them.
 *
 * Candidates are equally likely (or as their weights say), however much each has to decide. Distinct choices are drawn
 * without replacement; sorted ones are drawn and then sorted, so that with repetition a set is as likely as it has orders.
 */
export function drawBranch(branch: Branch, stream: Stream, genes: number[]): void {
  for (const point of branch.points) drawPoint(point, stream, genes)
}

/** Draws the genes of one point and of what depends on it. */
function drawPoint(point: Point, stream: Stream, genes: number[]): void {
  switch (point.kind) {
    case 'choice':
      return takeCandidate(point, drawCandidate(point, stream), stream, genes)
    case 'many':
      drawMany(point, stream).forEach((candidate, i) => {
        takeCandidate(point.choices[i] as ChoicePoint, candidate, stream, genes)
      })
      return
    case 'float':
    case 'int':
      genes.push(drawNumber(point, stream))
  }
}

/** Draws a number of a range, by its scale. */
export function drawNumber({ min, max, step, scale }: FloatPoint | IntPoint, stream: Stream): number {
  return step === undefined ? drawFloat(min, max, scale, stream) : drawGrid(min, max, step, scale, stream)
}

/** Draws the index of a candidate, by weight. */
function drawCandidate({ candidates, weights }: ChoicePoint, stream: Stream): number {
  return weights === undefined ? stream.int(candidates.length) : weightedIndex(stream, weights)
}

function drawMany({ choices, distinct, sorted }: ManyPoint, stream: Stream): number[] {
  const n = (choices[0] as ChoicePoint).candidates.length
  const drawn = distinct ? sampleIndices(stream, n, choices.length) : Array.from(choices, () => stream.int(n))
  return sorted ? drawn.sort((a, b) => a - b) : drawn
}

/** Chooses a candidate and draws what it has to decide. */
export function takeCandidate(point: ChoicePoint, candidate: number, stream: Stream, genes: number[]): void {
  genes.push(candidate)
  drawBranch(point.candidates[candidate] as Branch, stream, genes)
}
