import { errorOf, type Issue, MittenError } from './errors.ts'
import type { FieldSpec } from './field-spec.ts'
import { isPlainContainer, toNode } from './from-plain.ts'
import { isNode, keysTo, PARENT, STATE, State, type SymbolicNode, TRAITS } from './node.ts'
import { own } from './ownership.ts'
import { appendKey, type Key, pathText } from './path.ts'

/** A node whose children are still to be checked against its field, with the way back to the value that was asked about. */
interface Frame {
  readonly node: SymbolicNode
  readonly spec: FieldSpec
  readonly key: Key | undefined
  readonly above: Frame | undefined
}

/**
 * The first issue of a value in a field, its whole subtree included; `undefined` if it fits.
 *
 * Changes nothing. O(values below that are not known to fit); iterative, so depth is no concern.
 */
export function issueIn(value: unknown, spec: FieldSpec): Issue | undefined {
  const issue = spec.shallow(value)
  if (issue !== undefined || !isNode(value)) return issue
  return walk(value, spec, undefined)
}

/** A list or record that held on to another field for its items before. */
export interface Rebound {
  readonly node: SymbolicNode
  readonly element: FieldSpec | undefined
}

/**
 * Makes the lists and records of a value that fits `spec` hold on to their element fields, so that later changes are
 * checked too. Call it on values that are not shared.
 *
 * @param rebound - collects what was, for whoever may have to take it back
 */
export function bindTree(value: unknown, spec: FieldSpec, rebound?: Rebound[]): void {
  if (!isNode(value)) return
  walk(value, spec, (node, element) => {
    const traits = node[TRAITS]
    rebound?.push({ node, element: traits.element(node) })
    traits.bind(node, element)
  })
}

function walk(
  root: SymbolicNode,
  rootSpec: FieldSpec,
  visit: ((node: SymbolicNode, element: FieldSpec) => void) | undefined,
): Issue | undefined {
  if (!isContainer(root)) return undefined
  const pending: Frame[] = [{ node: root, spec: rootSpec, key: undefined, above: undefined }]
  for (let frame = pending.pop(); frame !== undefined; frame = pending.pop()) {
    const { node } = frame
    const traits = node[TRAITS]
    const element = frame.spec.resolve(node).element
    // A container that already holds this very field was checked when its items came in.
    if (element === undefined || traits.element(node) === element) continue
    const keys = traits.keys(node)
    const values = traits.values(node)
    for (let i = 0; i < keys.length; i++) {
      const value = values[i]
      const key = keys[i] as Key
      if (visit === undefined) {
        const issue = element.shallow(value)
        if (issue !== undefined) return withWay(issue, key, frame)
      }
      if (isNode(value) && isContainer(value)) pending.push({ node: value, spec: element, key, above: frame })
    }
    visit?.(node, element)
  }
  return undefined
}

function isContainer(node: SymbolicNode): boolean {
  return node[TRAITS].kind !== 'object'
}

function withWay(issue: Issue, key: Key, frame: Frame): Issue {
  const keys: Key[] = [key]
  for (let at: Frame | undefined = frame; at?.key !== undefined; at = at.above) keys.push(at.key)
  return { ...issue, keys: [...keys.reverse(), ...issue.keys] }
}

/**
 * Examines a value for a field: plain arrays and objects become drafts, everything is checked, nothing is changed. What
 * comes back is for `ownIn`.
 *
 * @param place - the path of the field, for messages
 * @throws TypeMismatchError, OutOfRangeError and their kin, with the full path of the offending value
 */
export function intake(value: unknown, spec: FieldSpec | undefined, place: string): unknown {
  const given = spec === undefined ? value : spec.convert(value)
  const node = draftOf(given, () => place)
  const issue = spec === undefined ? undefined : issueIn(node, spec)
  if (issue !== undefined) throw errorOf(asGiven(issue, given), below(place, issue.keys))
  return node
}

/**
 * `intake` for a place in a tree that exists. Whatever belongs to a tree already (that of the owner included) is copied
 * now, as it is before the change.
 *
 * @param keeps - whether the value that stands there now may come back as itself; not where it is inserted beside itself
 */
export function intakeInto(owner: SymbolicNode, key: Key, value: unknown, keeps: boolean): unknown {
  const traits = owner[TRAITS]
  const spec = traits.field(owner, key)
  const given = spec === undefined ? value : spec.convert(value)
  const node = draftOf(given, () => placeOf(owner, key))
  const issue = spec === undefined ? undefined : issueIn(node, spec)
  if (issue !== undefined) throw errorOf(asGiven(issue, given), placeOf(owner, key, issue.keys))
  if (!isNode(node) || (keeps && traits.raw(owner, key) === node)) return node
  return separate(node, rootAbove(owner))
}

/** An issue of a draft as one of the plain data that it was made of: nobody has seen the draft. */
function asGiven(issue: Issue, given: unknown): Issue {
  let at = given
  for (const key of issue.keys) {
    if (!isPlainContainer(at)) return issue
    at = (at as Readonly<Record<Key, unknown>>)[key]
  }
  return isPlainContainer(at) ? { ...issue, got: at } : issue
}

function draftOf(value: unknown, place: () => string): unknown {
  try {
    return toNode(value)
  } catch (error) {
    throw error instanceof MittenError ? error.under(place()) : error
  }
}

/** A value without the nodes that belong somebody, or are the root of the tree that is about to change: copies instead. */
function separate(node: SymbolicNode, root: SymbolicNode): SymbolicNode {
  const isFree = (at: SymbolicNode): boolean => at[PARENT] === undefined && at !== root
  if (!isFree(node)) return node[TRAITS].copyFast(node, 0)
  const pending = [node]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    // What stands in a tree of its own is that tree's; only a draft is still to be sorted out.
    if ((at[STATE] & State.draft) === 0) continue
    const traits = at[TRAITS]
    const keys = traits.keys(at)
    const values = traits.values(at)
    for (let i = 0; i < keys.length; i++) {
      const child = values[i]
      if (!isNode(child)) continue
      if (isFree(child)) pending.push(child)
      else traits.store(at, keys[i] as Key, child[TRAITS].copyFast(child, 0))
    }
  }
  return node
}

function rootAbove(node: SymbolicNode): SymbolicNode {
  let at = node
  for (let parent = at[PARENT]; parent !== undefined; parent = at[PARENT]) at = parent
  return at
}

/** `own`, and the lists and records of the value learn the fields of their items. */
export function ownIn(value: unknown, spec: FieldSpec | undefined, parent: SymbolicNode, key: Key): unknown {
  const owned = own(value, parent, key)
  if (spec !== undefined) bindTree(owned, spec)
  return owned
}

/** The path of a place below `owner`, as text. */
export function placeOf(owner: SymbolicNode, key: Key, keys: readonly Key[] = []): string {
  return below(appendKey(pathText(keysTo(owner)), key), keys)
}

function below(place: string, keys: readonly Key[]): string {
  let text = place
  for (const key of keys) text = appendKey(text, key)
  return text
}
