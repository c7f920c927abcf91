import { isPlainContainer, toNode } from './from-plain.ts'
import { isNode, type SymbolicNode, TRAITS } from './node.ts'
import { typeName } from './type-name.ts'

/**
 * A total order over values, by kind first: `undefined`, `null`, booleans, numbers (NaN first), bigints, text, lists,
 * records, objects, everything else. Within a kind: by value, item by item with the shorter prefix first, records by their
 * keys in text order, objects by class name and then by fields (rule S11).
 *
 * Values that are opaque to the library (functions, class instances) compare as equal to one another.
 *
 * @returns a negative number, 0 or a positive number; 0 for equal values. O(size); iterative
 */
export function compare(left: unknown, right: unknown): number {
  const pending: [unknown, unknown][] = [[left, right]]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const a = isPlainContainer(pair[0]) ? toNode(pair[0]) : pair[0]
    const b = isPlainContainer(pair[1]) ? toNode(pair[1]) : pair[1]
    const order = rank(a) - rank(b) || (isNode(a) && isNode(b) ? compareNodes(a, b, pending) : compareLeaves(a, b))
    if (order !== 0) return order
  }
  return 0
}

function rank(value: unknown): number {
  if (value === undefined) return 0
  if (value === null) return 1
  if (isNode(value)) return { list: 6, record: 7, object: 8 }[value[TRAITS].kind]
  return { boolean: 2, number: 3, bigint: 4, string: 5 }[typeof value as string] ?? 9
}

function compareLeaves(a: unknown, b: unknown): number {
  if (Object.is(a, b) || rank(a) === 9) return 0
  if (typeof a === 'number' && typeof b === 'number') {
    if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1
    if (Number.isNaN(b)) return 1
  }
  // Both are of one primitive kind, for which `<` is an order.
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0
}

/**
 * Decides between two nodes by their heads where possible, else leaves their values on the stack, the first on top. A
 * length decides only after all common values, so it goes underneath them as a pair of numbers.
 */
function compareNodes(a: SymbolicNode, b: SymbolicNode, pending: [unknown, unknown][]): number {
  if (a[TRAITS].kind === 'object') {
    const names = compareLeaves(typeName(a), typeName(b))
    if (names !== 0) return names
  }
  const left = ordered(a)
  const right = ordered(b)
  pending.push([left.length, right.length])
  const common = Math.min(left.length, right.length)
  for (let i = common - 1; i >= 0; i--) pending.push([left[i], right[i]])
  return 0
}

/** The values of a node in the order in which they are compared; a record's keys come before their values. */
function ordered(node: SymbolicNode): readonly unknown[] {
  const traits = node[TRAITS]
  const values = traits.values(node)
  if (traits.kind !== 'record') return values
  const keys = traits.keys(node) as readonly string[]
  return keys
    .map((key, i) => ({ key, value: values[i] }))
    .sort((x, y) => (x.key < y.key ? -1 : 1))
    .flatMap(({ key, value }) => [key, value])
}
