import type { Issue } from './errors.ts'
import type { FieldSpec } from './field-spec.ts'
import type { Key } from './path.ts'

/*
 * What every node of a symbolic tree has, whatever its kind (object, list, record).
 *
 * The links are keyed by registered symbols, so that two copies of the package in one process read each other's nodes,
 * and so that no name is taken from the user. Objects hold them as own properties, the fastest to construct; lists and
 * records hold them privately behind accessors of the same symbols, so that a record shows nothing but its data.
 */
export const PARENT: unique symbol = Symbol.for('mitten.parent') as never
export const KEY: unique symbol = Symbol.for('mitten.key') as never
export const STATE: unique symbol = Symbol.for('mitten.state') as never
export const TRAITS: unique symbol = Symbol.for('mitten.traits') as never

/** Bits of `node[STATE]`. */
export const State = {
  /** A value of the node itself is a placeholder or a reference: its accessors must look before they answer. */
  special: 1,
  /** Something in the subtree is still to be decided (rule S9). */
  abstract: 2,
  /** Made of plain data to be looked at, with nodes in it that it has not taken possession of. */
  draft: 4,
} as const

/** A node of a symbolic tree, seen from inside. */
export interface SymbolicNode {
  /** The node that owns this one; at most one (rule S2). */
  [PARENT]: SymbolicNode | undefined
  /** Where the parent holds this node, when it was last asked; verified before use (rule S3). */
  [KEY]: Key | undefined
  [STATE]: number
  readonly [TRAITS]: NodeTraits
}

/**
 * What a kind of node must be able to do: one table a kind, complete by its type.
 *
 * "Raw" values are the stored ones: a placeholder or a reference itself, not what reading it through the node gives.
 */
export interface NodeTraits<N extends SymbolicNode = SymbolicNode> {
  readonly kind: 'object' | 'list' | 'record'
  /** Set where the node stands for a value that is still to be decided; knows how to be checked against a field. */
  readonly placeholder?: Placeholder
  /** The node in a few words, for messages. */
  describe(node: N): string
  /** Keys in order. */
  keys(node: N): readonly Key[]
  /** The raw value under a key, `undefined` where there is none. */
  raw(node: N, key: Key): unknown
  /** Raw values in the order of `keys`. */
  values(node: N): readonly unknown[]
  /** Whether `key` names a value that is there. */
  has(node: N, key: Key): boolean
  /** The field that values under `key` must satisfy; `undefined` where anything goes. */
  field(node: N, key: Key): FieldSpec | undefined
  /** The field that a list or record holds on to for its items; `undefined` where anything goes, and for objects. */
  element(node: N): FieldSpec | undefined
  /** Makes a list or record hold on to a field for its items. */
  bind(node: N, element: FieldSpec | undefined): void
  /** Stores values without any check, hook or link; `undefined` for a key removes it from a record. */
  store(node: N, key: Key, value: unknown): void
  /** A copy with the same raw values, child nodes replaced by `child(value)`; links and hooks of the copy are set. */
  copy(node: N, child: (value: SymbolicNode) => unknown, other: (value: unknown) => unknown): SymbolicNode
  /** The fastest recursive copy, `depth` levels down already. */
  copyFast(node: N, depth: number): SymbolicNode
  /** Whether two nodes of this kind are equal, their raw values compared by `same`. */
  equal(left: N, right: N, depth: number, same: SameValue): boolean
}

/** How values inside nodes are compared; `depth` counts the levels above. */
export type SameValue = (left: unknown, right: unknown, depth: number) => boolean

/** How a value that stands for others takes part in a field's check (rule G1): the only thing this layer knows of it. */
export interface Placeholder {
  /** The first issue among the values that `node` may turn into, `undefined` if all of them fit `field`. */
  issue(node: SymbolicNode, field: FieldSpec): Issue | undefined
}

/** Whether a value is a node: a symbolic object, a list or a record. O(1). */
export function isNode(value: unknown): value is SymbolicNode {
  return typeof value === 'object' && value !== null && (value as Partial<SymbolicNode>)[TRAITS] !== undefined
}

/** Whether a node stands for a value that is still to be decided. O(1). */
export function isPlaceholder(value: unknown): value is SymbolicNode {
  return isNode(value) && value[TRAITS].placeholder !== undefined
}

/** The key under which a node's parent holds it; `undefined` for a root. Amortised O(1). */
export function keyOf(node: SymbolicNode): Key | undefined {
  const parent = node[PARENT]
  if (parent === undefined) return undefined
  const hint = node[KEY]
  const traits = parent[TRAITS]
  if (hint !== undefined && traits.raw(parent, hint) === node) return hint
  renewKeys(parent)
  return node[KEY]
}

/** Writes the key hints of all children of a node anew: one pass after a list has shifted, however many are asked. */
function renewKeys(parent: SymbolicNode): void {
  const traits = parent[TRAITS]
  const keys = traits.keys(parent)
  const values = traits.values(parent)
  for (let i = 0; i < keys.length; i++) {
    const value = values[i]
    if (isNode(value)) value[KEY] = keys[i]
  }
}

/** Keys from the root down to a node. O(depth). */
export function keysTo(node: SymbolicNode): Key[] {
  const keys: Key[] = []
  for (let at = node; ;) {
    const parent = at[PARENT]
    if (parent === undefined) return keys.reverse()
    keys.push(keyOf(at) as Key)
    at = parent
  }
}
