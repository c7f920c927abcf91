import { AbstractValueError } from './errors.ts'
import { isPlaceholder, keysTo, type SymbolicNode } from './node.ts'
import { appendKey, type Key, pathText } from './path.ts'
import { isRef } from './ref.ts'

/**
 * What reading a stored value gives when the node is known to hold something special: a reference gives its target, a
 * placeholder cannot be read (rule S9).
 *
 * @throws AbstractValueError on a placeholder
 */
export function readSpecial(node: SymbolicNode, key: Key, value: unknown): unknown {
  if (isRef(value)) return value.value
  if (isPlaceholder(value)) {
    throw new AbstractValueError({
      path: appendKey(pathText(keysTo(node)), key),
      expected: 'a decided value',
      got: value,
      remedy:
        'materialize the program first (Space.of(program).materialize(dna)), or read the placeholder itself with getSymbolic(node, key)',
    })
  }
  return value
}
