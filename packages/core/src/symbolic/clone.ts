import { TypeMismatchError } from './errors.ts'
import { isNode, KEY, PARENT, type SymbolicNode, TRAITS } from './node.ts'
import type { Key } from './path.ts'
import { isRef } from './ref.ts'

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

/** Copies what is no node, an object that stands in several places once; functions and references stay shared. */
function opaqueCopier(): (value: unknown) => unknown {
  const copies = new Map<object, unknown>()
  return (value) => {
    if (typeof value !== 'object' || value === null || isRef(value)) return value
    const known = copies.get(value)
    if (known !== undefined) return known
    const copy: object = structuredClone(value)
    // The platform copies an instance of a user's class as a plain object, which would no longer fit its field.
    if (Object.getPrototypeOf(copy) !== Object.getPrototypeOf(value)) {
      throw new TypeMismatchError({
        expected: 'a value that the platform can copy, such as data, a Map or a Date',
        got: value,
        remedy: 'hold it with ref(...), or clone without { deep: true }, which shares it',
      })
    }
    copies.set(value, copy)
    return copy
  }
}

/**
 * A copy of a program that shares no node with it (rule S10). Checks are not run again; `onBound` is, leaves first.
 *
 * Values that are no nodes are shared, or copied by `structuredClone` with `deep: true`; functions and `ref` targets stay
 * shared in any case. O(nodes).
 *
 * @throws TypeMismatchError with `deep` on an instance of a class of your own; DataCloneError (of the platform) on what
 *   it cannot copy at all
 */
export function clone<T>(value: T, options?: { readonly deep?: boolean }): T {
  const deep = options?.deep === true
  // Whatever copies returns is of the class of its argument.
  if (isNode(value)) {
    return (deep ? copyDeep(value, opaqueCopier()) : value[TRAITS].copyFast(value, 0)) as T & SymbolicNode
  }
  return deep ? (opaqueCopier()(value) as T) : value
}
