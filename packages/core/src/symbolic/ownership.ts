import { isNode, KEY, PARENT, STATE, State, type SymbolicNode, TRAITS } from './node.ts'
import type { Key } from './path.ts'
import { isRef } from './ref.ts'

/**
 * Gives a value to a parent (rule S2): a fresh node is linked itself, one that has a parent already is copied first,
 * anything else is held by reference. The parent's state learns what it now holds.
 *
 * @param adopted - collects the nodes that were free and are owned now, for whoever may have to give them back
 * @returns what the parent must store
 */
export function own(value: unknown, parent: SymbolicNode, key: Key, adopted?: SymbolicNode[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const traits = (value as Partial<SymbolicNode>)[TRAITS]
  if (traits === undefined) {
    if (isRef(value)) parent[STATE] |= State.special
    return value
  }
  let node = value as SymbolicNode
  if (node[PARENT] !== undefined) node = traits.copyFast(node, 0)
  else {
    adopted?.push(node)
    if ((node[STATE] & State.draft) !== 0) settle(node, adopted)
  }
  return link(node, parent, key)
}

/** Lets a draft take possession of what it holds, all the way down. Iterative. */
export function settle(draft: SymbolicNode, adopted?: SymbolicNode[]): void {
  const pending = [draft]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    node[STATE] &= ~State.draft
    const traits = node[TRAITS]
    const keys = traits.keys(node)
    const values = traits.values(node)
    for (let i = 0; i < keys.length; i++) {
      const value = values[i]
      const key = keys[i] as Key
      if (!isNode(value)) continue
      if (value[PARENT] === undefined && (value[STATE] & State.draft) !== 0) {
        link(value, node, key)
        pending.push(value)
        continue
      }
      const owned = own(value, node, key, adopted)
      if (owned !== value) traits.store(node, key, owned)
    }
  }
}

/** Links a node that nobody owns. */
function link(node: SymbolicNode, parent: SymbolicNode, key: Key): SymbolicNode {
  node[PARENT] = parent
  node[KEY] = key
  parent[STATE] |= heldState(node)
  return node
}

/** Makes a node a root again. */
export function unlink(node: SymbolicNode): void {
  node[PARENT] = undefined
  node[KEY] = undefined
}

/** What holding `value` means for the state of the node that holds it. */
function heldState(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const traits = (value as Partial<SymbolicNode>)[TRAITS]
  if (traits === undefined) return isRef(value) ? State.special : 0
  if (traits.placeholder !== undefined) return State.special | State.abstract
  return (value as SymbolicNode)[STATE] & State.abstract
}

/** The state of a new list or record that holds `values` and owns none of them: a draft if there are nodes among them. */
export function draftState(values: readonly unknown[]): number {
  let state = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (typeof value !== 'object' || value === null) continue
    state |= (value as Partial<SymbolicNode>)[TRAITS] === undefined ? heldState(value) : State.draft | heldState(value)
  }
  return state
}

/** Computes the state of a node anew from what it holds. O(values of the node). */
export function refreshState(node: SymbolicNode): void {
  const traits = node[TRAITS]
  let state = traits.placeholder === undefined ? 0 : State.abstract
  for (const value of traits.values(node)) state |= heldState(value)
  node[STATE] = state
}
