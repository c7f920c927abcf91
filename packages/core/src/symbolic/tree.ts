import { UnknownKeyError } from './errors.ts'
import { isNode, isPlaceholder, keysTo, PARENT, STATE, State, type SymbolicNode, TRAITS } from './node.ts'
import { type Key, Path, pathText } from './path.ts'
import { requireNode } from './require-node.ts'

function nodeOf(value: object): SymbolicNode {
  return requireNode(value, 'only nodes have a place in a tree')
}

/** The node that owns this one; `undefined` for a root. O(1). */
export function parentOf(node: object): object | undefined {
  return nodeOf(node)[PARENT]
}

/** The root of the tree that a node stands in; itself if it has no parent. O(depth). */
export function rootOf(node: object): object {
  let at = nodeOf(node)
  for (let parent = at[PARENT]; parent !== undefined; parent = at[PARENT]) at = parent
  return at
}

/** Where a node stands below its root, computed from the parent links (rule S3). O(depth), amortised. */
export function pathOf(node: object): Path {
  return new Path(keysTo(nodeOf(node)))
}

/**
 * The value under a key as it is stored, also where it is still to be decided (reading it through its property then
 * throws) or a reference (its property gives the target). O(1).
 *
 * @throws UnknownKeyError if the node has no such key
 */
export function getSymbolic(node: object, key: Key): unknown {
  const at = nodeOf(node)
  const traits = at[TRAITS]
  if (traits.has(at, key)) return traits.raw(at, key)
  throw new UnknownKeyError({
    path: pathText([...keysTo(at), key]),
    expected: `a key of ${traits.describe(at)}`,
    got: key,
    remedy: `it has ${traits.keys(at).slice(0, 8).join(', ') || 'none'}`,
  })
}

/** Whether something in a value is still to be decided (rule S9). O(1). */
export function isAbstract(value: unknown): boolean {
  return isNode(value) && (isPlaceholder(value) || (value[STATE] & State.abstract) !== 0)
}
