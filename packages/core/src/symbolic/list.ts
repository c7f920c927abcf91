import { copyValue, copyDeep, RECURSION_LIMIT } from './clone.ts'
import { UnknownKeyError } from './errors.ts'
import type { FieldSpec } from './field-spec.ts'
import { format } from './format.ts'
import { toNode } from './from-plain.ts'
import { isNode, KEY, type NodeTraits, PARENT, STATE, State, type SymbolicNode, TRAITS } from './node.ts'
import { draftState, own } from './ownership.ts'
import type { Key } from './path.ts'
import type { Given, Program } from './program.ts'
import { intakeInto, placeOf } from './check.ts'
import { readSpecial } from './read-special.ts'
import { toJSON } from './to-json.ts'
import { replaceItems } from './transaction.ts'

/** Methods of arrays that read; a list has them all, with the same signatures. */
const READ_METHODS = [
  'map',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'indexOf',
  'lastIndexOf',
  'includes',
  'every',
  'some',
  'reduce',
  'reduceRight',
  'forEach',
  'slice',
  'concat',
  'join',
  'flatMap',
  'entries',
  'keys',
  'values',
] as const

type ReadMethods<T> = Pick<readonly T[], (typeof READ_METHODS)[number]>

// Doors to the private parts below, for this file alone; the class opens them in its static block.
let rawList: (items: unknown[], element: FieldSpec | undefined) => List<unknown>
let rawItems: (list: List<unknown>) => unknown[]
let storeItems: (list: List<unknown>, items: unknown[]) => void
let elementOf: (list: List<unknown>) => FieldSpec | undefined
let bindElement: (list: List<unknown>, element: FieldSpec | undefined) => void

/** The reading methods of a list, with the signatures that arrays give them. */
// The methods are put on the prototype below, from the one list of names; the class could only repeat their types.
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface List<T> extends ReadMethods<T> {}

/**
 * A list of a symbolic tree: every method of an array that reads, and writes that check, link and notify.
 *
 * Items are read with `at(i)` or by iteration; there is no index access, which would cost a proxy on every read.
 * `slice`, `filter`, `map` and their kin return plain arrays of the items themselves.
 */
export class List<T> implements Iterable<T> {
  #parent: SymbolicNode | undefined = undefined
  #key: Key | undefined = undefined
  #state = 0
  #element: FieldSpec | undefined = undefined
  #items: unknown[] = []

  /** @param items - the items in order; plain arrays and objects among them become nodes */
  constructor(items?: Iterable<T>) {
    if (items === undefined) return
    rawItems(toNode(Array.from(items)) as List<unknown>).forEach((item, i) => {
      this.#items.push(own(item, this.#node, i))
    })
  }

  /** Number of items. */
  get length(): number {
    return this.#items.length
  }

