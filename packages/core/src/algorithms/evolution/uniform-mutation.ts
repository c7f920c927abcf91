import { type Stream, weightedIndex } from '../../math/index.ts'
import {
  type Branch,
  type ChoicePoint,
  type DecisionPoint,
  endOf,
  type FloatPoint,
  type IntPoint,
  type ManyPoint,
} from '../../space/decision-point.ts'
import { Dna } from '../../space/dna.ts'
import type { DnaSpace } from '../../space/dna-space.ts'
import { drawNumber, takeCandidate } from '../../space/random-genes.ts'
import { gridIndex, gridSize, gridValue } from '../../space/scale.ts'

/** An active decision that can be made differently. */
interface Locus {
  readonly point: DecisionPoint
  /** Position of its gene. */
  readonly at: number
  /** The choices it is one of, and where they begin. */
  readonly many: { readonly point: ManyPoint; readonly start: number } | undefined
}

/**
 * One active decision, drawn uniformly, made differently: another candidate (with everything it has to decide drawn
 * anew), or another number of the range, by its scale. The result always differs from `dna`, unless nothing can.
 *
 * Among distinct choices an unused candidate is taken, and where there is none two choices change places, so that
 * permutations stay permutations; sorted choices are sorted again. O(decisions).
 *
 * @param space - the space of `dna`
 * @returns a DNA of `space`; `dna` itself if no decision can be made differently
 * @throws InvalidDnaError if `dna` is of another space and does not fit this one
 */
export function uniformMutation(space: DnaSpace, dna: Dna, stream: Stream): Dna {
  space.validate(dna)
  const { genes } = dna
  const loci: Locus[] = []
  collect(space.root, genes, 0, loci)
  if (loci.length === 0) return dna
  const locus = loci[stream.int(loci.length)] as Locus
  return new Dna(
    space,
    locus.many === undefined ? redraw(locus, genes, stream) : redrawMany(locus, locus.many, genes, stream),
  )
}

function collect(branch: Branch, genes: readonly number[], start: number, loci: Locus[]): number {
  let at = start
  for (const point of branch.points) {
    if (point.kind !== 'many') {
      at = collectOne(point, genes, at, undefined, loci)
      continue
    }
    const many = { point, start: at }
    for (const choice of point.choices) at = collectOne(choice, genes, at, many, loci)
  }
  return at
}

function collectOne(
  point: DecisionPoint,
  genes: readonly number[],
  at: number,
  many: Locus['many'],
  loci: Locus[],
): number {
  if (many === undefined ? canChange(point) : canChangeOneOf(many.point)) loci.push({ point, at, many })
  if (point.kind !== 'choice') return at + 1
  return collect(point.candidates[genes[at] as number] as Branch, genes, at + 1, loci)
}

function canChange(point: DecisionPoint): boolean {
  if (point.kind === 'choice') return point.candidates.length > 1
  return point.step === undefined ? point.min < point.max : gridSize(point.min, point.max, point.step) > 1
}

function canChangeOneOf({ choices, distinct, sorted }: ManyPoint): boolean {
  const n = (choices[0] as ChoicePoint).candidates.length
  // All distinct candidates in one order is all there is.
  return distinct ? choices.length < n || (!sorted && n > 1) : n > 1
}

/** The genes with one decision drawn anew. */
function redraw({ point, at }: Locus, genes: readonly number[], stream: Stream): number[] {
  const part: number[] = []
  if (point.kind === 'choice') takeCandidate(point, otherThan(point, genes[at] as number, stream), stream, part)
  else part.push(otherNumber(point, genes[at] as number, stream))
  const end = endOf(point, genes, at)
  if (part.length !== end - at) return genes.slice(0, at).concat(part, genes.slice(end))
  const next = genes.slice()
  for (let i = 0; i < part.length; i++) next[at + i] = part[i] as number
  return next
}

/** The genes with one of several choices changed. */
function redrawMany(
  { point, at }: Locus,
  { point: many, start }: NonNullable<Locus['many']>,
  genes: readonly number[],
  stream: Stream,
): number[] {
  const parts: number[][] = []
  let changed = 0
  let position = start
  for (const choice of many.choices) {
    if (position === at) changed = parts.length
    const end = endOf(choice, genes, position)
    parts.push(genes.slice(position, end))
    position = end
  }
  const taken = new Set(parts.map((part) => part[0] as number))
  const choice = point as ChoicePoint
  const gene = genes[at] as number
  const free = (candidate: number): boolean => (many.distinct ? !taken.has(candidate) : candidate !== gene)
  if (many.distinct && taken.size === choice.candidates.length) {
    const drawn = stream.int(parts.length - 1)
    const other = drawn >= changed ? drawn + 1 : drawn
    ;[parts[changed], parts[other]] = [parts[other] as number[], parts[changed] as number[]]
  } else {
    const part: number[] = []
    takeCandidate(choice, otherCandidate(choice, free, stream), stream, part)
    parts[changed] = part
  }
  if (many.sorted) parts.sort((a, b) => (a[0] as number) - (b[0] as number))
  return [...genes.slice(0, start), ...parts.flat(), ...genes.slice(position)]
}

/** Another candidate of a choice. */
function otherThan(point: ChoicePoint, gene: number, stream: Stream): number {
  if (point.weights !== undefined) return otherCandidate(point, (candidate) => candidate !== gene, stream)
  const drawn = stream.int(point.candidates.length - 1)
  return drawn >= gene ? drawn + 1 : drawn
}

/** A candidate among those that may be taken, by weight. There is at least one; if all its kind weigh 0 they count alike. */
function otherCandidate(point: ChoicePoint, mayTake: (candidate: number) => boolean, stream: Stream): number {
  const candidates = point.candidates.flatMap((_, i) => (mayTake(i) ? [i] : []))
  const weights = candidates.map((candidate) => point.weights?.[candidate] ?? 1)
  const isWeighted = point.weights !== undefined && weights.some((weight) => weight > 0)
  const index = isWeighted ? weightedIndex(stream, weights) : stream.int(candidates.length)
  return candidates[index] as number
}

/** Another number of a range. */
function otherNumber(point: FloatPoint | IntPoint, gene: number, stream: Stream): number {
  const drawn = drawNumber(point, stream)
  if (drawn !== gene) return drawn
  // Drawn again by chance: on a grid the others are as likely as each other, a float moves to an end.
  const { min, max, step } = point
  if (step === undefined) return gene === min ? max : min
  const index = gridIndex(min, max, step, gene) as number
  const other = stream.int(gridSize(min, max, step) - 1)
  return gridValue(min, max, step, other >= index ? other + 1 : other)
}
