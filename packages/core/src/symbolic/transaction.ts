import { errorOf, RebindLoopError } from './errors.ts'
import { storeListItems } from './list.ts'
import { isNode, KEY, keyOf, keysTo, PARENT, STATE, State, type SymbolicNode, TRAITS } from './node.ts'
import { own, refreshState } from './ownership.ts'
import { comparePaths, type Key, Path, pathText } from './path.ts'
import { removeEntry } from './record.ts'
import { SymbolicObject } from './symbolic-object.ts'

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
  private readonly told = new Set<SymbolicObject>()

  /** Stores one value of an object or a record. */
  put(owner: SymbolicNode, key: Key, value: unknown): void {
    const traits = owner[TRAITS]
    const existed = traits.has(owner, key)
    const oldValue = traits.raw(owner, key)
    if (existed && oldValue === value) return
    this.unlink(oldValue)
    if (value === ABSENT) removeEntry(owner, key as string)
    else traits.store(owner, key, this.take(value, owner, key))
    this.undo.push(() => {
      if (existed) traits.store(owner, key, oldValue)
      else removeEntry(owner, key as string)
    })
    this.note({ owner, key, oldValue, newValue: value === ABSENT ? undefined : traits.raw(owner, key) })
  }

  /** Gives a list other items; those that were in it stay themselves. */
  replace(list: SymbolicNode, items: readonly unknown[], from: number): void {
    const before = [...list[TRAITS].values(list)]
    const kept = new Set(items.filter(isNode))
    for (const item of before) if (!(isNode(item) && kept.has(item))) this.unlink(item)
    const seen = new Set<SymbolicNode>()
    const after = items.map((item, i) => {
      if (isNode(item) && item[PARENT] === list && !seen.has(item)) {
        seen.add(item)
        return item
      }
      return this.take(item, list, i)
    })
    storeListItems(list, after)
    this.undo.push(() => storeListItems(list, before))
    for (let i = from; i < Math.max(before.length, after.length); i++) {
      if (before[i] !== after[i]) this.note({ owner: list, key: i, oldValue: before[i], newValue: after[i] })
    }
    this.checkSize(list)
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
    for (let undo = this.undo.pop(); undo !== undefined; undo = this.undo.pop()) undo()
    this.changes = []
    for (const node of deepestFirst(withAncestors(this.touched))) refreshState(node)
    const errors: unknown[] = []
    for (const node of this.told) {
      if ((node[STATE] & State.abstract) !== 0) continue
      try {
        node.onBound?.()
      } catch (error) {
        errors.push(error)
      }
    }
    return errors
  }

  private take(value: unknown, owner: SymbolicNode, key: Key): unknown {
    const owned = own(value, owner, key)
    if (isNode(owned)) {
      this.undo.push(() => {
        owned[PARENT] = undefined
        owned[KEY] = undefined
      })
    }
    return owned
  }

  private unlink(value: unknown): void {
    if (!isNode(value)) return
    const parent = value[PARENT]
    const key = value[KEY]
    value[PARENT] = undefined
    value[KEY] = undefined
    this.undo.push(() => {
      value[PARENT] = parent
      value[KEY] = key
    })
  }

  private note(change: Change): void {
    this.changes.push(change)
    this.touched.add(change.owner)
  }

  /** The size of a list is a matter of the field that holds the list. */
  private checkSize(list: SymbolicNode): void {
    const parent = list[PARENT]
    if (parent === undefined) return
    const key = keyOf(list) as Key
    const issue = parent[TRAITS].field(parent, key)?.shallow(list)
    if (issue !== undefined) throw errorOf(issue, pathText([...keysTo(list), ...issue.keys]))
  }

  private notify(changes: readonly Change[]): void {
    const updates = new Map<SymbolicNode, FieldUpdate[]>()
    for (const { owner, key, oldValue, newValue } of changes) {
      const keys: Key[] = [key]
      for (let node: SymbolicNode | undefined = owner; node !== undefined; node = node[PARENT]) {
        const update = { path: new Path([...keys]), oldValue, newValue }
        const known = updates.get(node)
        if (known === undefined) updates.set(node, [update])
        else known.push(update)
        if (node[PARENT] !== undefined) keys.unshift(keyOf(node) as Key)
      }
    }
    for (const node of deepestFirst(updates.keys())) refreshState(node)
    // Children before parents, later siblings before earlier ones.
    const order = [...updates.keys()].map((node) => ({ node, keys: keysTo(node) }))
    order.sort((a, b) => comparePaths(b.keys, a.keys))
    for (const { node } of order) {
      if (!(node instanceof SymbolicObject) || (node[STATE] & State.abstract) !== 0) continue
      this.told.add(node)
      node.onChange?.(updates.get(node) as FieldUpdate[])
      node.onBound?.()
    }
  }
}

let current: Transaction | undefined

/** Runs `work` in a transaction of its own, or as part of the one that is running: a hook's rebind joins. */
export function transact(work: (transaction: Transaction) => void): void {
  if (current !== undefined) {
    work(current)
    return
  }
  const transaction = (current = new Transaction())
  try {
    work(transaction)
    transaction.settle()
  } catch (error) {
    const more = transaction.rollback()
    if (more.length === 0) throw error
    throw new AggregateError([error, ...more], 'A rebind failed, and so did hooks while it was taken back.')
  } finally {
    current = undefined
  }
}

/** Gives a list other items, as one transaction; `from` is the first index that may differ. */
export function replaceItems(list: SymbolicNode, items: readonly unknown[], from: number): void {
  transact((transaction) => transaction.replace(list, items, from))
}

function withAncestors(nodes: Iterable<SymbolicNode>): Set<SymbolicNode> {
  const all = new Set<SymbolicNode>()
  for (const start of nodes) {
    for (let node: SymbolicNode | undefined = start; node !== undefined; node = node[PARENT]) all.add(node)
  }
  return all
}

function deepestFirst(nodes: Iterable<SymbolicNode>): SymbolicNode[] {
  const depths = [...nodes].map((node) => ({ node, depth: depthOf(node) }))
  depths.sort((a, b) => b.depth - a.depth)
  return depths.map(({ node }) => node)
}

function depthOf(node: SymbolicNode): number {
  let depth = 0
  for (let at = node[PARENT]; at !== undefined; at = at[PARENT]) depth++
  return depth
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
