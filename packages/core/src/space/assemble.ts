import { bindTree } from '../symbolic/check.ts'
import type { FieldSpec } from '../symbolic/field-spec.ts'
import { listOfRaw } from '../symbolic/list.ts'
import { type SymbolicNode, TRAITS } from '../symbolic/node.ts'
import { construct } from '../symbolic/object-traits.ts'
import { recordOfRaw } from '../symbolic/record.ts'
import { schemaOf } from '../symbolic/registry.ts'
import type { Schema } from '../symbolic/schema.ts'

/** Reads genes from left to right. */
export interface GeneCursor {
  readonly genes: readonly number[]
  at: number
}

/** Makes a fresh value: every node in it is new, and owned by nobody. */
export type Builder = (cursor: GeneCursor) => unknown

/** Makes a node of the same kind as `node` from children. */
export function assembler(node: SymbolicNode, children: readonly Builder[]): Builder {
  const traits = node[TRAITS]
  const element = traits.element(node)
  if (traits.kind === 'object') {
    // Every symbolic object has the schema that its class was declared with.
    const schema = schemaOf(node.constructor) as Schema
    return (cursor) => construct(schema, buildAll(children, cursor))
  }
  if (traits.kind === 'list') return (cursor) => listOfRaw(bindAll(buildAll(children, cursor), element), element)
  const keys = traits.keys(node) as readonly string[]
  return (cursor) => recordOfRaw(keys, bindAll(buildAll(children, cursor), element), element)
}

/** A list of what several builders make. */
export function listBuilder(children: readonly Builder[]): Builder {
  return (cursor) => listOfRaw(buildAll(children, cursor), undefined)
}

/** A chosen list or record learns the field that its new place gives its items, so that they go on being checked. */
export function bindTo(value: unknown, spec: FieldSpec | undefined): unknown {
  if (spec !== undefined) bindTree(value, spec)
  return value
}

function buildAll(builders: readonly Builder[], cursor: GeneCursor): unknown[] {
  const values: unknown[] = []
  for (let i = 0; i < builders.length; i++) values.push((builders[i] as Builder)(cursor))
  return values
}

function bindAll(values: unknown[], element: FieldSpec | undefined): unknown[] {
  if (element === undefined) return values
  return values.map((value) => bindTo(value, element))
}
