import type { Branch, ChoicePoint, DecisionPoint, Literal, ManyPoint, Point } from './decision-point.ts'
import type { Dna } from './dna.ts'
import { InvalidDnaError } from './errors.ts'

/** What a record of decisions shows. */
export interface DnaRecordOptions {
  /** Keys: ids, or names where a decision has one. Default `id`. */
  readonly keys?: 'id' | 'name-or-id'
  /**
   * Values of choices: the gene; `choice`, `2/3`; `literal`, the candidate in print; or `choice-and-literal`,
   * `2/3 ('x')`. Numbers of ranges show as they are. Default `gene`.
   */
  readonly values?: 'gene' | 'choice' | 'literal' | 'choice-and-literal'
  /** Several choices: by each one's id, as one list under the id they share, or both. Default `each`. */
  readonly several?: 'each' | 'list' | 'both'
  /** Also lists decisions that are not active, as `null`. Default false. */
  readonly inactive?: boolean
}

/** The value of one decision in a record. */
export type DnaRecordValue = number | string | boolean | null

/** Decisions by id or name. */
export type DnaRecord = Readonly<Record<string, DnaRecordValue | readonly DnaRecordValue[]>>

/** How a decision prints: the chosen candidate's literal, or the number. */
export function literalOf(point: DecisionPoint, gene: number): Literal {
  return point.kind === 'choice' ? (point.literals[gene] as Literal) : gene
}

/** How a record of decisions is read. */
export interface DnaRecordReadOptions {
  /** `literal`: the values of choices are literals of candidates, numbers too. Default: genes, or what shows that it is none. */
  readonly values?: 'gene' | 'literal'
}

/** The decisions of a DNA by id or name, in pre-order. */
export function recordOfDna(dna: Dna, options: DnaRecordOptions = {}): DnaRecord {
  const writer = new RecordWriter(dna, options)
  writer.branch(dna.space.root, true)
  // Not assigned to an object one by one: any name is a key, `toString` and `__proto__` too.
  return Object.fromEntries(writer.record)
}

class RecordWriter {
  readonly record = new Map<string, DnaRecordValue | DnaRecordValue[]>()
  private readonly genes = new Map<DecisionPoint, number>()
  private readonly options: DnaRecordOptions

  constructor(dna: Dna, options: DnaRecordOptions) {
    this.options = options
    dna.space.walk(dna.genes, (point, position) => this.genes.set(point, dna.genes[position] as number))
  }

  branch(branch: Branch, active: boolean): void {
    for (const point of branch.points) {
      if (point.kind === 'many') this.many(point, active)
      else this.one(point, active, this.nameOf(point), true)
    }
  }

  private many(point: ManyPoint, active: boolean): void {
    const name = this.nameOf(point)
    const { several = 'each' } = this.options
    if (several !== 'each' && name === undefined && this.isShown(active)) {
      this.record.set(
        point.id,
        point.choices.map((choice) => this.value(choice)),
      )
    }
    for (const choice of point.choices) this.one(choice, active, name, several !== 'list' || name !== undefined)
  }

  private one(point: DecisionPoint, active: boolean, name: string | undefined, isEntry: boolean): void {
    if (isEntry && this.isShown(active)) this.enter(point, name)
    if (point.kind !== 'choice') return
    const gene = this.genes.get(point)
    point.candidates.forEach((candidate, i) => {
      if (this.isShown(gene === i)) this.branch(candidate, gene === i)
    })
  }

  private enter(point: DecisionPoint, name: string | undefined): void {
    const value = this.value(point)
    const known = name === undefined ? undefined : this.record.get(name)
    // Decisions that share a name come as a list.
    if (Array.isArray(known)) known.push(value)
    else this.record.set(name ?? point.id, known === undefined ? value : [known, value])
  }

  private isShown(active: boolean): boolean {
    return active || this.options.inactive === true
  }

  private nameOf(point: Point): string | undefined {
    return this.options.keys === 'name-or-id' ? point.name : undefined
  }

  private value(point: DecisionPoint): DnaRecordValue {
    return shownValue(point, this.genes.get(point), this.options)
  }
}

function shownValue(point: DecisionPoint, gene: number | undefined, options: DnaRecordOptions): DnaRecordValue {
  if (gene === undefined) return null
  if (point.kind !== 'choice') return gene
  const choice = `${gene}/${point.candidates.length}`
  const literal = point.literals[gene] as Literal
  switch (options.values ?? 'gene') {
    case 'gene':
      return gene
    case 'choice':
      return choice
    case 'literal':
      return literal
    case 'choice-and-literal':
      return `${choice} (${literal})`
  }
}

/**
 * The genes that a record of decisions stands for. Decisions that are not active may be absent; keys that are no decision
 * are refused.
 *
 * @throws InvalidDnaError on a missing or unreadable value, an ambiguous literal, or an unknown key
 */
export function genesOfRecord(
  root: Branch,
  record: Readonly<Record<string, unknown>>,
  options: DnaRecordReadOptions = {},
): number[] {
  const reader = new RecordReader(record, options)
  reader.branch(root)
  reader.refuseRest(root)
  return reader.genes
}

