import { intakeInto, placeOf } from './check.ts'
import { MissingFieldError, OverlapError, TypeMismatchError, UnknownKeyError } from './errors.ts'
import { isNode, keyOf, keysTo, PARENT, type SymbolicNode, TRAITS } from './node.ts'
import { type Key, Path, pathText } from './path.ts'
import { freshDefault } from './schema.ts'
import { schemaOf } from './registry.ts'
import { requireNode } from './require-node.ts'
import { ABSENT, transact } from './transaction.ts'
import type { Updates } from './typed-path.ts'
import { refusePollution } from './from-plain.ts'

/** Removes a list item or a record entry, or sets a field back to its default. */
export const Delete: unique symbol = Symbol('mitten.Delete')

/** Inserts a value before the list item at the path. */
export class Insert<E> {
  /** What is inserted. */
  readonly value: E

  constructor(value: E) {
    this.value = value
  }
}

/** Updates by the node that holds the place and the key there; the nodes in the order in which they were named. */
type Places = Map<SymbolicNode, Map<Key, unknown>>

/**
 * Changes values of a program, by literal path: `rebind(net, { lr: 0.2, 'layers[0].filters': 32 })`.
 *
 * The paths and values are checked as far as the static types reach, and by the fields when it runs; inside of a class,
 * where the type of `this` is still open, write `this.rebind({ … })`. The whole of it is one transaction: if a check or a
 * hook throws, nothing has changed. Afterwards each changed node and each ancestor is told once. Several updates of one
 * list all address it as it was before: `Delete` removes an item, `new Insert(value)` inserts before it, an index after
 * the last appends.
 *
 * @returns the target itself
 * @throws UnknownKeyError, TypeMismatchError, OutOfRangeError, MissingFieldError … with the path of the offending value;
 *   OverlapError if one update replaces what another one changes
 */
export function rebind<T extends object, const K extends string>(target: T, updates: Updates<T, K>): T {
  return rebindAt(target, Object.entries(updates as Readonly<Record<string, unknown>>))
}

/**
 * `rebind` with paths that are only known at run time: from `query`, from a file, into the subclasses of a polymorphic
 * list. The fields check what the types can't.
 */
export function rebindAt<T extends object>(target: T, updates: Iterable<readonly [Path | string, unknown]>): T {
  const root = requireNode(target)
  const places: Places = new Map()
  for (const [path, value] of updates) {
    const { keys } = Path.of(path)
    const owner = ownerAt(root, keys)
    const key = requireKey(owner, keys.at(-1) as Key, value)
    const known = places.get(owner)
    if (known === undefined) places.set(owner, new Map([[key, value]]))
    else if (known.has(key)) throw overlapError(placeOf(owner, key), 'two for the same place')
    else known.set(key, value)
  }
  refuseOverlap(root, places)
  for (const [owner, values] of places) for (const [key, value] of values) values.set(key, takeIn(owner, key, value))
  transact((transaction) => {
    for (const [owner, values] of places) {
      if (owner[TRAITS].kind === 'list') transaction.replace(owner, editedItems(owner, values), 0)
      else for (const [key, value] of values) transaction.put(owner, key, value)
    }
  })
  return target
}

/**
 * Rewrites a program in place by a function over its values, from the root down: a value that comes back as another one
 * is replaced, and not entered; `Delete` removes it. The root itself is not asked for. One transaction, like `rebind`.
 *
 * @param update - sees raw values: placeholders and references as they are
 * @returns the target itself
 */
export function transform<T extends object>(
  target: T,
  update: (value: unknown, path: Path, parent: unknown) => unknown,
): T {
  const root = requireNode(target)
  const updates: (readonly [Path, unknown])[] = []
  const pending: { node: SymbolicNode; path: Path }[] = [{ node: root, path: Path.root }]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { node, path } = at
    const traits = node[TRAITS]
    const values = traits.values(node)
    const below: typeof pending = []
    traits.keys(node).forEach((key, i) => {
      const value = values[i]
      const place = path.child(key)
      const next = update(value, place, node)
      if (!Object.is(next, value)) updates.push([place, next])
      else if (isNode(value)) below.push({ node: value, path: place })
    })
    for (const child of below.reverse()) pending.push(child)
  }
  return rebindAt(target, updates)
}

/** The node that holds the last step of a path. */
function ownerAt(root: SymbolicNode, keys: readonly Key[]): SymbolicNode {
  if (keys.length === 0) {
    throw new UnknownKeyError({
      path: pathText(keysTo(root)),
      expected: 'a path below the target',
      got: '',
      gotText: 'the target itself',
      remedy: 'a node cannot replace itself; rebind it in its parent',
    })
  }
  let node = root
  for (let i = 0; i < keys.length - 1; i++) {
    const key = keys[i] as Key
    const value = node[TRAITS].raw(node, key)
    if (!isNode(value)) throw noNodeError(node, key, value)
    node = value
  }
  return node
}

