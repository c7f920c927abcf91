import { RECURSION_LIMIT } from './clone.ts'
import { isPlainContainer, toNode } from './from-plain.ts'
import { isNode, type SymbolicNode, TRAITS } from './node.ts'
import { Ref } from './ref.ts'

/**
 * Structural equality (rule S11): exact class and equal fields; lists item by item; records by key, in any order.
 *
 * A plain array equals a list, and a plain object a record, with the same content. NaN equals NaN, −0 equals 0.
 * References are equal when their targets are the same object; functions and opaque objects only to themselves.
 * Placeholders are compared like any symbolic object. O(smaller tree); trees of any depth.
 */
export function equals(left: unknown, right: unknown): boolean {
  return left === right || same(left, right, 0)
}

function same(left: unknown, right: unknown, depth: number): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return left === right || (left !== left && right !== right)
  }
  const a = left as Partial<SymbolicNode>
  const b = right as Partial<SymbolicNode>
  const traits = a[TRAITS]
  if (traits === undefined || b[TRAITS] === undefined) return sameOutside(left, right, depth)
  if (traits !== b[TRAITS]) return false
  if (depth >= RECURSION_LIMIT) return sameDeep(left as SymbolicNode, right as SymbolicNode)
  return traits.equal(left as SymbolicNode, right as SymbolicNode, depth + 1, same)
}

/** Two objects of which at least one is no node. */
function sameOutside(left: object, right: object, depth: number): boolean {
  if (left === right) return true
  if (left instanceof Ref && right instanceof Ref) return left.value === right.value
  // As nodes, plain containers follow the one rule for lists and records (and a circle in one is refused).
  const comparable = (value: object): boolean => isNode(value) || isPlainContainer(value)
  if (!comparable(left) || !comparable(right)) return false
  return same(toNode(left), toNode(right), depth)
}

/** The same by an explicit stack of pairs. */
function sameDeep(left: SymbolicNode, right: SymbolicNode): boolean {
  const pending: [SymbolicNode, SymbolicNode][] = [[left, right]]
  const compareLater = (a: unknown, b: unknown): boolean => {
    if (!isNode(a) || !isNode(b)) return same(a, b, 0)
    pending.push([a, b])
    return true
  }
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [a, b] = pair
    if (a[TRAITS] !== b[TRAITS] || !a[TRAITS].equal(a, b, 0, compareLater)) return false
  }
  return true
}
