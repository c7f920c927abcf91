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
import { genesOfRecord } from './dna-record.ts'
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
   * candidates, not on names, hints, scales or weights, which say nothing about what is valid.
   */
  get fingerprint(): string {
    return (this.#fingerprint ??= hash(this.points.map(pointShape)).toString(16).padStart(16, '0'))
  }

  /**
   * A DNA of these genes.
   *
   * @throws InvalidDnaError if they are no point of this space
   */
  dna(genes: readonly number[]): Dna {
    validateGenes(this.root, genes)
    return new Dna(this, [...genes])
  }

  /** A uniform draw decision by decision; the scales of ranges and the weights of candidates count. O(points). */
  random(stream: Stream): Dna {
    const genes: number[] = []
    drawBranch(this.root, stream, genes)
    return new Dna(this, genes)
  }

  /** The first DNA in order: the smallest gene everywhere. */
  first(): Dna {
    return new Dna(this, firstGenes(this.root))
  }

  /**
   * The DNA after this one, the rightmost decision moving fastest; `undefined` after the last.
   *
   * @throws InfiniteSpaceError if a float without a step would have to move
   */
  next(dna: Dna): Dna | undefined {
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

  /** Reads what `dna.toJSON()` wrote. */
  fromJSON(json: unknown): Dna {
    const value = typeof json === 'object' && json !== null && 'value' in json ? json.value : json
    return this.#fromValue(valueFromJson(value), JSON.stringify(value))
  }

  /** Reads decisions by id or name, in any of the forms of `dna.toRecord()`. */
  fromRecord(record: Readonly<Record<string, unknown>>): Dna {
    return this.dna(genesOfRecord(this.root, record))
  }

  /**
   * A DNA by a function that decides point by point, told what has been decided so far.
   *
   * @throws InvalidDnaError if a decision does not fit
   */
  fromDecisions(decide: (point: DecisionPoint) => number): Dna {
    const genes: number[] = []
    const visit = (branch: Branch): void => {
      for (const point of branch.points) (point.kind === 'many' ? point.choices : [point]).forEach(one)
    }
    const one = (point: DecisionPoint): void => {
      const gene = decide(point)
      genes.push(gene)
      const chosen = point.kind === 'choice' ? point.candidates[gene] : undefined
      if (chosen !== undefined) visit(chosen)
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

  #fromValue(value: DnaValue, text: string): Dna {
    const dna = this.dna(genesOf(value))
    // The genes fit; that they were grouped as this space groups them is what is left to see.
    if (printValue(value) === dna.toString()) return dna
    throw new InvalidDnaError({
      expected: `the shape ${dna.toString()}`,
      got: text,
      remedy: 'group decisions as the space does: (choice, what it leads to) and [side, by, side]',
    })
  }
}

function lookupTable(points: readonly DecisionPoint[]): Map<string, readonly DecisionPoint[]> {
  const table = new Map<string, DecisionPoint[]>()
  for (const point of points) table.set(point.id, [point])
  for (const point of points) {
    if (point.name === undefined) continue
    const known = table.get(point.name)
    if (known === undefined) table.set(point.name, [point])
    else known.push(point)
  }
  return table
}

/**
 * Refuses a name that two different hyper values have, or that is another decision's id.
 *
 * @param owners - for each point, the hyper value it comes from
 * @throws DeclarationError
 */
export function requireUniqueNames(points: readonly DecisionPoint[], owners: ReadonlyMap<Point, unknown>): void {
  const byName = new Map<string, unknown>()
  const ids = new Map(points.map((point) => [point.id, owners.get(point)]))
  for (const point of points) {
    if (point.name === undefined) continue
    const owner = owners.get(point)
    const clash = (byName.get(point.name) ?? owner) !== owner || (ids.get(point.name) ?? owner) !== owner
    if (clash) {
      throw new DeclarationError({
        path: point.id,
        expected: 'a name that no other decision has as its name or id',
        got: point.name,
        remedy: 'rename one of them',
      })
    }
    byName.set(point.name, owner)
  }
}

/** What makes two points the same, as data. */
function pointShape(point: DecisionPoint): unknown {
  if (point.kind === 'choice') {
    return [point.id, point.kind, point.literals, point.subchoice?.distinct ?? null, point.subchoice?.sorted ?? null]
  }
  return [point.id, point.kind, point.min, point.max, point.step ?? null]
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
