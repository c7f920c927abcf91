import type { SymbolicNode } from './node.ts'
import { schemaOf } from './registry.ts'

/** The declared name of a symbolic object's class. */
export function typeName(node: SymbolicNode): string {
  return schemaOf(node.constructor)?.name ?? node.constructor.name
}
