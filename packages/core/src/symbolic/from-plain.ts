import { RECURSION_LIMIT } from './clone.ts'
import { CycleError, UnknownKeyError } from './errors.ts'
import { draftList } from './list.ts'
import { isNode, STATE, State, type SymbolicNode } from './node.ts'
import { settle } from './ownership.ts'
import { appendKey, type Key, pathText } from './path.ts'
import { draftRecord } from './record.ts'

type PlainContainer = readonly unknown[] | Readonly<Record<string, unknown>>

/** Whether a value is an array or a plain object: what a tree takes apart rather than holds by reference. */
export function isPlainContainer(value: unknown): value is PlainContainer {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * Turns plain arrays and objects into lists and records, all the way down; anything else comes back as it is.
 *
 * What is made is a draft: nodes found in the plain data stand in it, but it does not own them. So data can be checked,
 * compared or hashed as a tree and be none the worse for it. `own` makes a draft take possession.
 *
 * O(size). Structures of any depth work; one that contains itself is refused.
 *
 * @throws CycleError on a cycle, UnknownKeyError on a key named `__proto__`
 */
export function toNode(value: unknown): unknown {
  if (!isPlainContainer(value)) return value
  const node = convert(value, 0)
  if (node === undefined) throw faultIn(value)
  return node
}

/** `toNode` for a tree that is to live: it owns what is in it. */
export function toOwnedNode(value: unknown): unknown {
  const node = toNode(value)
  if (isNode(node) && (node[STATE] & State.draft) !== 0) settle(node)
  return node
}

/** The draft of a container; `undefined` if something in it can't be, which `faultIn` then finds. */
function convert(value: PlainContainer, depth: number): SymbolicNode | undefined {
  if (depth >= RECURSION_LIMIT) return convertDeep(value)
  return build(value, (item) => convert(item, depth + 1))
}

function build(value: PlainContainer, child: (item: PlainContainer) => unknown): SymbolicNode | undefined {
  if (isArray(value)) {
    const items: unknown[] = []
    for (let i = 0; i < value.length; i++) {
      const item = value[i]
      const made = isPlainContainer(item) ? child(item) : item
      if (made === undefined && item !== undefined) return undefined
      items.push(made)
    }
    return draftList(items)
  }
  const keys = Object.keys(value)
  const values: unknown[] = []
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    const item = value[key]
    const made = isPlainContainer(item) ? child(item) : item
    if (key === POLLUTING || (made === undefined && item !== undefined)) return undefined
    values.push(made)
  }
  return draftRecord(keys, values)
}

// `Array.isArray` does not narrow a readonly array out of a union.
function isArray(value: PlainContainer): value is readonly unknown[] {
  return Array.isArray(value)
}

/** Post-order with a stack of its own; the containers that are being built are known, so that a cycle is seen. */
function convertDeep(root: PlainContainer): SymbolicNode | undefined {
  const built = new Map<PlainContainer, SymbolicNode>()
  const open = new Set<PlainContainer>()
  const pending: PlainContainer[] = [root]
  for (let value = pending.at(-1); value !== undefined; value = pending.at(-1)) {
    if (!open.has(value)) {
      open.add(value)
      for (const item of Object.values<unknown>(value)) {
        if (!isPlainContainer(item)) continue
        if (open.has(item)) return undefined
        pending.push(item)
      }
      continue
    }
    pending.pop()
    open.delete(value)
    // A container met twice on the way down is one draft in two places; whoever takes possession copies the second.
    const node = build(value, (item) => built.get(item))
    if (node === undefined) return undefined
    built.set(value, node)
  }
  return built.get(root)
}

/** The error for the first thing in plain data that no tree can hold, with its path from the root of the data. */
function faultIn(root: PlainContainer): CycleError | UnknownKeyError {
  const open = new Set<PlainContainer>([root])
  const stack: { value: PlainContainer; keys: readonly Key[]; next: number }[] = []
  const enter = (value: PlainContainer): number =>
    stack.push({ value, keys: isArray(value) ? value.map((_, i) => i) : Object.keys(value), next: 0 })
  enter(root)
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const key = frame.keys[frame.next++]
    if (key === undefined) {
      open.delete(frame.value)
      stack.pop()
      continue
    }
    const path = (): string => pathText(stack.map(({ keys, next }) => keys[next - 1] as Key))
    if (key === POLLUTING) return pollutionError(path())
    const item = (frame.value as Readonly<Record<Key, unknown>>)[key]
    if (!isPlainContainer(item)) continue
    if (open.has(item)) return cycleError(item, path())
    open.add(item)
    enter(item)
  }
  return cycleError(root, '')
}

function cycleError(value: PlainContainer, path: string): CycleError {
  return new CycleError({
    path,
    expected: 'a tree',
    got: value,
    gotText: 'an array or object that contains itself',
    remedy: 'hold the repeated value with ref(value), or build it without the circle',
  })
}

/** The one key that would change an object's prototype instead of its data. */
const POLLUTING = '__proto__'

/** Refuses the one key that would change an object's prototype instead of its data; `path` is that of its container. */
export function refusePollution(key: string, path = ''): void {
  if (key === POLLUTING) throw pollutionError(appendKey(path, key))
}

function pollutionError(path: string): UnknownKeyError {
  return new UnknownKeyError({ path, expected: 'a key that is data', got: POLLUTING, remedy: 'rename the key' })
}
