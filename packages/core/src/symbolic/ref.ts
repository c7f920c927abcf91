const REF: unique symbol = Symbol.for('mitten.ref') as never

/** A value that is held without being owned; see {@link ref}. */
export class Ref<T = unknown> {
  readonly value: T

  constructor(value: T) {
    this.value = value
  }

  /** Tells references from other objects, also those of another copy of the package. */
  get [REF](): true {
    return true
  }
}

/** The target of a reference whose target has not been read yet. */
export const UNREAD: unique symbol = Symbol('unread')

/** Whether a raw value is a reference. O(1). */
export function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && (value as { [REF]?: true })[REF] === true
}

/**
 * Holds a value without owning it: the target keeps its own parent, is not copied with the tree and is not entered by
 * `query`. Reading the field gives the target itself (rule S2).
 *
 * Two references are equal when they hold the same object. Primitives need no reference and come back as they are.
 *
 * @param value - anything; a symbolic node, a data set, a connection
 * @returns a reference, typed as the value it stands for
 */
export function ref<T>(value: T): T {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return value
  // The field that holds the reference reads through it, so for the user it *is* the value.
  return (isRef(value) ? value : new Ref(value)) as T
}