/** The key of an update if it names a place that can be updated so. */
function requireKey(owner: SymbolicNode, key: Key, value: unknown): Key {
  const traits = owner[TRAITS]
  if (traits.kind === 'list') {
    const size = traits.keys(owner).length
    const allowed = value === Delete ? size - 1 : size
    const fits = typeof key === 'number' && Number.isSafeInteger(key) && key >= 0
    if (fits && (value !== Delete || key < size)) return key
    throw new UnknownKeyError({
      path: placeOf(owner, key),
      expected:
        size > 0 ? `an index from 0 to ${allowed}` : value === Delete ? 'no index to delete' : 'the index 0, to append',
      got: key,
      remedy: 'list paths address the list as it was before the rebind',
    })
  }
  if (value instanceof Insert) {
    throw new TypeMismatchError({
      path: placeOf(owner, key),
      expected: 'a value, since only lists can be inserted into',
      got: value,
      remedy: 'give the value itself',
    })
  }
  if (traits.kind === 'object') {
    if (traits.has(owner, key)) return key
    const schema = schemaOf(owner.constructor)
    throw schema?.unknownKey(key, pathText(keysTo(owner))) ?? noNodeError(owner, key, undefined)
  }
  if (typeof key === 'string') refusePollution(key, pathText(keysTo(owner)))
  if (typeof key !== 'string' || (value === Delete && !traits.has(owner, key))) throw noNodeError(owner, key, undefined)
  return key
}

/** Checks the value of one update and returns what is to be stored, or what to do with the place. */
function takeIn(owner: SymbolicNode, key: Key, value: unknown): unknown {
  if (value instanceof Insert) return new Insert(intakeInto(owner, key, value.value, false))
  if (value !== Delete) return intakeInto(owner, key, value, true)
  const { kind } = owner[TRAITS]
  return kind === 'list' ? Delete : kind === 'record' ? ABSENT : initialValue(owner, key)
}

/** What a field holds when nothing is given for it. */
function initialValue(owner: SymbolicNode, key: Key): unknown {
  const spec = owner[TRAITS].field(owner, key)
  if (spec?.modifiers.hasDefault) return freshDefault(spec)
  if (spec === undefined || spec.modifiers.optional) return undefined
  throw new MissingFieldError({
    path: placeOf(owner, key),
    expected: spec.expected,
    got: Delete,
    gotText: 'Delete',
    remedy: 'the field is required and has no default; give another value',
  })
}

/** The items of a list after its updates, all of which speak of the list as it is now. */
function editedItems(list: SymbolicNode, updates: ReadonlyMap<Key, unknown>): unknown[] {
  const before = list[TRAITS].values(list)
  const after: unknown[] = []
  before.forEach((item, i) => {
    const update = updates.has(i) ? updates.get(i) : item
    if (update instanceof Insert) after.push(update.value, item)
    else if (update !== Delete) after.push(update)
  })
  const appended = [...updates].filter(([key]) => (key as number) >= before.length)
  appended.sort(([a], [b]) => (a as number) - (b as number))
  for (const [, value] of appended) after.push(value instanceof Insert ? value.value : value)
  return after
}

/** Refuses updates of which one would replace what another one changes: their order would decide. */
function refuseOverlap(root: SymbolicNode, places: Places): void {
  // Nodes that nothing above replaces; what stands below them need not look further.
  const clear = new Set([root])
  for (const owner of places.keys()) {
    const way: SymbolicNode[] = []
    for (let node = owner; !clear.has(node); node = node[PARENT] as SymbolicNode) {
      way.push(node)
      const parent = node[PARENT] as SymbolicNode
      const key = keyOf(node) as Key
      const update = places.get(parent)
      if (update?.has(key) !== true || update.get(key) instanceof Insert) continue
      const [inner] = places.get(owner) as Map<Key, unknown>
      throw overlapError(placeOf(owner, inner?.[0] as Key), `one that also replaces ${placeOf(parent, key)}`)
    }
    for (const node of way) clear.add(node)
  }
}

function overlapError(path: string, got: string): OverlapError {
  return new OverlapError({
    path,
    expected: 'updates of separate places',
    got: undefined,
    gotText: got,
    remedy: 'put the inner value into the outer one, or rebind twice',
  })
}

function noNodeError(owner: SymbolicNode, key: Key, value: unknown): UnknownKeyError {
  const known = owner[TRAITS].keys(owner)
  return new UnknownKeyError({
    path: placeOf(owner, key),
    expected: value === undefined ? `a key of ${owner[TRAITS].describe(owner)}` : 'a node that can be entered',
    got: value === undefined ? key : value,
    remedy: known.length === 0 ? 'it has none' : `it has ${known.slice(0, 8).join(', ')}`,
  })
}
