import { TypeMismatchError } from './errors.ts'
import { isNode, type SymbolicNode } from './node.ts'

/**
 * What a user gave, as a node.
 *
 * @throws TypeMismatchError if it is none
 */
export function requireNode(
  value: object,
  remedy = 'turn plain data into a node with record(...) or list(...) first',
): SymbolicNode {
  if (isNode(value)) return value
  throw new TypeMismatchError({ expected: 'a symbolic object, list or record', got: value, remedy })
}
