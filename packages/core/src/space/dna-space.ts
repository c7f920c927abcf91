import type { Stream } from '../math/index.ts'
import { DeclarationError, UnknownKeyError } from '../symbolic/errors.ts'
import { hash } from '../symbolic/hash.ts'
import {
  type Branch,
  type ChoicePoint,
  type DecisionPoint,
  decisionPoints,
  type ManyPoint,
  type Point,
  walkActive,
} from './decision-point.ts'
import { Dna } from './dna.ts'
import { type DnaRecordReadOptions, genesOfRecord } from './dna-record.ts'
import { chainValue, type DnaValue, genesOf, listValue, parseValue, printValue, valueFromJson } from './dna-value.ts'
import { firstGenes, nextGenes } from './enumerate.ts'
import { InfiniteSpaceError, InvalidDnaError } from './errors.ts'
import { drawBranch } from './random-genes.ts'
import { branchSize, type SpaceSize } from './space-size.ts'
import { validateGenes } from './validate.ts'

/**
 * A search space as an algorithm sees it: decision points and DNA, never programs (rule T4).
 *
 * It is iterable: all its DNA in order, if it is finite.
 */
export class DnaSpace implements Iterable<Dna> {
  /** What is decided side by side at the top. */
  readonly root: Branch
  #points: readonly DecisionPoint[] | undefined = undefined
  #size: SpaceSize | undefined = undefined
  #fingerprint: string | undefined = undefined
  #lookup: ReadonlyMap<string, readonly DecisionPoint[]> | undefined = undefined

  constructor(root: Branch) {
    this.root = root
  }

