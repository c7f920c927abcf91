/**
 * Sequences of changes against a plain model: after each, the program holds what the model holds, and every node knows
 * its place. The model knows nothing of nodes, links or transactions.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  arbitraryKey,
  arbitraryLeaf,
  arbitraryModel,
  build,
  buildNode,
  equalModels,
  identical,
  isContainer,
  type ListModel,
  type Model,
  nodesOf,
  partsOf,
  read,
} from '../../test/arbitrary-program.ts'
import { equals } from './equals.ts'
import { MittenError } from './errors.ts'
import { hash } from './hash.ts'
import { List } from './list.ts'
import { Path } from './path.ts'
import { Delete, Insert, rebindAt } from './rebind.ts'
import { getSymbolic, isAbstract, parentOf, pathOf, rootOf } from './tree.ts'

type Keys = readonly (string | number)[]
type Container = Exclude<Model, string | number | bigint | boolean | null | undefined>

/** What one step draws its decisions from: numbers to be taken modulo what there is, and values to put in. */
interface Draw {
  readonly at: number
  readonly kind: number
  readonly indices: readonly number[]
  readonly values: readonly Model[]
  readonly key: string
  readonly plain: boolean
}

const arbitraryDraw: fc.Arbitrary<Draw> = fc.record({
  at: fc.nat(),
  kind: fc.nat(),
  indices: fc.array(fc.nat({ max: 20 }), { minLength: 3, maxLength: 3 }),
  values: fc.array(fc.oneof(arbitraryLeaf, arbitraryModel({ holes: true, depth: 2 })), { minLength: 3, maxLength: 3 }),
  key: arbitraryKey,
  plain: fc.boolean(),
})

/** Everything about a program that a failed rebind must leave as it is. */
interface Snapshot {
  readonly model: Model
  readonly nodes: readonly {
    readonly node: object
    readonly parent: object | undefined
    readonly path: string
    readonly abstract: boolean
  }[]
}

function snapshot(root: object): Snapshot {
  const nodes = nodesOf(root).map(({ node }) => ({
    node,
    parent: parentOf(node),
    path: pathOf(node).toString(),
    abstract: isAbstract(node),
  }))
  return { model: read(root), nodes }
}

function expectSame(root: object, before: Snapshot): void {
  const now = snapshot(root)
  expect(identical(now.model, before.model)).toBe(true)
  expect(now.nodes.length).toBe(before.nodes.length)
  now.nodes.forEach((entry, i) => {
    expect(entry.node).toBe(before.nodes[i]?.node)
    expect(entry.parent).toBe(before.nodes[i]?.parent)
    expect([entry.path, entry.abstract]).toEqual([before.nodes[i]?.path, before.nodes[i]?.abstract])
  })
}

const hasHole = (model: Model): boolean =>
  isContainer(model) && (model.kind === 'Hole' || partsOf(model).some(([, part]) => hasHole(part)))

/** Every node knows its parent, its key, its root and whether something in it is undecided; no node stands twice. */
function expectConsistent(root: object): void {
  const seen = new Set<object>()
  for (const { node, keys } of nodesOf(root)) {
    expect(seen.has(node)).toBe(false)
    seen.add(node)
    expect(pathOf(node).keys).toEqual(keys)
    expect(rootOf(node)).toBe(root)
    if (keys.length > 0) expect(getSymbolic(parentOf(node) as object, keys.at(-1) as string)).toBe(node)
    expect(isAbstract(node)).toBe(hasHole(read(node)))
  }
}

/** A copy of a model with one part replaced by what `change` makes of it. */
function withPart(model: Model, keys: Keys, change: (part: Model) => Model): Model {
  const [key, ...rest] = keys
  if (key === undefined) return change(model)
  const parts = partsOf(model as Container).map(
    ([k, part]) => [k, k === key ? withPart(part, rest, change) : part] as const,
  )
  return rebuilt(model as Container, parts)
}

function rebuilt(model: Container, parts: readonly (readonly [string | number, Model])[]): Container {
  if (model.kind === 'list') return { kind: 'list', items: parts.map(([, part]) => part) }
  const map = new Map(parts as [string, Model][])
  return model.kind === 'record' ? { kind: 'record', entries: map } : { kind: model.kind, fields: map }
}

/** Containers whose parts take any value, with their keys. */
function openContainers(model: Model, keys: Keys = []): { keys: Keys; model: Container }[] {
  if (!isContainer(model)) return []
  const below =
    model.kind === 'Typed' || model.kind === 'Hole'
      ? []
      : partsOf(model).flatMap(([key, part]) => openContainers(part, [...keys, key]))
  const open = model.kind === 'Typed' || model.kind === 'Hole' ? [] : [{ keys, model }]
  return [...open, ...below]
}

