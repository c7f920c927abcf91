import { errorOf, type Issue } from './errors.ts'
import type { FieldSpec } from './field-spec.ts'
import { toNode } from './from-plain.ts'
import { isNode, keysTo, type SymbolicNode, TRAITS } from './node.ts'
import { isFree, withReservedRoot } from './ownership.ts'
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

/**
 * Makes the lists and records of a value that fits `spec` hold on to their element fields, so that later changes are
 * checked too. Call it on values that are not shared.
 */
export function bindTree(value: unknown, spec: FieldSpec): void {
  if (isNode(value)) walk(value, spec, bind)
}

function bind(node: SymbolicNode, element: FieldSpec): void {
  node[TRAITS].bind(node, element)
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
      const issue = element.shallow(value)
      if (issue !== undefined) return withWay(issue, key, frame)
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
 * Takes a value into a field: converts plain arrays and objects to nodes, checks everything, binds element fields.
 *
 * @param owner - the node the value is meant for, if it exists already; it names the place in an error, and whatever
 *   belongs to a tree already (that of the owner included) is copied now, as it is before the change
 * @returns the value to own; it is not yet linked to anything
 * @throws TypeMismatchError, OutOfRangeError and their kin, with the full path of the offending value
 */
export function intake(
  value: unknown,
  spec: FieldSpec | undefined,
  owner: SymbolicNode | undefined,
  key: Key,
): unknown {
  if (owner === undefined) return checked(value, spec, undefined, key)
  return withReservedRoot(owner, () => {
    const node = checked(value, spec, owner, key)
    // What stays where it is must stay itself.
    return isNode(node) && !isFree(node) && owner[TRAITS].raw(owner, key) !== node
      ? node[TRAITS].copyFast(node, 0)
      : node
  })
}

function checked(value: unknown, spec: FieldSpec | undefined, owner: SymbolicNode | undefined, key: Key): unknown {
  const node = toNode(spec === undefined ? value : spec.convert(value))
  if (spec === undefined) return node
  const issue = issueIn(node, spec)
  if (issue !== undefined) throw errorOf(issue, placeOf(owner, key, issue.keys))
  return isNode(node) && isContainer(node) ? bound(node, spec) : node
}

/** A node that is bound to `spec`; one that belongs to somebody else under another field is copied first. */
function bound(node: SymbolicNode, spec: FieldSpec): SymbolicNode {
  const element = spec.resolve(node).element
  const traits = node[TRAITS]
  if (element === undefined || traits.element(node) === element) return node
  const own = isFree(node) ? node : traits.copyFast(node, 0)
  bindTree(own, spec)
  return own
}

/** The path of a place below `owner`, as text. */
export function placeOf(owner: SymbolicNode | undefined, key: Key, below: readonly Key[] = []): string {
  let text = appendKey(owner === undefined ? '' : pathText(keysTo(owner)), key)
  for (const step of below) text = appendKey(text, step)
  return text
}
