import { copyDeep } from '../symbolic/clone.ts'
import { equals } from '../symbolic/equals.ts'
import { DeclarationError } from '../symbolic/errors.ts'
import type { FieldSpec } from '../symbolic/field-spec.ts'
import { format } from '../symbolic/format.ts'
import { listOfRaw } from '../symbolic/list.ts'
import { isNode, STATE, State, type SymbolicNode, TRAITS } from '../symbolic/node.ts'
import { construct, trustedValue } from '../symbolic/object-traits.ts'
import { appendKey, type Key } from '../symbolic/path.ts'
import { recordOfRaw } from '../symbolic/record.ts'
import { schemaOf } from '../symbolic/registry.ts'
import type { Schema } from '../symbolic/schema.ts'
import { ManyOf } from './choice.ts'
import { type Branch, type ChoicePoint, CONSTANT, type Literal, type ManyPoint, type Point } from './decision-point.ts'
import { candidatesOf, type Hyper, isHyper, rawField, type Where } from './hyper.ts'
import { matchMany } from './match-many.ts'
import { rangeOf } from './range.ts'
import { gridIndex } from './scale.ts'

/** Reads genes from left to right. */
export interface GeneCursor {
  readonly genes: readonly number[]
  at: number
}

/** Makes a fresh value: every node in it is new, and owned by nobody. */
type Builder = (cursor: GeneCursor) => unknown

/** A hyper value of a template: where it stands, and how what stands there in a program is turned back into genes. */
interface Place {
  readonly keys: readonly Key[]
  /** Genes of a value, or `undefined` if no genes give it. */
  readonly encode: (value: unknown) => number[] | undefined
}

/** A value with its decisions compiled: what a space is made of, at the top and in each candidate. */
export interface Template {
  readonly branch: Branch
  readonly build: Builder
  readonly places: readonly Place[]
}

/** Levels of a program that are compiled by recursion; below, the whole of it is copied and patched. */
const RECURSION_LIMIT = 200
/** Levels of hyper values within candidates of hyper values. */
const NESTING_LIMIT = 200
/** Characters that a candidate may take in print. */
const LITERAL_LIMIT = 120

/** Compiles the hyper values of a program that `where` selects. */
export class TemplateCompiler {
  /** For each point, the hyper value it was made from. */
  readonly owners = new Map<Point, SymbolicNode>()
  private readonly where: Where | undefined

  constructor(where: Where | undefined) {
    this.where = where
  }

  /** @param id - the id that a hyper value at the root of `value` gets; what is below continues it */
  compile(value: unknown, id: string, nesting = 0): Template {
    if (nesting > NESTING_LIMIT) {
      throw new DeclarationError({
        path: id,
        expected: `hyper values nested at most ${NESTING_LIMIT} deep in candidates`,
        got: value,
        remedy: 'decide more of it side by side',
      })
    }
    const points: Point[] = []
    const places: Place[] = []
    const build = this.builder(value, id, [], { points, places, nesting }, 0)
    return { branch: points.length === 0 ? CONSTANT : { points }, build, places }
  }

  private builder(value: unknown, id: string, keys: readonly Key[], into: Parts, depth: number): Builder {
    if (!isNode(value)) return () => value
    const node = value
    if (this.isSelected(node)) return this.hyperBuilder(node, id, keys, into)
    if (!isHyper(node) && (node[STATE] & State.abstract) === 0) return () => node[TRAITS].copyFast(node, 0)
    if (depth >= RECURSION_LIMIT) return this.deepBuilder(node, id, keys, into)
    const traits = node[TRAITS]
    const names = traits.keys(node)
    const children = traits
      .values(node)
      .map((child, i) =>
        this.builder(child, appendKey(id, names[i] as Key), [...keys, names[i] as Key], into, depth + 1),
      )
    return assembler(node, children)
  }

