import { KEY, PARENT, STATE, State, type SymbolicNode, TRAITS } from './node.ts'
import type { Key } from './path.ts'
import { Ref } from './ref.ts'

/** The root of a tree that is about to change: nobody's child, and yet not free to become one. */
let reserved: SymbolicNode | undefined

/** Runs `work` while the root above `node` is copied, not adopted, wherever it is put: a tree cannot hold itself. */
export function withReservedRoot<T>(node: SymbolicNode, work: () => T): T {
  const before = reserved
  reserved = rootAbove(node)
  try {
    return work()
  } finally {
    reserved = before
  }
}

/** Whether a node may be adopted as it is: nobody owns it, and it is not the tree that is about to change. */
export function isFree(node: SymbolicNode): boolean {
  return node[PARENT] === undefined && node !== reserved
}

function rootAbove(node: SymbolicNode): SymbolicNode {
  let at = node
  for (let parent = at[PARENT]; parent !== undefined; parent = at[PARENT]) at = parent
  return at
}

/**
 * Gives a value to a parent (rule S2): a fresh node is linked itself, one that has a parent already is copied first,
 * anything else is held by reference. The parent's state learns what it now holds.
 *
 * @returns what the parent must store
 */
export function own(value: unknown, parent: SymbolicNode, key: Key): unknown {
  if (typeof value !== 'object' || value === null) return value
  const traits = (value as Partial<SymbolicNode>)[TRAITS]
  if (traits === undefined) {
    if (value instanceof Ref) parent[STATE] |= State.special
    return value
  }
  let node = value as SymbolicNode
  if (node[PARENT] !== undefined || node === reserved) node = traits.copyFast(node, 0)
  return link(node, parent, key)
}

/** Links a node that nobody owns. */
export function link(node: SymbolicNode, parent: SymbolicNode, key: Key): SymbolicNode {
  node[PARENT] = parent
  node[KEY] = key
  parent[STATE] |= stateFrom(node)
  return node
}

/** What holding `value` means for the state of the node that holds it. */
function stateFrom(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const traits = (value as Partial<SymbolicNode>)[TRAITS]
  if (traits === undefined) return value instanceof Ref ? State.special : 0
  if (traits.placeholder !== undefined) return State.special | State.abstract
  return (value as SymbolicNode)[STATE] & State.abstract
}

/** Computes the state of a node anew from what it holds. O(values of the node). */
export function refreshState(node: SymbolicNode): void {
  const traits = node[TRAITS]
  let state = traits.placeholder === undefined ? 0 : State.abstract
  for (const value of traits.values(node)) state |= stateFrom(value)
  node[STATE] = state
}
