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

/** The decisions of a DNA by id or name, in pre-order. */
export function recordOfDna(dna: Dna, options: DnaRecordOptions = {}): DnaRecord {
  const genes = new Map<DecisionPoint, number>()
  dna.space.walk(dna.genes, (point, position) => genes.set(point, dna.genes[position] as number))
  const record: Record<string, DnaRecordValue | DnaRecordValue[]> = {}
  const several = options.several ?? 'each'
  const show = (branch: Branch, active: boolean): void => {
    for (const point of branch.points) {
      if (point.kind === 'many') showMany(point, active)
      else showOne(point, active, options.keys === 'name-or-id' ? point.name : undefined)
    }
  }
  const showMany = (point: ManyPoint, active: boolean): void => {
    const name = options.keys === 'name-or-id' ? point.name : undefined
    if (several !== 'each' && name === undefined && (active || options.inactive === true)) {
      record[point.id] = point.choices.map((choice) => shownValue(choice, genes.get(choice), options))
    }
    for (const choice of point.choices) {
      if (several === 'list' && name === undefined) showCandidates(choice, active)
      else showOne(choice, active, name)
    }
  }
  const showOne = (point: DecisionPoint, active: boolean, name: string | undefined): void => {
    if (active || options.inactive === true) {
      const value = shownValue(point, genes.get(point), options)
      const known = name === undefined ? undefined : record[name]
      // Decisions that share a name come as a list.
      if (known === undefined) record[name ?? point.id] = value
      else
        record[name as string] = [
          ...(Array.isArray(known) ? (known as DnaRecordValue[]) : [known as DnaRecordValue]),
          value,
        ]
    }
    if (point.kind === 'choice') showCandidates(point, active)
  }
  const showCandidates = (point: ChoicePoint, active: boolean): void => {
    point.candidates.forEach((candidate, i) => {
      const chosen = active && genes.get(point) === i
      if (chosen || options.inactive === true) show(candidate, chosen)
    })
  }
  show(dna.space.root, true)
  return record
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
 * The genes that a record of decisions stands for: what `recordOfDna` wrote, in any of its forms. Decisions that are not
 * active may be absent; keys that are no decision are refused.
 *
 * @throws InvalidDnaError on a missing or unreadable value, or an unknown key
 */
export function genesOfRecord(root: Branch, record: Readonly<Record<string, unknown>>): number[] {
  const reader = new RecordReader(record)
  reader.branch(root)
  reader.refuseUnknown(root)
  return reader.genes
}

class RecordReader {
  readonly genes: number[] = []
  private readonly record: Readonly<Record<string, unknown>>
  /** How many values of a shared name have been taken. */
  private readonly taken = new Map<string, number>()

  constructor(record: Readonly<Record<string, unknown>>) {
    this.record = record
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
    const candidate = candidateOf(point, value)
    this.genes.push(candidate)
    this.branch(point.candidates[candidate] as Branch)
  }

  private find(point: DecisionPoint, many: ManyPoint | undefined): unknown {
    if (Object.hasOwn(this.record, point.id)) return this.record[point.id]
    const { name } = point
    if (name !== undefined && Object.hasOwn(this.record, name)) {
      const value = this.record[name]
      if (!Array.isArray(value)) return value
      const next = this.taken.get(name) ?? 0
      this.taken.set(name, next + 1)
      return value[next] as unknown
    }
    const list = many === undefined ? undefined : this.record[many.id]
    return Array.isArray(list) ? (list[(point as ChoicePoint).subchoice?.index ?? 0] as unknown) : undefined
  }

  refuseUnknown(root: Branch): void {
    const known = new Set<string>()
    collectKeys(root, known)
    const stray = Object.keys(this.record).find((key) => !known.has(key))
    if (stray === undefined) return
    throw new InvalidDnaError({
      path: stray,
      expected: 'the id or name of a decision of the space',
      got: stray,
      remedy: `there are ${[...known].slice(0, 8).join(', ')}`,
    })
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
function candidateOf(point: ChoicePoint, value: unknown): number {
  const n = point.candidates.length
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < n) return value
  if (typeof value === 'string') {
    const choice = /^(\d+)\/(\d+)(?: \((.*)\))?$/s.exec(value)
    if (choice !== null) {
      const [, index, count, literal] = choice
      const candidate = Number(index)
      const fits = candidate < n && Number(count) === n
      if (fits && (literal === undefined || literal === String(point.literals[candidate]))) return candidate
      throw new InvalidDnaError({
        path: point.id,
        expected: fits
          ? `${index}/${n} (${String(point.literals[candidate])})`
          : `a choice from 0/${n} to ${n - 1}/${n}`,
        got: value,
        remedy: 'the space has changed since the record was written, or it is another one',
      })
    }
  }
  const candidate = point.literals.indexOf(value as Literal)
  if (candidate >= 0) return candidate
  throw new InvalidDnaError({
    path: point.id,
    expected: `the index, choice or literal of a candidate, such as 0, 0/${n} or ${String(point.literals[0])}`,
    got: value,
    remedy: `there are ${point.literals.slice(0, 8).map(String).join(', ')}`,
  })
}
