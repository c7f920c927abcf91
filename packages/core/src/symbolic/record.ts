import { copyDeep, copyValue, RECURSION_LIMIT } from './clone.ts'
import { TypeMismatchError } from './errors.ts'
import type { FieldSpec } from './field-spec.ts'
import { format } from './format.ts'
import { isPlainContainer, toOwnedNode } from './from-plain.ts'
import { isNode, KEY, type NodeTraits, PARENT, STATE, State, type SymbolicNode, TRAITS } from './node.ts'
import { draftState, own } from './ownership.ts'
import type { Key } from './path.ts'
import type { Program } from './program.ts'
import { readSpecial } from './read-special.ts'
import { isRef } from './ref.ts'

/**
 * A record node: data keys only. Its operations are free functions (`rebind`, `clone`, `equals`…), so that no key can
 * collide with a method (rule S16).
 *
 * Entries are own enumerable properties, so that `Object.keys`, spreading, destructuring and `JSON.stringify` do what
 * they do with a plain object. They are read-only by type: change them with `rebind`, which checks and notifies.
 */
export type RecordOf<T> = { readonly [K in keyof T]: T[K] }

// Doors to the private parts below, for this file alone; the class opens them in its static block.
let specialOf: (record: RecordNode) => Map<string, unknown> | undefined
let setSpecial: (record: RecordNode, special: Map<string, unknown>) => void
let elementOf: (record: RecordNode) => FieldSpec | undefined
let bindElement: (record: RecordNode, element: FieldSpec | undefined) => void

/** The part of a record that is not data. */
class RecordNode {
  #parent: SymbolicNode | undefined = undefined
  #key: Key | undefined = undefined
  #state = 0
  #element: FieldSpec | undefined = undefined
  /** Raw values of the keys whose property is an accessor: placeholders and references. */
  #special: Map<string, unknown> | undefined = undefined

  get [PARENT](): SymbolicNode | undefined {
    return this.#parent
  }
  set [PARENT](parent: SymbolicNode | undefined) {
    this.#parent = parent
  }
  get [KEY](): Key | undefined {
    return this.#key
  }
  set [KEY](key: Key | undefined) {
    this.#key = key
  }
  get [STATE](): number {
    return this.#state
  }
  set [STATE](state: number) {
    this.#state = state
  }

  get [Symbol.toStringTag](): string {
    return 'Record'
  }

  [Symbol.toPrimitive](): string {
    return format(this)
  }