  /** Copies a deep subtree by a stack of its own and puts the decided values in place. */
  private deepBuilder(root: SymbolicNode, id: string, keys: readonly Key[], into: Parts): Builder {
    const builders = new Map<SymbolicNode, Builder>()
    const pending: { node: SymbolicNode; id: string; keys: readonly Key[] }[] = [{ node: root, id, keys }]
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const { node } = at
      if (this.isSelected(node)) {
        builders.set(node, this.hyperBuilder(node, at.id, at.keys, into))
        continue
      }
      const names = node[TRAITS].keys(node)
      const { id: above, keys: way } = at
      const below = node[TRAITS].values(node).flatMap((child, i) => {
        const key = names[i] as Key
        return isNode(child) ? [{ node: child, id: appendKey(above, key), keys: [...way, key] }] : []
      })
      pending.push(...below.reverse())
    }
    return (cursor) => {
      const decided = new Map<SymbolicNode, unknown>()
      for (const [hyper, build] of builders) decided.set(hyper, build(cursor))
      return copyDeep(root, undefined, decided)
    }
  }

  private isSelected(node: SymbolicNode): node is SymbolicNode & Hyper {
    return isHyper(node) && (this.where === undefined || this.where(describe(node)))
  }

  private hyperBuilder(hyper: SymbolicNode & Hyper, id: string, keys: readonly Key[], into: Parts): Builder {
    if (hyper.kind !== 'choice') return this.rangeBuilder(hyper, id, keys, into)
    if (!(hyper instanceof ManyOf)) return this.choiceBuilder(hyper, id, keys, into)
    return this.manyBuilder(hyper, id, keys, into)
  }

  private choiceBuilder(hyper: SymbolicNode & Hyper, id: string, keys: readonly Key[], into: Parts): Builder {
    const { point, templates } = this.choice(hyper, id, undefined, into.nesting)
    this.add(hyper, point, into)
    into.places.push({ keys, encode: (value) => encodeChoice(templates, value) })
    return (cursor) => buildChoice(templates, cursor)
  }

  private manyBuilder(hyper: SymbolicNode & Hyper, id: string, keys: readonly Key[], into: Parts): Builder {
    const k = rawField(hyper, 'k') as number
    const distinct = rawField(hyper, 'distinct') as boolean
    const sorted = rawField(hyper, 'sorted') as boolean
    if (k === 1) {
      // One of one choice: a choice whose value is a list.
      const { point, templates } = this.choice(hyper, id, undefined, into.nesting)
      this.add(hyper, point, into)
      into.places.push({ keys, encode: (value) => encodeMany([templates], value, distinct, sorted) })
      return (cursor) => listOfRaw([buildChoice(templates, cursor)], undefined)
    }
    const made = Array.from({ length: k }, (_, index) =>
      this.choice(hyper, `${id}[${index}]`, { index, parentId: id, distinct, sorted }, into.nesting),
    )
    const point: ManyPoint = {
      kind: 'many',
      id,
      ...labels(hyper),
      distinct,
      sorted,
      choices: made.map((choice) => choice.point),
    }
    for (const choice of made) this.owners.set(choice.point, hyper)
    this.add(hyper, point, into)
    const templates = made.map((choice) => choice.templates)
    into.places.push({ keys, encode: (value) => encodeMany(templates, value, distinct, sorted) })
    return (cursor) =>
      listOfRaw(
        templates.map((candidates) => buildChoice(candidates, cursor)),
        undefined,
      )
  }

  private choice(
    hyper: SymbolicNode & Hyper,
    id: string,
    subchoice: ChoicePoint['subchoice'],
    nesting: number,
  ): { point: ChoicePoint; templates: readonly Template[] } {
    const candidates = candidatesOf(hyper)
    const templates = candidates.map((candidate, i) =>
      this.compile(candidate, `${id}[=${i}/${candidates.length}]`, nesting + 1),
    )
    const weights = rawField(hyper, 'weights')
    const point: ChoicePoint = {
      kind: 'choice',
      id,
      ...labels(hyper),
      candidates: templates.map((template) => template.branch),
      literals: candidates.map(literal),
      weights: isNode(weights) ? (weights[TRAITS].values(weights) as readonly number[]) : undefined,
      subchoice,
    }
    return { point, templates }
  }

  private rangeBuilder(hyper: SymbolicNode & Hyper, id: string, keys: readonly Key[], into: Parts): Builder {
    const { min, max, scale, step } = rangeOf(hyper)
    const base = { id, ...labels(hyper), min, max, scale }
    const point: Point =
      hyper.kind === 'int' ? { kind: 'int', ...base, step: step ?? 1 } : { kind: 'float', ...base, step }
    this.add(hyper, point, into)
    into.places.push({
      keys,
      encode(value) {
        const inside = typeof value === 'number' && value >= min && value <= max
        const valid = inside && (point.step === undefined || gridIndex(min, max, point.step, value) !== undefined)
        return valid ? [value] : undefined
      },
    })
    return (cursor) => cursor.genes[cursor.at++]
  }

  private add(hyper: SymbolicNode, point: Point, into: Parts): void {
    this.owners.set(point, hyper)
    into.points.push(point)
  }
}

