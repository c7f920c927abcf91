import type { SymbolicNode } from './node.ts'

/**
 * The argument by which the library constructs an instance from the inside. A user's constructor passes it on without
 * knowing it; the compiled one takes what it carries. One shared object, so that a copy allocates nothing but itself:
 * whoever fills it constructs at once, and the constructor empties it before anything else can be constructed.
 */
export const BRAND: {
  /** Copy from this node … */
  source: SymbolicNode | undefined
  /** … this many levels below the root of the copy, */
  depth: number
  /** or take these values in the order of the fields: known to fit, nodes among them fresh. */
  values: readonly unknown[] | undefined
} = { source: undefined, depth: 0, values: undefined }