  /** Every decision point, active or not, in pre-order. */
  get points(): readonly DecisionPoint[] {
    return (this.#points ??= decisionPoints(this.root))
  }

  /** How many DNA there are, exactly (rule G3). */
  get size(): SpaceSize {
    return (this.#size ??= branchSize(this.root))
  }

  /** Whether there is nothing to decide. */
  get isConstant(): boolean {
    return this.root.points.length === 0
  }

  /**
   * 16 hexadecimal digits that equal spaces share, in every process and version: they depend on ids, kinds, ranges and
   * candidates (in print, see `ChoicePoint.outlines`), not on names, hints, scales or weights, which say nothing about
   * what is valid.
   */
  get fingerprint(): string {
    return (this.#fingerprint ??= hash(this.points.map(pointShape)).toString(16).padStart(16, '0'))
  }

  /**
   * A DNA of these genes; −0 counts as 0.
   *
   * @throws InvalidDnaError if they are no point of this space
   */
  dna(genes: readonly number[]): Dna {
    validateGenes(this.root, genes)
    return new Dna(
      this,
      genes.map((gene) => gene + 0),
    )
  }

  /** A uniform draw decision by decision; the scales of ranges and the weights of candidates count. O(points). */
  random(stream: Stream): Dna {
    const genes: number[] = []
    drawBranch(this.root, stream, genes)
    // Appending leaves room for more; a copy is as long as it is, and studies keep many of them.
    return new Dna(this, genes.slice())
  }

  /** The first DNA in order: the smallest gene everywhere. */
  first(): Dna {
    return new Dna(this, firstGenes(this.root))
  }

  /**
   * The DNA after this one, the rightmost decision moving fastest; `undefined` after the last.
   *
   * @throws InfiniteSpaceError if a float without a step would have to move, InvalidDnaError if the DNA is of another
   *   space and does not fit this one
   */
  next(dna: Dna): Dna | undefined {
    this.validate(dna)
    const genes = nextGenes(this.root, dna.genes)
    return genes === undefined ? undefined : new Dna(this, genes)
  }

  *[Symbol.iterator](): Generator<Dna> {
    if (this.size === 'infinite') {
      throw new InfiniteSpaceError({
        expected: 'a space with finitely many points',
        got: this.size,
        gotText: 'one with a float range',
        remedy: 'give floatIn a step, or sample at random',
      })
    }
    for (let dna: Dna | undefined = this.first(); dna !== undefined; dna = this.next(dna)) yield dna
  }

  /**
   * Checks a DNA against this space; one of this very space is known to fit.
   *
   * @throws InvalidDnaError naming the decision
   */
  validate(dna: Dna): void {
    if (dna.space !== this) validateGenes(this.root, dna.genes)
  }

  /**
   * Reads canonical text, or any other that says the same.
   *
   * @throws InvalidDnaError on text of another shape, or genes that do not fit
   */
  parse(text: string): Dna {
    return this.#fromValue(parseValue(text), text)
  }

  /**
   * Reads what `dna.toJSON()` wrote, as PyGlove writes its compact form too, or the nested value alone.
   *
   * @throws InvalidDnaError on another form or shape, or genes that do not fit
   */
  fromJSON(json: unknown): Dna {
    const value = nestedJson(json)
    return this.#fromValue(valueFromJson(value), value)
  }

  /**
   * Reads decisions by id or name, as `dna.toRecord()` writes them.
   *
   * Genes, choices (`1/3`) and choices with their literal are told apart by themselves. A literal alone may be a number
   * and so look like a gene: records of literals are read with `{ values: 'literal' }`.
   *
   * @throws InvalidDnaError on a missing or unreadable value, a literal that two candidates share, an unknown key, or
   *   genes that do not fit
   */
  fromRecord(record: Readonly<Record<string, unknown>>, options?: DnaRecordReadOptions): Dna {
    return this.dna(genesOfRecord(this.root, record, options))
  }

  /**
   * A DNA by a function that decides point by point, in pre-order.
   *
   * @param decide - gives the gene of a point; `earlier` are the candidates that the choices before it have taken, where
   *   it is one of several
   * @throws InvalidDnaError if a decision does not fit
   */
  fromDecisions(decide: (point: DecisionPoint, earlier: readonly number[]) => number): Dna {
    const genes: number[] = []
    const visit = (branch: Branch): void => {
      for (const point of branch.points) {
        const earlier: number[] = []
        for (const one of point.kind === 'many' ? point.choices : [point]) {
          const gene = decide(one, earlier)
          genes.push(gene)
          earlier.push(gene)
          const chosen = one.kind === 'choice' ? one.candidates[gene] : undefined
          if (chosen !== undefined) visit(chosen)
        }
      }
    }
    visit(this.root)
    return this.dna(genes)
  }

  /**
   * The decision points under an id or name: one for an id, several for a name that they share.
   *
   * @throws UnknownKeyError if there is none
   */
  lookUp(idOrName: string): readonly DecisionPoint[] {
    this.#lookup ??= lookupTable(this.points)
    const found = this.#lookup.get(idOrName)
    if (found !== undefined) return found
    throw new UnknownKeyError({
      path: idOrName,
      expected: 'the id or name of a decision point',
      got: idOrName,
      remedy: `there are ${[...this.#lookup.keys()].slice(0, 8).join(', ') || 'none'}`,
    })
  }

  /** Calls `visit` for each active decision of valid genes, in pre-order. */
  walk(genes: readonly number[], visit: (point: DecisionPoint, position: number) => void): void {
    walkActive(this.root, genes, 0, visit)
  }

  /** The nested form of valid genes. */
  valueOf(genes: readonly number[]): DnaValue {
    return branchValue(this.root, genes, { at: 0 })
  }

  #fromValue(value: DnaValue, given: unknown): Dna {
    const dna = this.dna(genesOf(value))
    // The genes fit; that they were grouped as this space groups them is what is left to see.
    if (printValue(value) === dna.toString()) return dna
    throw new InvalidDnaError({
      expected: `the shape ${dna.toString()}`,
      got: given,
      gotText: printValue(value),
      remedy: 'group decisions as the space does: (choice, what it leads to) and [side, by, side]',
    })
  }
}

/** Points by id, and by name where that says more. */
function lookupTable(points: readonly DecisionPoint[]): Map<string, readonly DecisionPoint[]> {
  const table = new Map<string, DecisionPoint[]>()
  for (const point of points) table.set(point.id, [point])
  for (const point of points) {
    if (point.name === undefined || point.name === point.id) continue
    const known = table.get(point.name)
    if (known === undefined) table.set(point.name, [point])
    else known.push(point)
  }
  return table
}

/**
 * Refuses a name that two different hyper values have, or that is the id of another's decision.
 *
 * @param owners - for each point, several choices together included, the hyper value it comes from
 * @throws DeclarationError
 */
export function requireUniqueNames(owners: ReadonlyMap<Point, unknown>): void {
  const byName = new Map<string, unknown>()
  const byId = new Map<string, unknown>()
  for (const [point, owner] of owners) byId.set(point.id, owner)
  for (const [{ id, name }, owner] of owners) {
    if (name === undefined) continue
    if ((byName.get(name) ?? owner) !== owner || (byId.get(name) ?? owner) !== owner) {
      throw new DeclarationError({
        path: id,
        expected: 'a name that no other decision has as its name or id',
        got: name,
        remedy: 'rename one of them',
      })
    }
    byName.set(name, owner)
  }
}

/** What makes two points the same, as data. */
function pointShape(point: DecisionPoint): unknown {
  if (point.kind !== 'choice') return [point.id, point.kind, point.min, point.max, point.step ?? null]
  const { id, kind, subchoice, outlines } = point
  // All of several choices have the candidates of the first.
  const candidates = subchoice === undefined || subchoice.index === 0 ? outlines : null
  return [id, kind, candidates, subchoice?.distinct ?? null, subchoice?.sorted ?? null]
}

/** The nested value in the JSON form of a DNA. */
function nestedJson(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  const { format, value } = json as { readonly format?: unknown; readonly value?: unknown }
  if (format === 'compact') return value
  throw new InvalidDnaError({
    path: 'format',
    expected: "the compact form of a DNA, { format: 'compact', value: … }",
    got: format,
    remedy: 'give what dna.toJSON() wrote',
  })
}

interface Cursor {
  at: number
}

function branchValue(branch: Branch, genes: readonly number[], cursor: Cursor): DnaValue {
  return listValue(branch.points.map((point) => pointValue(point, genes, cursor)))
}

function pointValue(point: Point, genes: readonly number[], cursor: Cursor): DnaValue {
  if (point.kind === 'many') return manyValue(point, genes, cursor)
  const gene = genes[cursor.at++] as number
  if (point.kind !== 'choice') return gene
  return chainValue(gene, branchValue(candidate(point, gene), genes, cursor))
}

function manyValue(point: ManyPoint, genes: readonly number[], cursor: Cursor): DnaValue {
  return listValue(point.choices.map((choice) => pointValue(choice, genes, cursor)))
}

function candidate(point: ChoicePoint, gene: number): Branch {
  return point.candidates[gene] as Branch
}