/** The order in which an object keeps its keys: those that look like indices first, by value. */
function inKeyOrder(entries: Map<string, Model>): Map<string, Model> {
  return new Map(Object.keys(Object.fromEntries(entries)).map((key) => [key, entries.get(key)]))
}

interface Step {
  readonly next: Model
  readonly act: (root: object) => void
}

const nodeAt = (root: object, keys: Keys): object =>
  keys.reduce<object>((node, key) => getSymbolic(node, key) as object, root)

/** One change of the program and what the model is afterwards. */
function stepOf(model: Model, draw: Draw): Step | undefined {
  const containers = openContainers(model)
  const target = containers[draw.at % containers.length]
  if (target === undefined) return undefined
  const { keys } = target
  if (target.model.kind === 'list') return listStep(model, keys, target.model, draw)
  if (target.model.kind === 'record') return recordStep(model, keys, target.model.entries, draw)
  const fields = [...target.model.fields.keys()]
  const name = fields[(draw.indices[0] as number) % fields.length] as string
  // A field with a default does not take `undefined`.
  const [value] = draw.values
  if (value === undefined && name === 'right' && target.model.kind === 'Box') return undefined
  return {
    next: withPart(model, [...keys, name], () => value),
    act: (root) => void rebindAt(root, [[new Path([...keys, name]), build(value, draw.plain)]]),
  }
}

function recordStep(model: Model, keys: Keys, entries: Map<string, Model>, draw: Draw): Step {
  const known = [...entries.keys()]
  const removed = known[(draw.indices[0] as number) % Math.max(1, known.length)]
  const [value] = draw.values
  const next = new Map(entries)
  const updates: [Path, unknown][] = []
  if (draw.kind % 2 === 0 && removed !== undefined) {
    next.delete(removed)
    updates.push([new Path([...keys, removed]), Delete])
  }
  if (draw.key !== removed) {
    next.set(draw.key, value)
    updates.push([new Path([...keys, draw.key]), build(value, draw.plain)])
  }
  return {
    next: withPart(model, keys, () => ({ kind: 'record', entries: inKeyOrder(next) })),
    act: (root) => void rebindAt(root, updates),
  }
}

function listStep(model: Model, keys: Keys, { items }: ListModel, draw: Draw): Step {
  const [i, j] = draw.indices.map((index) => index % (items.length + 1)) as [number, number]
  const values = draw.values.slice(0, 1 + ((draw.indices[2] as number) % 3))
  const made = (): unknown[] => values.map((value) => build(value, draw.plain))
  const on = (next: Model[], act: (list: List<unknown>) => void): Step => ({
    next: withPart(model, keys, () => ({ kind: 'list', items: next })),
    act: (root) => act(nodeAt(root, keys) as List<unknown>),
  })
  switch (draw.kind % 10) {
    case 0:
      return on([...items, ...values], (list) => void list.push(...made()))
    case 1:
      return on(items.slice(0, -1), (list) => {
        if (!(items.at(-1) as Container | undefined)?.kind || (items.at(-1) as Container).kind !== 'Hole') list.pop()
        else rebindAt(list, [[new Path([items.length - 1]), Delete]])
      })
    case 2:
      return on(items.toSpliced(i, 0, ...values), (list) => list.insert(i, ...made()))
    case 3: {
      const removed = items.slice(i, i + j)
      if (removed.some((item) => isContainer(item) && item.kind === 'Hole')) return on(items, () => undefined)
      return on(items.toSpliced(i, j, ...values), (list) => {
        const given = list.splice(i, j, ...made())
        expect(given.length).toBe(removed.length)
        given.forEach((item, at) => expect(identical(read(item), removed[at])).toBe(true))
      })
    }
    case 4:
      return on(items.toSpliced(i, i === items.length ? 0 : 1, values[0]), (list) => list.set(i, made()[0]))
    case 5:
      return on([], (list) => list.clear())
    case 6:
      return on(items.toReversed(), (list) => void list.reverse())
    case 7: {
      // Inserting what stands in the tree inserts a copy; at its own place it stays itself.
      const node = items[i]
      if (!isContainer(node) || node.kind === 'Hole') return on(items, () => undefined)
      return on(items.toSpliced(j, 0, node), (list) => list.insert(j, list.at(i)))
    }
    case 8: {
      // The root of the tree below itself.
      const next = withPart(model, keys, () => ({ kind: 'list', items: [...items, model] }))
      return { next, act: (root) => void (nodeAt(root, keys) as List<unknown>).push(root) }
    }
    default:
      return rebindListStep(model, keys, items, draw, on)
  }
}

