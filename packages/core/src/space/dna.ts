import type { DecisionPoint } from './decision-point.ts'
import { type DnaRecord, type DnaRecordOptions, literalOf, recordOfDna } from './dna-record.ts'
import type { DnaSpace } from './dna-space.ts'
import { type DnaValue, printValue, valueToJson } from './dna-value.ts'

/**
 * One point of a space: the genes of its active decisions, in pre-order. Immutable.
 *
 * The gene of a choice is the index of the candidate; of an `intIn` the integer itself; of a `floatIn` the number. What
 * depends on a candidate follows it, only if it is chosen.
 */
export class Dna {
  /** The space it is a point of. */
  readonly space: DnaSpace
  /** The genes of the active decisions, in pre-order. */
  readonly genes: readonly number[]
  #text: string | undefined = undefined

  /**
   * @param genes - valid for the space; kept, not copied
   * @internal Use `space.dna(genes)`, which checks.
   */
  constructor(space: DnaSpace, genes: readonly number[]) {
    this.space = space
    this.genes = genes
  }

  /** The nested form: `[0, (1, 2), 0.5]` as data. */
  get value(): DnaValue {
    return this.space.valueOf(this.genes)
  }

  /** The canonical text, the same for the same point in every version; duplicates are told by it. */
  toString(): string {
    return (this.#text ??= printValue(this.value))
  }

  /** The nested form as JSON-ready data; `space.fromJSON` reads it. */
  toJSON(): { readonly _type: string; readonly format: 'compact'; readonly value: unknown } {
    return { _type: 'mitten/Dna', format: 'compact', value: valueToJson(this.value) }
  }

  /** Whether both are the same point of equal spaces. */
  equals(other: Dna): boolean {
    if (this.genes.length !== other.genes.length || this.space.fingerprint !== other.space.fingerprint) return false
    return this.genes.every((gene, i) => gene === other.genes[i])
  }

  /** The active decisions in order, with the position of each one's gene. */
  get decisions(): readonly { readonly point: DecisionPoint; readonly position: number }[] {
    const found: { point: DecisionPoint; position: number }[] = []
    this.space.walk(this.genes, (point, position) => found.push({ point, position }))
    return found
  }

  /**
   * The gene of a decision by its id or name; `undefined` if the decision is not active. A name shared by several
   * decisions gives the first active one.
   *
   * @throws UnknownKeyError if the space has no such decision
   */
  get(idOrName: string): number | undefined {
    const wanted = new Set(this.space.lookUp(idOrName))
    const position = this.decisions.find(({ point }) => wanted.has(point))?.position
    return position === undefined ? undefined : this.genes[position]
  }

  /** The decisions by id or name; see the options for what is shown. */
  toRecord(options?: DnaRecordOptions): DnaRecord {
    return recordOfDna(this, options)
  }

  /** Numbers and chosen candidates by id, for people and tables: `{ lr: 0.1, 'layers[0]': 'conv' }`. */
  get parameters(): Readonly<Record<string, string | number | boolean>> {
    const found: Record<string, string | number | boolean> = {}
    this.space.walk(this.genes, (point, position) => {
      found[point.id] = literalOf(point, this.genes[position] as number)
    })
    return found
  }
}
