import { RECURSION_LIMIT } from './clone.ts'
import { isNode, type SameValue, type SymbolicNode, TRAITS } from './node.ts'
import { isRef } from './ref.ts'

/**
 * Equality of raw values: what `equals` comes down to once plain containers are nodes.
 *
 * @param depth - levels above, all of them walked by recursion
 */
export function sameRaw(left: unknown, right: unknown, depth: number): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return left === right || (left !== left && right !== right)
  }
  const a = left as Partial<SymbolicNode>
  const b = right as Partial<SymbolicNode>
  const traits = a[TRAITS]
  if (traits === undefined || b[TRAITS] === undefined) return sameOpaque(left, right)
  if (traits !== b[TRAITS]) return sameForeign(left as SymbolicNode, right as SymbolicNode, depth, sameRaw)
  if (depth >= RECURSION_LIMIT) return sameDeep(left as SymbolicNode, right as SymbolicNode)
  return traits.equal(left as SymbolicNode, right as SymbolicNode, depth + 1, sameRaw)
}

/** Two objects of which at least one is no node. */
function sameOpaque(left: object, right: object): boolean {
  return left === right || (isRef(left) && isRef(right) && left.value === right.value)
}

/** The same by an explicit stack of pairs. */
function sameDeep(left: SymbolicNode, right: SymbolicNode): boolean {
  const pending: [SymbolicNode, SymbolicNode][] = [[left, right]]
  const compareLater = (a: unknown, b: unknown): boolean => {
    if (!isNode(a) || !isNode(b)) return sameRaw(a, b, 0)
    pending.push([a, b])
    return true
  }
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [a, b] = pair
    const same = a[TRAITS] === b[TRAITS] ? a[TRAITS].equal(a, b, 0, compareLater) : sameForeign(a, b, 0, compareLater)
    if (!same) return false
  }
  return true
}

/** Nodes of different kinds or classes differ; but a list or record of another copy of the package may be the same. */
function sameForeign(a: SymbolicNode, b: SymbolicNode, depth: number, same: SameValue): boolean {
  if (depth >= RECURSION_LIMIT) return sameDeep(a, b)
  const left = a[TRAITS]
  const right = b[TRAITS]
  if (left.kind !== right.kind || left.kind === 'object') return false
  const keys = left.keys(a)
  return (
    keys.length === right.keys(b).length &&
    keys.every((key) => right.has(b, key) && same(left.raw(a, key), right.raw(b, key), depth + 1))
  )
}
