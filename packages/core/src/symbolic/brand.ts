import type { SymbolicNode } from './node.ts'

/**
 * The argument by which the library constructs an instance from the inside. A user's constructor passes it on without
 * knowing it; the compiled one takes what it carries. One shared object, so that a copy allocates nothing but itself:
 * whoever fills it constructs at once, and the constructor that takes it empties it.
 *
 * It is an instance of a class with hidden properties, so that a constructor which puts it into a field or spreads it,
 * instead of passing it on, gets hold of nothing.
 */
class Brand {
  /** A node to copy, or the values of all fields in order, known to fit and nodes among them fresh; else it is empty. */
  content: SymbolicNode | readonly unknown[] | undefined = undefined
  /** For a node: how many levels below the root of the copy it stands. For values: -1. */
  depth = 0
}

export const BRAND: Brand = Object.defineProperties(new Brand(), {
  content: { enumerable: false },
  depth: { enumerable: false },
})

/**
 * Runs `work` with an empty brand, and fills it as before: for what a user's constructor copies before it passes its
 * argument on.
 */
export function withEmptyBrand<T>(work: () => T): T {
  const { content, depth } = BRAND
  BRAND.content = undefined
  try {
    return work()
  } finally {
    BRAND.content = content
    BRAND.depth = depth
  }
}
