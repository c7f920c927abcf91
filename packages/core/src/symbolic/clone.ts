import { isNode, KEY, PARENT, type SymbolicNode, TRAITS } from './node.ts'
import type { Key } from './path.ts'
import { Ref } from './ref.ts'

/** Levels that are walked by recursion; deeper trees go on with an explicit stack (rule S14). */
export const RECURSION_LIMIT = 500

/** A copy of a stored object for a new owner: a node is copied, anything else shared. */
export function copyValue(value: object, parent: SymbolicNode, key: Key, depth: number): unknown {
  const traits = (value as Partial<SymbolicNode>)[TRAITS]
  if (traits === undefined) return value
  const copy = traits.copyFast(value as SymbolicNode, depth + 1)
  copy[PARENT] = parent
  copy[KEY] = key
  return copy
}

/**
 * A copy by an explicit stack, leaves first.
 *
 * @param other - what becomes of values that are no nodes
 * @param decided - nodes with what stands in their place in the copy: fresh, and put in as it is
 */
export function copyDeep(
  root: SymbolicNode,
  other: (value: unknown) => unknown = share,
  decided?: ReadonlyMap<SymbolicNode, unknown>,
): SymbolicNode {
  const order: SymbolicNode[] = [root]
  for (let i = 0; i < order.length; i++) {
    const node = order[i] as SymbolicNode
    for (const value of node[TRAITS].values(node)) if (isNode(value) && decided?.has(value) !== true) order.push(value)
  }
  const copies = new Map<SymbolicNode, SymbolicNode>()
  const child = (node: SymbolicNode): unknown => (decided?.has(node) === true ? decided.get(node) : copies.get(node))
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i] as SymbolicNode
    copies.set(node, node[TRAITS].copy(node, child, other))
  }
  return copies.get(root) as SymbolicNode
}

function share(value: unknown): unknown {
  return value
}

/** A deep copy of a value that is no node; functions and references stay shared. */
function copyOpaque(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Ref) return value
  return structuredClone(value)
}

/**
 * A copy of a program that shares no node with it (rule S10). Checks are not run again; `onBound` is, leaves first.
 *
 * Values that are no nodes are shared, or copied by `structuredClone` with `deep: true`; functions and `ref` targets stay
 * shared in any case. O(nodes).
 *
 * @throws DataCloneError (of the platform) with `deep` on a value that cannot be copied
 */
export function clone<T>(value: T, options?: { readonly deep?: boolean }): T {
  const deep = options?.deep === true
  // Whatever `copy*` returns is of the class of its argument.
  if (isNode(value)) return (deep ? copyDeep(value, copyOpaque) : value[TRAITS].copyFast(value, 0)) as T & SymbolicNode
  return deep ? (copyOpaque(value) as T) : value
}