/** What is collected while a template is compiled. */
interface Parts {
  readonly points: Point[]
  readonly places: Place[]
  readonly nesting: number
}

function describe(hyper: SymbolicNode & Hyper): Hyper {
  return { kind: hyper.kind, ...labels(hyper) }
}

function labels(hyper: SymbolicNode): { name: string | undefined; hints: unknown } {
  return { name: rawField(hyper, 'name') as string | undefined, hints: rawField(hyper, 'hints') }
}

function literal(candidate: unknown): Literal {
  if (typeof candidate === 'boolean' || (typeof candidate === 'number' && Number.isFinite(candidate))) return candidate
  const text = format(candidate)
  return text.length > LITERAL_LIMIT ? `${text.slice(0, LITERAL_LIMIT - 1)}…` : text
}

/** Makes a node of the same kind as `node` from children. */
function assembler(node: SymbolicNode, children: readonly Builder[]): Builder {
  const traits = node[TRAITS]
  const element = traits.element(node)
  if (traits.kind === 'object') {
    // Every symbolic object has the schema that its class was declared with.
    const schema = schemaOf(node.constructor) as Schema
    return (cursor) => construct(schema, buildAll(children, cursor))
  }
  if (traits.kind === 'list') return (cursor) => listOfRaw(bindAll(buildAll(children, cursor), element), element)
  const keys = traits.keys(node) as readonly string[]
  return (cursor) => recordOfRaw(keys, bindAll(buildAll(children, cursor), element), element)
}

function buildAll(builders: readonly Builder[], cursor: GeneCursor): unknown[] {
  const values: unknown[] = []
  for (let i = 0; i < builders.length; i++) values.push((builders[i] as Builder)(cursor))
  return values
}

/** Lists and records among chosen candidates learn the field that their new place gives them. */
function bindAll(values: unknown[], element: FieldSpec | undefined): unknown[] {
  if (element === undefined) return values
  return values.map((value) => (typeof value === 'object' && value !== null ? trustedValue(value, element) : value))
}

function buildChoice(templates: readonly Template[], cursor: GeneCursor): unknown {
  return (templates[cursor.genes[cursor.at++] as number] as Template).build(cursor)
}

function encodeChoice(templates: readonly Template[], value: unknown): number[] | undefined {
  for (let i = 0; i < templates.length; i++) {
    const inside = encodeTemplate(templates[i] as Template, value)
    if (inside !== undefined) return [i, ...inside]
  }
  return undefined
}

function encodeMany(
  choices: readonly (readonly Template[])[],
  value: unknown,
  distinct: boolean,
  sorted: boolean,
): number[] | undefined {
  if (!isNode(value) || value[TRAITS].kind !== 'list') return undefined
  const items = value[TRAITS].values(value)
  if (items.length !== choices.length) return undefined
  const fitting = items.map((item, i) =>
    (choices[i] as readonly Template[]).map((template) => encodeTemplate(template, item)),
  )
  const chosen = matchMany(
    fitting.map((genes) => genes.map((inside) => inside !== undefined)),
    distinct,
    sorted,
  )
  return chosen?.flatMap((candidate, i) => [candidate, ...(fitting[i]?.[candidate] ?? [])])
}

/**
 * Genes that make a template build `value`, or `undefined`: what stands at each place is encoded, and the whole then
 * built and compared, which settles everything around the places.
 */
export function encodeTemplate(template: Template, value: unknown): number[] | undefined {
  const genes: number[] = []
  for (const { keys, encode } of template.places) {
    const part = encode(rawAt(value, keys))
    if (part === undefined) return undefined
    genes.push(...part)
  }
  return equals(template.build({ genes, at: 0 }), value) ? genes : undefined
}

/** The raw value some keys below a value; `undefined` where the way ends. */
function rawAt(value: unknown, keys: readonly Key[]): unknown {
  let at = value
  for (const key of keys) {
    if (!isNode(at)) return undefined
    at = at[TRAITS].raw(at, key)
  }
  return at
}

/** The place whose value no genes give, for an error; `undefined` if the difference lies elsewhere. */
export function unencodable(template: Template, value: unknown): { keys: readonly Key[]; value: unknown } | undefined {
  for (const { keys, encode } of template.places) {
    const found = rawAt(value, keys)
    if (encode(found) === undefined) return { keys, value: found }
  }
  return undefined
}