  /** What Node's console prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return format(this)
  }

  static {
    specialOf = (record) => record.#special
    setSpecial = (record, special) => {
      record.#special = special
    }
    elementOf = (record) => record.#element
    bindElement = (record, element) => {
      record.#element = element
    }
  }
}

type RecordData = RecordNode & SymbolicNode & Record<string, unknown>

// Records inherit nothing from Object: a missing key reads as undefined, `toString` and `constructor` included.
Object.setPrototypeOf(RecordNode.prototype, null)
delete (RecordNode.prototype as Partial<RecordNode> & { constructor?: unknown }).constructor

const recordTraits: NodeTraits<RecordData> = {
  kind: 'record',
  describe: (record) => {
    const size = Object.keys(record).length
    return size === 0 ? 'an empty record' : `a record of ${size}`
  },
  keys: (record) => Object.keys(record),
  raw: (record, key) => (typeof key === 'string' ? rawEntry(record, key) : undefined),
  values: (record) => {
    const keys = Object.keys(record)
    const special = specialOf(record)
    return keys.map((key) => (special?.has(key) ? special.get(key) : record[key]))
  },
  has: (record, key) => typeof key === 'string' && Object.hasOwn(record, key),
  field: (record) => elementOf(record),
  element: elementOf,
  bind: bindElement,
  store: storeEntry,
  copy(record, child, other) {
    const keys = Object.keys(record)
    const values = keys.map((key) => {
      const value = rawEntry(record, key)
      return isNode(value) ? child(value) : other(value)
    })
    return recordOfRaw(keys, values, elementOf(record))
  },
  copyFast(record, depth) {
    if (depth >= RECURSION_LIMIT) return copyDeep(record)
    const copy = new RecordNode() as RecordData
    bindElement(copy, elementOf(record))
    for (const key of Object.keys(record)) {
      const value = rawEntry(record, key)
      storeEntry(copy, key, typeof value === 'object' && value !== null ? copyValue(value, copy, key, depth) : value)
    }
    copy[STATE] = record[STATE] & ~State.draft
    return copy
  },
  equal(left, right, depth, same) {
    const keys = Object.keys(left)
    if (keys.length !== Object.keys(right).length) return false
    for (const key of keys) {
      if (!Object.hasOwn(right, key)) return false
      const a = rawEntry(left, key)
      const b = rawEntry(right, key)
      if (a !== b && !same(a, b, depth)) return false
    }
    return true
  },
}

Object.defineProperty(RecordNode.prototype, TRAITS, { value: recordTraits })

function rawEntry(record: RecordData, key: string): unknown {
  const special = specialOf(record)
  if (special?.has(key)) return special.get(key)
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function storeEntry(record: RecordData, key: Key, value: unknown): void {
  const name = String(key)
  const special = specialOf(record)
  if (isSpecial(value)) {
    if (special === undefined) setSpecial(record, new Map([[name, value]]))
    else special.set(name, value)
    Object.defineProperty(record, name, {
      configurable: true,
      enumerable: true,
      get: () => readSpecial(record, name, value),
    })
    return
  }
  if (special?.delete(name)) {
    Object.defineProperty(record, name, { configurable: true, enumerable: true, writable: true, value })
    return
  }
  record[name] = value
}

function isSpecial(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return isNode(value) ? value[TRAITS].placeholder !== undefined : isRef(value)
}

/** Removes an entry, without any check, link or hook. */
export function removeEntry(record: SymbolicNode, key: string): void {
  specialOf(record as RecordData)?.delete(key)
  delete (record as RecordData)[key]
}

/** Puts a removed entry back where it was: before the entries that came after it, which are moved behind it. */
export function restoreEntry(record: SymbolicNode, key: string, value: unknown, after: readonly string[]): void {
  const data = record as RecordData
  storeEntry(data, key, value)
  for (const later of after) {
    const moved = rawEntry(data, later)
    removeEntry(record, later)
    storeEntry(data, later, moved)
  }
}

/** A record of values that are nodes already or are no containers; fresh nodes among them are linked, others copied. */
export function recordOfRaw(
  keys: readonly string[],
  values: readonly unknown[],
  element: FieldSpec | undefined,
): SymbolicNode {
  const record = new RecordNode() as RecordData
  if (element !== undefined) bindElement(record, element)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    const value = values[i]
    if (typeof value !== 'object' || value === null) record[key] = value
    else storeEntry(record, key, own(value, record, key))
  }
  return record
}

/** A record of raw values that it does not own yet: see `toNode`. */
export function draftRecord(keys: readonly string[], values: readonly unknown[]): SymbolicNode {
  const record = new RecordNode() as RecordData
  for (let i = 0; i < keys.length; i++) {
    const value = values[i]
    if (typeof value !== 'object' || value === null) record[keys[i] as string] = value
    else storeEntry(record, keys[i] as string, value)
  }
  record[STATE] = draftState(values)
  return record
}

/**
 * A record node outside of any program.
 *
 * @param entries - a plain object; arrays and plain objects in it become nodes
 * @throws TypeMismatchError on anything but a plain object, UnknownKeyError on a key named `__proto__`, CycleError on one
 *   that contains itself
 */
export function record<T extends object>(entries: T): Program<T> {
  if (!isPlainContainer(entries) || Array.isArray(entries)) {
    throw new TypeMismatchError({
      expected: 'a plain object',
      got: entries,
      remedy: 'spread what has properties, as in record({ ...value })',
    })
  }
  // A tree made of `T` is what `Program<T>` describes.
  return toOwnedNode(entries) as Program<T>
}
