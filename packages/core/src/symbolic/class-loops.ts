import { BRAND } from './brand.ts'
import { intake, ownIn } from './check.ts'
import type { ClassCompiler } from './class-compiler.ts'
import { copyObject, defineAccessor, objectTraits } from './object-traits.ts'
import { copyValue } from './clone.ts'
import { KEY, type NodeTraits, PARENT, STATE, State, type SymbolicNode } from './node.ts'
import { pathText } from './path.ts'
import { freshDefault, givenValue, type NodeClass, type Schema } from './schema.ts'
import type { SymbolicObject } from './symbolic-object.ts'

/** An object by its hidden properties: their names come from the schema, which no type of the user's class shows. */
type Slots = Record<string, unknown>

/**
 * Classes without generated code: the same steps as in `class-code.ts`, as loops over the fields. Read this file to
 * know what the generated code does.
 */
export const loopedClass: ClassCompiler = (schema, base, inherited) => {
  const equal: NodeTraits<SymbolicObject>['equal'] = (left, right, depth, same) => {
    for (const { slot } of schema.fields) {
      const a = (left as unknown as Slots)[slot]
      const b = (right as unknown as Slots)[slot]
      if (a !== b && !same(a, b, depth)) return false
    }
    return true
  }
  schema.traits = objectTraits(schema, equal, (node, depth) => copyObject(schema, node, depth))
  schema.initialise = (self, init, type) => {
    if (schema.type !== type) schema.bind(type)
    const { content, depth } = BRAND
    const isInside = init === BRAND && content !== undefined
    if (isInside) BRAND.content = undefined
    const source = isInside && depth >= 0 ? (content as SymbolicNode) : undefined
    const values = isInside ? (content as readonly unknown[]) : checkedValues(schema, init)
    self[PARENT] = undefined
    self[KEY] = undefined
    self[STATE] = source !== undefined ? source[STATE] : schema.placeholder === undefined ? 0 : State.abstract
    schema.fields.forEach(({ name, slot, spec }, i) => {
      const value = source !== undefined ? (source as unknown as Slots)[slot] : values[i]
      ;(self as unknown as Slots)[slot] =
        typeof value !== 'object' || value === null
          ? value
          : source !== undefined
            ? copyValue(value, self, name, depth)
            : ownIn(value, spec, self, name)
    })
    if (schema.hasOnBound && (self[STATE] & State.abstract) === 0) self.onBound?.()
  }
  const type = inherited === undefined ? rootClass(base as new () => object, schema) : class extends base {}
  for (const entry of schema.fields) {
    if (inherited?.byName.has(entry.name) !== true) defineAccessor(type.prototype as SymbolicNode, entry)
  }
  return type
}

/** The class whose constructor does the work, for every class below it. */
function rootClass(base: new () => object, schema: Schema): abstract new (init?: unknown) => object {
  abstract class Root extends base {
    constructor(init?: unknown) {
      super()
      // The declaration that is nearest to the class that is constructed. Only compiled classes extend this one, and they
      // have what the casts say: a schema, and the members of a symbolic object.
      const nearest = (new.target as unknown as { '~schema': Schema })['~schema'] ?? schema
      nearest.initialise(this as unknown as SymbolicObject, init, new.target as unknown as NodeClass)
    }
  }
  return Root
}

function checkedValues(schema: Schema, init: unknown): unknown[] {
  if (init !== undefined && (typeof init !== 'object' || init === null)) throw schema.notAnInit(init)
  const given = (init ?? {}) as Readonly<Record<string, unknown>>
  const values = schema.fields.map(({ name, spec }) => {
    const value = givenValue(given, name)
    if (value !== undefined) return intake(value, spec, pathText([name]))
    if (spec.modifiers.hasDefault) return freshDefault(spec)
    if (spec.modifiers.optional) return undefined
    throw schema.missing(given)
  })
  for (const key in given) if (!schema.byName.has(key)) throw schema.unknownKey(key, '')
  return values
}
