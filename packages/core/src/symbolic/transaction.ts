import { bindTree, type Rebound } from './check.ts'
import { errorOf, ReadOnlyError, RebindLoopError } from './errors.ts'
import { storeListItems } from './list.ts'
import { isNode, KEY, keyOf, keysTo, PARENT, STATE, State, type SymbolicNode, TRAITS } from './node.ts'
import { own, refreshState, unlink } from './ownership.ts'
import { compareKeys, type Key, Path, pathText } from './path.ts'
import { removeEntry, restoreEntry } from './record.ts'
import type { SymbolicObject } from './symbolic-object.ts'

/** One change of one value. */
export interface FieldUpdate {
  /** From the node that is told to the value that changed. */
  readonly path: Path
  /** The raw value before; `undefined` if there was none. */
  readonly oldValue: unknown
  /** The raw value now; `undefined` if there is none. */
  readonly newValue: unknown
}

/** Rounds of hooks rebinding in answer to rebinds before it counts as a loop. */
const MAX_ROUNDS = 100

/** A change as it was made. */
interface Change {
  readonly owner: SymbolicNode
  readonly key: Key
  readonly oldValue: unknown
  readonly newValue: unknown
}

/** Marks a value to be removed from a record. */
export const ABSENT: unique symbol = Symbol('absent')

/**
 * All that happens between the start of a rebind and the last of its notifications (rule S4). Either all of it stays or
 * nothing: what was done is undone in reverse, and nodes that were told hear again.
 */
class Transaction {
  private changes: Change[] = []
  private readonly undo: (() => void)[] = []
  private readonly touched = new Set<SymbolicNode>()
  private readonly told = new Set<SymbolicNode>()

  /** Stores one value of an object or a record. */
  put(owner: SymbolicNode, key: Key, value: unknown): void {
    const traits = owner[TRAITS]
    const existed = traits.has(owner, key)
    const oldValue = traits.raw(owner, key)
    if (existed && Object.is(oldValue, value)) return
    refuseFrozen(owner)
    this.unlink(oldValue)
    if (value === ABSENT) {
      const name = key as string
      const keys = traits.keys(owner) as readonly string[]
      const after = keys.slice(keys.indexOf(name) + 1)
      removeEntry(owner, name)
      this.undo.push(() => restoreEntry(owner, name, oldValue, after))
    } else {
      traits.store(owner, key, this.take(value, owner, key))
      this.undo.push(() => {
        if (existed) traits.store(owner, key, oldValue)
        else removeEntry(owner, key as string)
      })
    }
    this.note({ owner, key, oldValue, newValue: value === ABSENT ? undefined : traits.raw(owner, key) })
  }

  /** Gives a list other items; those that were in it stay themselves. Below the index `from` nothing may differ. */
  replace(list: SymbolicNode, items: readonly unknown[], from: number): void {
    // A list never changes its array but takes another one, so this is how it was whatever comes.
    const before = list[TRAITS].values(list)
    const [start, end] = differingRange(before, items, from)
    const surplus = items.length - before.length
    if (start === end && surplus === 0) return
    refuseFrozen(list)
    const wanted = new Set(items.slice(start, end + surplus))
    const stays = new Set(before.slice(start, end).filter((item) => isNode(item) && wanted.has(item)))
    for (let i = start; i < end; i++) if (!stays.has(before[i])) this.unlink(before[i])
    const after = [...items]
    // The first place of an item that was here already is its own; in a second one stands a copy.
    for (let i = start; i < end + surplus; i++) if (!stays.delete(items[i])) after[i] = this.take(items[i], list, i)
    storeListItems(list, after)
    this.undo.push(() => storeListItems(list, before as unknown[]))
    for (let i = start; i < Math.max(before.length, after.length); i++) {
      if (i >= before.length || i >= after.length || !Object.is(before[i], after[i])) {
        this.note({ owner: list, key: i, oldValue: before[i], newValue: after[i] })
      }
    }
    checkSize(list)
  }