/** Several updates of one list at once, all of which speak of the list as it is. */
function rebindListStep(
  _model: Model,
  _keys: Keys,
  items: readonly Model[],
  { indices, values, plain }: Draw,
  on: (next: Model[], act: (list: List<unknown>) => void) => Step,
): Step {
  const updates = new Map<number, { kind: 'set' | 'insert' | 'delete'; value: Model }>()
  indices.forEach((index, n) => {
    const at = index % (items.length + 2)
    const kind = at >= items.length ? (n % 2 === 0 ? 'set' : 'insert') : (['set', 'insert', 'delete'] as const)[n]
    updates.set(at, { kind: kind ?? 'set', value: values[n] })
  })
  const next = items.flatMap((item, i) => {
    const update = updates.get(i)
    if (update === undefined) return [item]
    return update.kind === 'delete' ? [] : update.kind === 'insert' ? [update.value, item] : [update.value]
  })
  const appended = [...updates].filter(([at]) => at >= items.length).sort(([a], [b]) => a - b)
  return on([...next, ...appended.map(([, { value }]) => value)], (list) => {
    rebindAt(
      list,
      [...updates].map(([at, { kind, value }]) => {
        const made = build(value, plain)
        return [new Path([at]), kind === 'delete' ? Delete : kind === 'insert' ? new Insert(made) : made] as const
      }),
    )
  })
}

const small = (model: Model): boolean => nodesOf(build(model)).length < 60

it('[S4] after any sequence of rebinds and list operations the program is what a plain model is', () => {
  fc.assert(
    fc.property(
      arbitraryModel({ holes: true, depth: 3 }),
      fc.array(arbitraryDraw, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      (start, draws, plain) => {
        let model: Model = start
        const root = buildNode(start, plain)
        for (const draw of draws) {
          const step = stepOf(model, draw)
          if (step === undefined || !small(step.next)) continue
          step.act(root)
          model = step.next
          expect(identical(read(root), model)).toBe(true)
          expectConsistent(root)
        }
        expect(equals(root, build(model))).toBe(true)
        expect(hash(root)).toBe(hash(build(model)))
      },
    ),
    { numRuns: 200 },
  )
})

it('[S4] a rebind whose last update is refused changes nothing: values, nodes, parents, paths, abstract state', () => {
  fc.assert(
    fc.property(
      arbitraryModel({ holes: true, depth: 3 }),
      fc.array(arbitraryDraw, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('value', 'size', 'key', 'index', 'overlap', 'circle'),
      (model, draws, fault) => {
        const root = new List<unknown>([buildNode(model), build(typedModel)])
        const before = snapshot(root)
        const given: object[] = []
        const updates: [Path, unknown][] = draws.map(({ values: [value], plain }, i) => {
          const made = build(value, plain)
          given.push(...looseNodes(made))
          return [new Path([2 + i]), made]
        })
        const parents = given.map(parentOf)
        expect(() => rebindAt(root, [...updates, ...faultyUpdates(fault)])).toThrow(MittenError)
        expectSame(root, before)
        // What was given is as it was, too: it can be put elsewhere.
        given.forEach((node, i) => expect(parentOf(node)).toBe(parents[i]))
      },
    ),
  )
})

/** Nodes in a value that may be plain data. */
function looseNodes(value: unknown): object[] {
  const prototype = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined
  const plain = Array.isArray(value) || prototype === Object.prototype
  return plain ? Object.values(value as object).flatMap(looseNodes) : nodesOf(value).map(({ node }) => node)
}

const typedModel: Model = {
  kind: 'Typed',
  fields: new Map<string, Model>([
    ['n', 1],
    ['s', 'text'],
    ['tags', { kind: 'list', items: ['a', 'b', 'c', 'd', 'e'] }],
    ['sizes', { kind: 'record', entries: new Map([['x', 1]]) }],
    ['child', undefined],
  ]),
}

/** Updates of the typed object beside the generated program, of which the last is refused. */
function faultyUpdates(fault: 'value' | 'size' | 'key' | 'index' | 'overlap' | 'circle'): [Path | string, unknown][] {
  const circle: unknown[] = []
  circle.push(circle)
  const good: [string, unknown][] = [
    ['[1].s', 'changed'],
    ['[1].tags[0]', Delete],
    ['[1].sizes.y', 2],
  ]
  const last: Record<typeof fault, [string, unknown][]> = {
    value: [['[1].n', -1]],
    // Only when the list has its new items is it too long.
    size: [5, 6, 7].map((at) => [`[1].tags[${at}]`, 'more']),
    key: [['[1].nope', 1]],
    index: [['[0].nope.nope', 1]],
    overlap: [['[1].sizes', {}]],
    circle: [['[99]', circle]],
  }
  return [...good, ...last[fault]]
}

it('[S4] reading a program never changes it', () => {
  fc.assert(
    fc.property(arbitraryModel({ holes: true }), (model) => {
      const root = buildNode(model)
      const before = snapshot(root)
      hash(root)
      equals(root, build(model, true))
      expectSame(root, before)
      expect(equalModels(read(root), model)).toBe(true)
    }),
  )
})
