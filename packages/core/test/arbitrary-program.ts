/**
 * Programs for property tests: what they are made of, as plain models that know nothing of nodes, and how to build a
 * program of a model and read one back through the public functions alone.
 */
import fc from 'fast-check'
import { field, getSymbolic, List, list, record, symbolic } from '../src/symbolic/index.ts'
import { issueIn } from '../src/symbolic/check.ts'
import { isNode, TRAITS } from '../src/symbolic/node.ts'
import { symbolicPlaceholder } from '../src/symbolic/symbolic.ts'

/** A class without constraints. */
export class Pair extends symbolic('test/Pair', { left: field.any().optional(), right: field.any().optional() }) {}

/** A class with the same fields in another order and a default. */
export class Box extends symbolic('test/Box', { right: field.any().default(0), left: field.any().optional() }) {}

/** A class whose fields check. */
export class Typed extends symbolic('test/Typed', {
  n: field.int().min(0).default(1),
  s: field.string().optional(),
  tags: field.list(field.string()).maxSize(6).default([]),
  sizes: field.record(field.number().min(-1)).default({}),
  child: field.lazy<Typed>((): unknown => Typed).optional(),
}) {}

/** Stands for a value that is still to be decided. */
export class Hole extends symbolicPlaceholder(
  'test/Hole',
  { candidates: field.list(field.any().optional()) },
  {
    issue(hole, spec) {
      const candidates = getSymbolic(hole, 'candidates') as List<unknown>
      for (let i = 0; i < candidates.length; i++) {
        const issue = issueIn(getSymbolic(candidates, i), spec)
        if (issue !== undefined) return { ...issue, keys: ['candidates', i, ...issue.keys] }
      }
      return undefined
    },
  },
) {}

const classes = { Pair, Box, Typed, Hole }
export type ClassName = keyof typeof classes

/** The fields of the classes, in order. */
export const fieldsOf: Readonly<Record<ClassName, readonly string[]>> = {
  Pair: ['left', 'right'],
  Box: ['right', 'left'],
  Typed: ['n', 's', 'tags', 'sizes', 'child'],
  Hole: ['candidates'],
}

export type Leaf = undefined | null | boolean | number | bigint | string
export interface ListModel {
  readonly kind: 'list'
  readonly items: Model[]
}
interface RecordModel {
  readonly kind: 'record'
  readonly entries: Map<string, Model>
}
interface ObjectModel {
  readonly kind: ClassName
  readonly fields: Map<string, Model>
}
export type Model = Leaf | ListModel | RecordModel | ObjectModel

/** Keys that have gone wrong somewhere before, and any others. */
export const arbitraryKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'toString',
    'constructor',
    '_type',
    '~_type',
    '~~_type',
    '0',
    '7',
    'a.b',
    '',
    'x y',
    '["q"]',
  ),
  fc.constantFrom(
    'valueOf',
    'hasOwnProperty',
    'length',
    'then',
    'toJSON',
    'rebind',
    '~fields',
    'ключ',
    '🌲',
    'a\\b',
    '\n',
  ),
  // Once JSON.parse of V8 13.6 (Node 24) has seen the key \ alone, it takes some keys that begin with an escape for it.
  fc.string({ unit: 'binary', maxLength: 3 }).filter((key) => key !== '__proto__' && key !== '\\'),
)

/** Every kind of leaf; small domains beside large ones, so that equal values meet. */
export const arbitraryLeaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.constantFrom<Leaf>(undefined, null, true, false, 0, -0, 1, NaN, Infinity, -Infinity, '', 'a', '0', 0n, 1n, -1n),
  fc.double(),
  fc.maxSafeInteger(),
  fc.bigInt(),
  fc.string({ unit: 'binary', maxLength: 6 }),
)

interface Size {
  /** Whether values that are still to be decided occur. */
  readonly holes?: boolean
  readonly depth?: number
}