  /** The item at an index; a negative one counts from the end. `undefined` outside. O(1). */
  at(index: number): T | undefined {
    const item = this.#items.at(index)
    if ((this.#state & State.special) === 0) return item as T | undefined
    return readSpecial(this.#node, index < 0 ? index + this.#items.length : index, item) as T | undefined
  }

  [Symbol.iterator](): ArrayIterator<T> {
    return this.#read()[Symbol.iterator]()
  }

  /** The items as a new plain array. */
  toArray(): T[] {
    return [...this.#read()]
  }

  /**
   * Replaces the item at an index; the index after the last appends.
   *
   * @throws UnknownKeyError outside the list, and what the item's field throws
   */
  set(index: number, value: Given<T>): void {
    this.#edit(index, index === this.length ? 0 : 1, [value])
  }

  /** Appends items and returns the new length. */
  push(...values: Given<T>[]): number {
    this.#edit(this.length, 0, values)
    return this.length
  }

  /** Removes and returns the last item. */
  pop(): T | undefined {
    return this.length === 0 ? undefined : this.splice(this.length - 1, 1)[0]
  }

  /** Inserts items before an index. */
  insert(index: number, ...values: Given<T>[]): void {
    this.#edit(index, 0, values)
  }

  /**
   * Removes `count` items from `start` on, inserts others in their place, and returns the removed ones as an array.
   *
   * Like every write of a list it is transactional and notifies once.
   *
   * @param start - from 0 to the length, not negative
   * @param count - 0 or more; what reaches beyond the end counts up to it
   * @throws UnknownKeyError for another start, and what the items' field throws; AbstractValueError if a removed item is
   *   still to be decided, which `set`, `clear` and `rebind` remove without reading
   */
  splice(start: number, count: number, ...values: Given<T>[]): T[] {
    this.#requireIndex(start)
    const removed = this.#items
      .slice(start, start + this.#countFrom(start, count))
      .map((item, i) => (this.#state & State.special ? readSpecial(this.#node, start + i, item) : item) as T)
    this.#edit(start, count, values)
    return removed
  }

  /** Removes all items. */
  clear(): void {
    this.#edit(0, this.length, [])
  }

  /** Sorts in place, stable; the default order is that of arrays. */
  sort(compare?: (a: T, b: T) => number): this {
    if ((this.#state & State.special) === 0) return this.#replace([...this.#items].sort(compare as never), 0)
    // References are compared as their targets; what is stored must go on being the reference.
    const raw = new Map<unknown, unknown[]>()
    const read = this.#read()
    read.forEach((item, i) => {
      const same = raw.get(item)
      if (same === undefined) raw.set(item, [this.#items[i]])
      else same.push(this.#items[i])
    })
    for (const same of raw.values()) same.reverse()
    return this.#replace(
      [...read].sort(compare).map((item) => raw.get(item)?.pop()),
      0,
    )
  }

  /** Reverses in place. */
  reverse(): this {
    return this.#replace(this.#items.toReversed(), 0)
  }

  /** A list in a program prints on one line. */
  toString(): string {
    return format(this)
  }

  /** JSON-ready data; see the function `toJSON`. */
  toJSON(): unknown {
    return toJSON(this)
  }

  get #node(): SymbolicNode {
    return this as unknown as SymbolicNode
  }

  #read(): readonly T[] {
    if ((this.#state & State.special) === 0) return this.#items as T[]
    return this.#items.map((item, i) => readSpecial(this.#node, i, item) as T)
  }

  #requireIndex(start: number): void {
    if (Number.isInteger(start) && start >= 0 && start <= this.length) return
    throw new UnknownKeyError({
      path: placeOf(this.#node, start),
      expected: `an index from 0 to ${this.length}`,
      got: start,
      remedy: 'count from the start; list.length appends',
    })
  }

  /** How many items a splice removes, by the rules of arrays. */
  #countFrom(start: number, count: number): number {
    return count > 0 ? Math.min(Math.trunc(count), this.length - start) : 0
  }

  /** `splice` without reading what it removes. */
  #edit(start: number, count: number, values: readonly unknown[]): void {
    this.#requireIndex(start)
    const removed = this.#countFrom(start, count)
    const taken = values.map((value, i) => intakeInto(this.#node, start + i, value, i < removed))
    this.#replace([...this.#items.slice(0, start), ...taken, ...this.#items.slice(start + removed)], start)
  }

  #replace(items: readonly unknown[], from: number): this {
    replaceItems(this.#node, items, from)
    return this
  }

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
    return 'List'
  }

  /** What Node's console prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return format(this)
  }

  static {
    rawList = (items, element) => {
      const list = new List()
      list.#element = element
      list.#items = items
      return list
    }
    rawItems = (list) => list.#items
    storeItems = (list, items) => {
      list.#items = items
    }
    elementOf = (list) => list.#element
    bindElement = (list, element) => {
      list.#element = element
    }
  }
}

for (const name of READ_METHODS) {
  Object.defineProperty(List.prototype, name, {
    configurable: true,
    writable: true,
    value(this: List<unknown>, ...args: unknown[]): unknown {
      const items = this[STATE] & State.special ? this.toArray() : rawItems(this)
      return (items[name] as (...args: unknown[]) => unknown).apply(items, args)
    },
  })
}

type ListNode = List<unknown> & SymbolicNode

const listTraits: NodeTraits<ListNode> = {
  kind: 'list',
  describe: (list) => (list.length === 0 ? 'an empty list' : `a list of ${list.length}`),
  keys(list) {
    const keys: number[] = []
    for (let i = 0; i < rawItems(list).length; i++) keys.push(i)
    return keys
  },
  raw: (list, key) => (typeof key === 'number' ? rawItems(list)[key] : undefined),
  values: rawItems,
  has: (list, key) => typeof key === 'number' && Number.isInteger(key) && key >= 0 && key < list.length,
  field: (list) => elementOf(list),
  element: elementOf,
  bind: bindElement,
  store(list, key, value) {
    rawItems(list)[key as number] = value
  },
  copy(list, child, other) {
    const items = rawItems(list).map((item) => (isNode(item) ? child(item) : other(item)))
    return listOfRaw(items, elementOf(list))
  },
  copyFast(list, depth) {
    if (depth >= RECURSION_LIMIT) return copyDeep(list)
    const items = rawItems(list).slice()
    const copy = rawList(items, elementOf(list)) as ListNode
    for (let i = 0; i < items.length; i++) {
      const item = items[i]
      if (typeof item === 'object' && item !== null) items[i] = copyValue(item, copy, i, depth)
    }
    copy[STATE] = list[STATE] & ~State.draft
    return copy
  },
  equal(left, right, depth, same) {
    const a = rawItems(left)
    const b = rawItems(right)
    if (a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !same(a[i], b[i], depth)) return false
    return true
  },
}

Object.defineProperty(List.prototype, TRAITS, { value: listTraits })

/** A list of values that are nodes already or are no containers; fresh nodes among them are linked, others copied. */
export function listOfRaw(items: unknown[], element: FieldSpec | undefined): SymbolicNode {
  const list = rawList(items, element) as ListNode
  for (let i = 0; i < items.length; i++) {
    const item = items[i]
    if (typeof item === 'object' && item !== null) items[i] = own(item, list, i)
  }
  return list
}

/** A list of raw values that it does not own yet: see `toNode`. */
export function draftList(items: unknown[]): SymbolicNode {
  const list = rawList(items, undefined) as ListNode
  list[STATE] = draftState(items)
  return list
}

/** Puts other items into a list, without any check, link or hook. */
export function storeListItems(list: SymbolicNode, items: unknown[]): void {
  storeItems(list as ListNode, items)
}

/**
 * A list node outside of any program.
 *
 * @param items - any iterable; plain arrays and objects among the items become nodes
 */
export function list<T>(items: Iterable<T>): List<Program<T>> {
  return new List(items) as List<Program<T>>
}
