import type { Constructor } from './fields/instance.ts'
import { isClass } from './is-class.ts'
import { isNode, type SymbolicNode, TRAITS } from './node.ts'
import { appendKey, Path } from './path.ts'
import { requireNode } from './require-node.ts'

/** What to look for: a class, a pattern for paths, or a predicate. */
export type Selector<V> = Constructor<V> | RegExp | ((value: unknown, path: Path) => boolean)

/**
 * The values below a root that a selector picks, by path, in the order in which they print.
 *
 * Raw values are seen: placeholders and references as they are. A value that is picked is not entered, unless
 * `enterSelected` says so. The root itself is a candidate too (path `''`). O(size); iterative.
 *
 * @param where - a class (`instanceof`), a regular expression that the path text must match somewhere, or a predicate
 * @throws TypeMismatchError if `root` is no node
 */
export function query<V = unknown>(
  root: object,
  where: Selector<V>,
  options?: { readonly enterSelected?: boolean },
): Map<string, V> {
  const picks = predicate(where)
  const found = new Map<string, V>()
  const pending: Place[] = [{ value: requireNode(root), path: Path.root, text: '' }]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const { value } = at
    const picked = picks(at)
    // The selector has just said what the value is.
    if (picked) found.set(at.text, value as V)
    if (!isNode(value) || (picked && options?.enterSelected !== true)) continue
    for (const child of children(value, at).reverse()) pending.push(child)
  }
  return found
}

/** A value with its path, and the text of the path: each longer by one step than that of the value above. */
interface Place {
  readonly value: unknown
  readonly path: Path
  readonly text: string
}

function children(node: SymbolicNode, { path, text }: Place): Place[] {
  const values = node[TRAITS].values(node)
  return node[TRAITS].keys(node).map((key, i) => ({
    value: values[i],
    path: path.child(key),
    text: appendKey(text, key),
  }))
}

function predicate<V>(where: Selector<V>): (place: Place) => boolean {
  if (where instanceof RegExp) {
    // A stateful flag would make the answer depend on the last one.
    const pattern = new RegExp(where.source, where.flags.replace(/[gy]/g, ''))
    return ({ text }) => pattern.test(text)
  }
  if (isClass(where)) return ({ value }) => value instanceof where
  return ({ value, path }) => where(value, path)
}