/** A model of any kind; the root is a node. */
export function arbitraryModel({ holes = false, depth = 4 }: Size = {}): fc.Arbitrary<Exclude<Model, Leaf>> {
  const tie = fc.letrec<{ any: Model; node: Exclude<Model, Leaf>; typed: ObjectModel }>((of) => ({
    any: fc.oneof({ maxDepth: depth, depthSize: 'medium' }, arbitraryLeaf, of('node')),
    node: fc.oneof(
      fc.array(of('any'), { maxLength: 4 }).map((items) => ({ kind: 'list' as const, items })),
      fc
        .array(fc.tuple(arbitraryKey, of('any')), { maxLength: 4 })
        .map((entries) => ({ kind: 'record' as const, entries: new Map(inKeyOrder(entries)) })),
      objectModel('Pair', { left: of('any'), right: of('any') }),
      objectModel('Box', { left: of('any'), right: of('any').map((value) => (value === undefined ? 0 : value)) }),
      of('typed'),
      ...(holes
        ? [
            objectModel('Hole', {
              candidates: fc.array(of('any').map(decided), { minLength: 1, maxLength: 2 }).map(listModel),
            }),
          ]
        : []),
    ),
    typed: fc.oneof(
      { maxDepth: 3 },
      objectModel('Typed', typedFields),
      objectModel('Typed', { ...typedFields, child: of('typed') }),
    ),
  }))
  return tie.node
}

const typedFields = {
  n: fc.nat({ max: 9 }),
  s: fc.constantFrom(undefined, '', 'ü'),
  tags: fc.array(fc.constantFrom('x', 'y'), { maxLength: 3 }).map(listModel),
  sizes: fc
    .dictionary(arbitraryKey, fc.constantFrom(-1, 0, -0, 2.5, Infinity), { maxKeys: 3 })
    .map((sizes): RecordModel => ({ kind: 'record', entries: new Map(Object.entries(sizes)) })),
  child: fc.constant(undefined),
}

/** A candidate that may stand in any field, which `undefined` may not. */
function decided(value: Model): Model {
  return value === undefined ? null : value
}

function listModel(items: Model[]): ListModel {
  return { kind: 'list', items }
}

function objectModel(
  kind: ClassName,
  fields: Readonly<Record<string, fc.Arbitrary<Model>>>,
): fc.Arbitrary<ObjectModel> {
  return fc.record(fields).map((values) => ({
    kind,
    fields: new Map(fieldsOf[kind].map((name) => [name, (values as Record<string, Model>)[name]])),
  }))
}

/** Entries as an object keeps them: the last of each key, keys that look like indices first. */
function inKeyOrder(entries: readonly (readonly [string, Model])[]): [string, Model][] {
  return Object.entries(Object.fromEntries(entries))
}

export function isContainer(model: Model): model is Exclude<Model, Leaf> {
  return typeof model === 'object' && model !== null
}

/** The named or numbered parts of a model. */
export function partsOf(model: Exclude<Model, Leaf>): (readonly [string | number, Model])[] {
  if (model.kind === 'list') return model.items.map((item, i) => [i, item] as const)
  return [...(model.kind === 'record' ? model.entries : model.fields)]
}

/** A fresh program of a model; `plain` leaves lists and records to be converted by the library. */
export function build(model: Model, plain = false): unknown {
  if (!isContainer(model)) return model
  if (model.kind === 'list') {
    const items = model.items.map((item) => build(item, plain))
    return plain ? items : list(items)
  }
  const entries = partsOf(model).map(([key, part]) => [key, build(part, plain)] as const)
  if (model.kind === 'record') return plain ? Object.fromEntries(entries) : record(Object.fromEntries(entries))
  const given = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  return new classes[model.kind](given as never)
}

/** `build` where the result is known to be a node. */
export function buildNode(model: Exclude<Model, Leaf>, plain = false): object {
  const node = build(model, plain)
  return plain && (model.kind === 'list' || model.kind === 'record') ? (toProgram(node) as object) : (node as object)
}