  /** Runs a part of the transaction that is to happen as a whole or, if it throws and somebody catches that, not at all. */
  part(work: (transaction: Transaction) => void): void {
    const undone = this.undo.length
    const noted = this.changes.length
    try {
      work(this)
    } catch (error) {
      this.undoTo(undone)
      this.changes.length = noted
      throw error
    }
    refreshStates(this.changes.slice(noted).map(({ owner }) => owner))
  }

  /** Tells every node concerned, again and again until no hook changes anything more. */
  settle(): void {
    for (let round = 1; this.changes.length > 0; round++) {
      if (round > MAX_ROUNDS) throw loopError(this.changes[0] as Change)
      const changes = this.changes
      this.changes = []
      this.notify(changes)
    }
  }

  /** Takes everything back. Errors of hooks on the way are returned, since the first error is what matters. */
  rollback(): unknown[] {
    this.undoTo(0)
    const errors: unknown[] = []
    for (const node of childrenFirst(this.told)) {
      if (!this.told.has(node) || (node[STATE] & State.abstract) !== 0) continue
      try {
        hooksOf(node)?.onBound?.()
      } catch (error) {
        errors.push(error)
      }
    }
    // A hook that rebinds even now would leave something changed after all.
    this.undoTo(0)
    this.changes = []
    return errors
  }

  private undoTo(length: number): void {
    if (this.undo.length === length) return
    while (this.undo.length > length) this.undo.pop()?.()
    refreshStates(this.touched)
  }

  private take(value: unknown, owner: SymbolicNode, key: Key): unknown {
    const adopted: SymbolicNode[] = []
    const rebound: Rebound[] = []
    const owned = own(value, owner, key, adopted)
    const spec = owner[TRAITS].field(owner, key)
    if (spec !== undefined) bindTree(owned, spec, rebound)
    if (isNode(owned)) {
      this.undo.push(() => {
        for (const node of adopted) unlink(node)
        for (const { node, element } of rebound.reverse()) node[TRAITS].bind(node, element)
      })
    }
    return owned
  }

  private unlink(value: unknown): void {
    if (!isNode(value)) return
    const parent = value[PARENT]
    const key = value[KEY]
    unlink(value)
    this.undo.push(() => {
      value[PARENT] = parent
      value[KEY] = key
    })
  }

  private note(change: Change): void {
    this.changes.push(change)
    this.touched.add(change.owner)
  }

  private notify(changes: readonly Change[]): void {
    const order = refreshStates(changes.map(({ owner }) => owner))
    const updates = updatesByListener(changes)
    for (const node of order) {
      const hooks = hooksOf(node)
      if (hooks === undefined || (node[STATE] & State.abstract) !== 0) continue
      this.told.add(node)
      hooks.onChange?.(updates.get(node) as FieldUpdate[])
      hooks.onBound?.()
    }
  }
}

let current: Transaction | undefined

/** Runs `work` in a transaction of its own, or as part of the one that is running: a hook's rebind joins. */
export function transact(work: (transaction: Transaction) => void): void {
  if (current !== undefined) {
    current.part(work)
    return
  }
  const transaction = (current = new Transaction())
  try {
    work(transaction)
    transaction.settle()
  } catch (error) {
    const more = transaction.rollback()
    if (more.length === 0) throw error
    const message = 'A rebind failed, and so did hooks while it was taken back.'
    throw new AggregateError([error, ...more], message, { cause: error })
  } finally {
    current = undefined
  }
}

/** Gives a list other items, as one transaction; below the index `from` nothing may differ. */
export function replaceItems(list: SymbolicNode, items: readonly unknown[], from: number): void {
  transact((transaction) => transaction.replace(list, items, from))
}

/** The node as what hears of changes; lists and records don't. */
function hooksOf(node: SymbolicNode): Pick<SymbolicObject, 'onBound' | 'onChange'> | undefined {
  return node[TRAITS].kind === 'object' ? (node as SymbolicObject) : undefined
}

