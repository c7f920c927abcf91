import type { Branch, ChoicePoint, DecisionPoint, FloatPoint, IntPoint, ManyPoint } from './decision-point.ts'
import { InvalidDnaError } from './errors.ts'
import { gridIndex } from './scale.ts'

/**
 * Checks that genes are a point of a branch: their number, each one's type and range, distinctness and order.
 *
 * @throws InvalidDnaError naming the decision
 */
export function validateGenes(root: Branch, genes: readonly unknown[]): void {
  const end = validateBranch(root, genes, 0)
  if (end === genes.length) return
  throw new InvalidDnaError({
    expected: `${end} genes`,
    got: genes,
    gotText: String(genes.length),
    remedy: 'leave out the genes of decisions that are not active',
  })
}

function validateBranch(branch: Branch, genes: readonly unknown[], start: number): number {
  let at = start
  for (const point of branch.points) {
    at = point.kind === 'many' ? validateMany(point, genes, at) : validateDecision(point, genes, at)
  }
  return at
}

function validateDecision(point: DecisionPoint, genes: readonly unknown[], at: number): number {
  if (at >= genes.length) {
    throw new InvalidDnaError({
      path: point.id,
      expected: `a gene at position ${at}`,
      got: genes,
      gotText: `${genes.length} genes in all`,
      remedy: 'give one gene to every active decision',
    })
  }
  const gene = genes[at]
  if (point.kind !== 'choice') {
    validateNumber(point, gene)
    return at + 1
  }
  const n = point.candidates.length
  if (!Number.isInteger(gene) || (gene as number) < 0 || (gene as number) >= n) {
    throw new InvalidDnaError({
      path: point.id,
      expected: `the index of a candidate, an integer in [0, ${n - 1}]`,
      got: gene,
      remedy: `the decision has ${n} candidates`,
    })
  }
  return validateBranch(point.candidates[gene as number] as Branch, genes, at + 1)
}

function validateMany(point: ManyPoint, genes: readonly unknown[], start: number): number {
  let at = start
  const chosen = new Set<number>()
  let last: number | undefined
  for (const choice of point.choices) {
    const before = at
    at = validateDecision(choice, genes, at)
    const candidate = genes[before] as number
    checkAgainst(point, choice, chosen, last, candidate)
    chosen.add(candidate)
    last = candidate
  }
  return at
}

function checkAgainst(
  point: ManyPoint,
  choice: ChoicePoint,
  chosen: ReadonlySet<number>,
  last: number | undefined,
  candidate: number,
): void {
  if (point.distinct && chosen.has(candidate)) {
    throw new InvalidDnaError({
      path: choice.id,
      expected: 'a candidate that is not chosen yet',
      got: candidate,
      remedy: `the choices of ${point.id || 'the space'} are distinct`,
    })
  }
  if (point.sorted && last !== undefined && candidate < last) {
    throw new InvalidDnaError({
      path: choice.id,
      expected: `a candidate of at least ${last}`,
      got: candidate,
      remedy: `the choices of ${point.id || 'the space'} are sorted`,
    })
  }
}

function validateNumber({ kind, id, min, max, step }: FloatPoint | IntPoint, gene: unknown): void {
  const noun = kind === 'int' ? 'an integer' : 'a number'
  const inside = typeof gene === 'number' && gene >= min && gene <= max && (kind === 'float' || Number.isInteger(gene))
  if (!inside) {
    throw new InvalidDnaError({ path: id, expected: `${noun} in [${min}, ${max}]`, got: gene })
  }
  if (step !== undefined && gridIndex(min, max, step, gene) === undefined) {
    throw new InvalidDnaError({
      path: id,
      expected: `one of ${min} + i·${step} up to ${max}`,
      got: gene,
      remedy: 'take the nearest of them',
    })
  }
}