function toProgram(value: unknown): unknown {
  return Array.isArray(value) ? list(value) : record(value as object)
}

/** The class name of a symbolic object of this file, or the kind of another node; `undefined` for a leaf. */
function kindOf(value: unknown): ClassName | 'list' | 'record' | undefined {
  for (const [name, type] of Object.entries(classes)) if (value instanceof type) return name as ClassName
  if (value instanceof List) return 'list'
  return isNode(value) && value[TRAITS].kind === 'record' ? 'record' : undefined
}

/** The keys of a node by plain means. */
function keysOf(node: object): (string | number)[] {
  const kind = kindOf(node)
  if (kind === 'list') return Array.from({ length: (node as List<unknown>).length }, (_, i) => i)
  return kind === 'record' ? Object.keys(node) : [...fieldsOf[kind as ClassName]]
}

/** The model of a program, read through public functions. */
export function read(value: unknown): Model {
  const kind = kindOf(value)
  if (kind === undefined) return value as Leaf
  const parts = keysOf(value as object).map((key) => [key, read(getSymbolic(value as object, key))] as const)
  if (kind === 'list') return { kind, items: parts.map(([, part]) => part) }
  if (kind === 'record') return { kind, entries: new Map(parts as [string, Model][]) }
  return { kind, fields: new Map(parts as [string, Model][]) }
}

/** All nodes of a program with their keys from the root, the root first, by a naive walk. */
export function nodesOf(
  root: unknown,
  keys: readonly (string | number)[] = [],
): { node: object; keys: readonly (string | number)[] }[] {
  if (kindOf(root) === undefined) return []
  const node = root as object
  return [{ node, keys }, ...keysOf(node).flatMap((key) => nodesOf(getSymbolic(node, key), [...keys, key]))]
}

/** All values of a program, nodes and leaves, with their keys from the root, in order. */
export function valuesOf(
  root: unknown,
  keys: readonly (string | number)[] = [],
): { value: unknown; keys: readonly (string | number)[] }[] {
  const below =
    kindOf(root) === undefined
      ? []
      : keysOf(root as object).flatMap((key) => valuesOf(getSymbolic(root as object, key), [...keys, key]))
  return [{ value: root, keys }, ...below]
}

/** Whether two models are the same to the last bit, order of keys included. */
export function identical(left: Model, right: Model): boolean {
  if (!isContainer(left) || !isContainer(right)) return Object.is(left, right)
  const a = partsOf(left)
  const b = partsOf(right)
  return (
    left.kind === right.kind &&
    a.length === b.length &&
    a.every(([key, part], i) => b[i]?.[0] === key && identical(part, b[i][1]))
  )
}

/** Equality as rule S11 puts it: NaN is NaN, -0 is 0, the order of record keys does not matter. */
export function equalModels(left: Model, right: Model): boolean {
  if (!isContainer(left) || !isContainer(right)) return left === right || (left !== left && right !== right)
  if (left.kind !== right.kind) return false
  const a = partsOf(left)
  const b = new Map(partsOf(right))
  return a.length === b.size && a.every(([key, part]) => b.has(key) && equalModels(part, b.get(key)))
}

/** The same model with the keys of its records in another order. */
export function shuffled(model: Model, order: (keys: string[]) => string[]): Model {
  if (!isContainer(model)) return model
  if (model.kind === 'list') return { kind: 'list', items: model.items.map((item) => shuffled(item, order)) }
  if (model.kind === 'record') {
    const entries = order([...model.entries.keys()]).map(
      (key) => [key, shuffled(model.entries.get(key), order)] as const,
    )
    return { kind: 'record', entries: new Map(entries) }
  }
  return { kind: model.kind, fields: new Map([...model.fields].map(([key, part]) => [key, shuffled(part, order)])) }
}
