import { CycleError, UnknownKeyError } from './errors.ts'
import { RECURSION_LIMIT } from './clone.ts'
import { listOfRaw } from './list.ts'
import { appendKey } from './path.ts'
import { recordOfRaw } from './record.ts'

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
 * O(size). Structures of any depth work; one that contains itself is refused.
 *
 * @throws CycleError on a cycle, UnknownKeyError on a key named `__proto__`
 */
export function toNode(value: unknown): unknown {
  return isPlainContainer(value) ? convert(value, 0) : value
}

function convert(value: PlainContainer, depth: number): unknown {
  if (depth >= RECURSION_LIMIT) return convertDeep(value)
  return build(value, (item) => (isPlainContainer(item) ? convert(item, depth + 1) : item))
}

function build(value: PlainContainer, child: (item: unknown) => unknown): unknown {
  if (isArray(value)) {
    const items: unknown[] = []
    for (let i = 0; i < value.length; i++) items.push(child(value[i]))
    return listOfRaw(items, undefined)
  }
  const keys = Object.keys(value)
  for (const key of keys) refusePollution(key)
  return recordOfRaw(
    keys,
    keys.map((key) => child(value[key])),
    undefined,
  )
}

// `Array.isArray` does not narrow a readonly array out of a union.
function isArray(value: PlainContainer): value is readonly unknown[] {
  return Array.isArray(value)
}

/** Post-order with a stack of its own; the containers that are being built are known, so that a cycle is seen. */
function convertDeep(root: PlainContainer): unknown {
  const built = new Map<PlainContainer, unknown>()
  const open = new Set<PlainContainer>()
  const pending: PlainContainer[] = [root]
  for (let value = pending.at(-1); value !== undefined; value = pending.at(-1)) {
    if (!open.has(value)) {
      open.add(value)
      for (const item of Object.values(value) as unknown[]) {
        if (!isPlainContainer(item)) continue
        if (open.has(item)) throw cycleError(item)
        pending.push(item)
      }
      continue
    }
    pending.pop()
    open.delete(value)
    // A container met twice on the way down is built twice: each place gets a node of its own.
    built.set(
      value,
      build(value, (item) => (isPlainContainer(item) ? built.get(item) : item)),
    )
  }
  return built.get(root)
}

function cycleError(value: PlainContainer): CycleError {
  return new CycleError({
    expected: 'a tree',
    got: value,
    gotText: 'an array or object that contains itself',
    remedy: 'hold the repeated value with ref(value), or build it without the circle',
  })
}

/** Refuses the one key that would change an object's prototype instead of its data. */
export function refusePollution(key: string, path = ''): void {
  if (key !== '__proto__') return
  throw new UnknownKeyError({
    path: appendKey(path, key),
    expected: 'a key that is data',
    got: key,
    remedy: 'rename the key',
  })
}