/** The updates that each node with an `onChange` will be told, their paths as they are now. */
function updatesByListener(changes: readonly Change[]): Map<SymbolicNode, FieldUpdate[]> {
  const updates = new Map<SymbolicNode, FieldUpdate[]>()
  for (const { owner, key, oldValue, newValue } of changes) {
    const upwards: Key[] = [key]
    for (let node: SymbolicNode | undefined = owner; node !== undefined; node = node[PARENT]) {
      if (hooksOf(node)?.onChange !== undefined) {
        const update = { path: new Path(upwards.toReversed()), oldValue, newValue }
        const known = updates.get(node)
        if (known === undefined) updates.set(node, [update])
        else known.push(update)
      }
      if (node[PARENT] !== undefined) upwards.push(keyOf(node) as Key)
    }
  }
  return updates
}

/** Where two lists of items differ: from the first index of both to an end in the first, counted alike from the end. */
function differingRange(
  before: readonly unknown[],
  after: readonly unknown[],
  from: number,
): [start: number, end: number] {
  const shorter = Math.min(before.length, after.length)
  let start = Math.min(from, shorter)
  while (start < shorter && Object.is(before[start], after[start])) start++
  let tail = 0
  while (tail < shorter - start && Object.is(before[before.length - 1 - tail], after[after.length - 1 - tail])) {
    tail++
  }
  return [start, before.length - tail]
}

/** The size of a list is a matter of the field that holds the list. */
function checkSize(list: SymbolicNode): void {
  const parent = list[PARENT]
  if (parent === undefined) return
  const key = keyOf(list) as Key
  const issue = parent[TRAITS].field(parent, key)?.shallow(list)
  if (issue !== undefined) throw errorOf(issue, pathText([...keysTo(list), ...issue.keys]))
}

/** A frozen field holds its value with all that is below. */
function refuseFrozen(owner: SymbolicNode): void {
  for (let node = owner, parent = node[PARENT]; parent !== undefined; node = parent, parent = node[PARENT]) {
    const key = keyOf(node) as Key
    if (parent[TRAITS].field(parent, key)?.modifiers.frozen !== true) continue
    throw new ReadOnlyError({
      path: pathText(keysTo(node)),
      expected: 'no change in what a frozen field holds',
      got: node,
      remedy: 'freeze it in a subclass only, or build a program without the frozen field',
    })
  }
}

/** The nodes given and all above them, children before parents, their states computed anew. */
function refreshStates(nodes: Iterable<SymbolicNode>): SymbolicNode[] {
  const order = childrenFirst(nodes)
  for (const node of order) refreshState(node)
  return order
}

/**
 * The nodes given and all above them in the order in which they are told: children before parents, later siblings before
 * earlier ones. O(nodes · log siblings), iterative.
 */
function childrenFirst(nodes: Iterable<SymbolicNode>): SymbolicNode[] {
  const children = new Map<SymbolicNode, SymbolicNode[]>()
  const pending: SymbolicNode[] = []
  for (const start of nodes) {
    for (let node: SymbolicNode | undefined = start; node !== undefined && !children.has(node);) {
      children.set(node, [])
      const parent: SymbolicNode | undefined = node[PARENT]
      if (parent === undefined) pending.push(node)
      node = parent
    }
  }
  for (const node of children.keys()) {
    const parent = node[PARENT]
    if (parent !== undefined) children.get(parent)?.push(node)
  }
  const order: SymbolicNode[] = []
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    order.push(node)
    const below = (children.get(node) ?? []).map((child) => ({ child, key: keyOf(child) as Key }))
    below.sort((a, b) => compareKeys(b.key, a.key))
    for (const { child } of below) pending.push(child)
  }
  return order.reverse()
}

function loopError({ owner, key }: Change): RebindLoopError {
  return new RebindLoopError({
    path: pathText([...keysTo(owner), key]),
    expected: `hooks that come to rest within ${MAX_ROUNDS} rounds`,
    got: undefined,
    gotText: 'a rebind in answer to every rebind',
    remedy: 'let the hook change a value only if it differs from what is there',
  })
}
