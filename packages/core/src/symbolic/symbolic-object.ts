import { clone } from './clone.ts'
import { DeclarationError, ReadOnlyError } from './errors.ts'
import { format } from './format.ts'
import { type KEY, keysTo, type PARENT, type STATE, type SymbolicNode, type NodeTraits, type TRAITS } from './node.ts'
import { appendKey, pathText, type Key } from './path.ts'
import { rebind } from './rebind.ts'
import { toJSON } from './to-json.ts'
import type { FieldUpdate } from './transaction.ts'

/**
 * The common root of all symbolic classes: the few members that user objects get (rule S16).
 *
 * It has no constructor work of its own; the class compiler writes the links and the fields of each instance.
 */
export abstract class SymbolicObject implements SymbolicNode {
  declare [PARENT]: SymbolicNode | undefined
  declare [KEY]: Key | undefined
  declare [STATE]: number
  declare readonly [TRAITS]: NodeTraits<this>

  /**
   * Called on every new concrete instance, and again once after each change in its subtree; leaves first (rule S5).
   * The place to compute what depends on fields. It runs before the field initialisers of subclasses: properties that
   * it sets are declared with `declare`.
   */
  onBound?(): void

  /** Called once after a change in the subtree, with all updates and their paths from here, before `onBound`. */
  onChange?(updates: readonly FieldUpdate[]): void

  /** Changes values below this object, by path; see the function `rebind`. */
  rebind(updates: Readonly<Record<string, unknown>>): this {
    return rebind(this, updates as never)
  }

  /** A copy that shares no node with this one. */
  clone(): this {
    return clone(this)
  }

  toJSON(): unknown {
    return toJSON(this)
  }

  /** The object on one line. */
  toString(): string {
    return format(this)
  }

  /** What Node's console prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return format(this)
  }
}

/** The error of an assignment to a field. */
export function assignmentError(node: SymbolicNode, key: Key): ReadOnlyError {
  return new ReadOnlyError({
    path: appendKey(pathText(keysTo(node)), key),
    expected: 'no assignment, since fields are read-only',
    got: node,
    remedy: `change it with rebind(node, { ${String(key)}: value })`,
  })
}

/** The error for a class that can't be constructed from the inside. */
export function passOnError(name: string, cause?: unknown): DeclarationError {
  return new DeclarationError({
    path: name,
    expected: 'a constructor that passes its one argument on, constructor(init) { super(init) }',
    got: undefined,
    gotText: 'a constructor that did not',
    remedy: 'clone, materialize and fromJSON construct through the class; move the other arguments to a static factory',
    cause,
  })
}