class RecordReader {
  readonly genes: number[] = []
  private readonly record: Readonly<Record<string, unknown>>
  private readonly options: DnaRecordReadOptions
  /** Values under a name that decisions share, those that are not taken yet. */
  private readonly shared = new Map<string, unknown[]>()

  constructor(record: Readonly<Record<string, unknown>>, options: DnaRecordReadOptions) {
    this.record = record
    this.options = options
  }

  branch(branch: Branch): void {
    for (const point of branch.points) {
      if (point.kind === 'many') point.choices.forEach((choice) => this.decision(choice, point))
      else this.decision(point, undefined)
    }
  }

  private decision(point: DecisionPoint, many: ManyPoint | undefined): void {
    const value = this.find(point, many)
    if (value === undefined || value === null) {
      throw new InvalidDnaError({
        path: point.id,
        expected: 'a value for the decision',
        got: value,
        gotText: 'nothing',
        remedy: `give it under '${point.id}'${point.name === undefined ? '' : ` or '${point.name}'`}`,
      })
    }
    if (point.kind !== 'choice') {
      this.genes.push(value as number)
      return
    }
    const candidate = candidateOf(point, value, this.options.values === 'literal')
    this.genes.push(candidate)
    this.branch(point.candidates[candidate] as Branch)
  }

  private find(point: DecisionPoint, many: ManyPoint | undefined): unknown {
    if (Object.hasOwn(this.record, point.id) && !Array.isArray(this.record[point.id])) return this.record[point.id]
    const { name } = point
    if (name !== undefined && Object.hasOwn(this.record, name)) return this.sharedValues(name).shift()
    const list = many !== undefined && Object.hasOwn(this.record, many.id) ? this.record[many.id] : undefined
    return Array.isArray(list) ? (list[(point as ChoicePoint).subchoice?.index ?? 0] as unknown) : undefined
  }

  /** What is left under a name: one value, or a list of which inactive decisions have none. */
  private sharedValues(name: string): unknown[] {
    const known = this.shared.get(name)
    if (known !== undefined) return known
    const given = this.record[name]
    const values = Array.isArray(given) ? given.filter((value) => value !== null) : [given]
    this.shared.set(name, values)
    return values
  }

  refuseRest(root: Branch): void {
    const known = new Set<string>()
    collectKeys(root, known)
    const stray = Object.keys(this.record).find((key) => !known.has(key))
    if (stray !== undefined) {
      throw new InvalidDnaError({
        path: stray,
        expected: 'the id or name of a decision of the space',
        got: stray,
        remedy: `there are ${[...known].slice(0, 8).join(', ') || 'none'}`,
      })
    }
    for (const [name, values] of this.shared) {
      if (values.length === 0) continue
      throw new InvalidDnaError({
        path: name,
        expected: 'one value to each active decision of the name',
        got: values,
        gotText: `${values.length} more`,
        remedy: 'leave out the values of decisions that are not active',
      })
    }
  }
}

function collectKeys(branch: Branch, keys: Set<string>): void {
  const add = (point: Point): void => {
    keys.add(point.id)
    if (point.name !== undefined) keys.add(point.name)
    if (point.kind === 'many') point.choices.forEach(add)
    if (point.kind === 'choice') for (const candidate of point.candidates) collectKeys(candidate, keys)
  }
  branch.points.forEach(add)
}

/** The candidate that a value names: an index, `i/n`, `i/n (literal)` or a literal. */
function candidateOf(point: ChoicePoint, value: unknown, isLiteral: boolean): number {
  const n = point.candidates.length
  if (!isLiteral && Number.isInteger(value)) {
    if ((value as number) >= 0 && (value as number) < n) return value as number
    throw new InvalidDnaError({
      path: point.id,
      expected: `the index of a candidate, an integer in [0, ${n - 1}]`,
      got: value,
      remedy: "read literals with { values: 'literal' }",
    })
  }
  const choice = typeof value === 'string' ? /^(\d+)\/(\d+)(?: \((.*)\))?$/s.exec(value) : null
  if (choice !== null) return candidateOfChoice(point, choice)
  const candidate = point.literals.indexOf(value as Literal)
  if (candidate >= 0 && candidate === point.literals.lastIndexOf(value as Literal)) return candidate
  throw new InvalidDnaError({
    path: point.id,
    expected:
      candidate >= 0
        ? `the index of a candidate, since several print as ${String(value)}`
        : `the index, choice or literal of a candidate, such as 0, 0/${n} or ${String(point.literals[0])}`,
    got: value,
    remedy: `there are ${point.literals.slice(0, 8).map(String).join(', ')}`,
  })
}

/** The candidate that `i/n` or `i/n (literal)` names, where all of it agrees with the point. */
function candidateOfChoice(point: ChoicePoint, choice: RegExpExecArray): number {
  const n = point.candidates.length
  const [value, index, count, literal] = choice
  const candidate = Number(index)
  const fits = candidate < n && Number(count) === n
  if (fits && (literal === undefined || literal === String(point.literals[candidate]))) return candidate
  throw new InvalidDnaError({
    path: point.id,
    expected: fits ? `${index}/${n} (${String(point.literals[candidate])})` : `a choice from 0/${n} to ${n - 1}/${n}`,
    got: value,
    remedy: 'the space has changed since the record was written, or it is another one',
  })
}
