import { isPlainContainer, toNode } from './from-plain.ts'
import { sameRaw } from './node-equality.ts'

/**
 * Structural equality (rule S11): exact class and equal fields; lists item by item; records by key, in any order.
 *
 * A plain array equals a list, and a plain object a record, with the same content. NaN equals NaN, −0 equals 0.
 * References are equal when their targets are the same object; functions and opaque objects only to themselves.
 * Placeholders are compared like any symbolic object. O(smaller tree); trees of any depth.
 *
 * @throws CycleError on a plain array or object that contains itself
 */
export function equals(left: unknown, right: unknown): boolean {
  if (left === right || sameRaw(left, right, 0)) return true
  return (isPlainContainer(left) || isPlainContainer(right)) && sameRaw(toNode(left), toNode(right), 0)
}
