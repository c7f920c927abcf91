import { BRAND, withEmptyBrand } from './brand.ts'
import { copyDeep, RECURSION_LIMIT } from './clone.ts'
import { isNode, type NodeTraits, STATE, State, type SymbolicNode } from './node.ts'
import type { Key } from './path.ts'
import { readSpecial } from './read-special.ts'
import type { FieldEntry, Schema } from './schema.ts'
import { assignmentError, passOnError, type SymbolicObject } from './symbolic-object.ts'

/** An object by its hidden properties: their names come from the schema, which no type of the user's class shows. */
type Slots = Record<string, unknown>
type Traits = NodeTraits<SymbolicObject>

/** The traits of the instances of one class; what is worth generating code for is passed in. */
export function objectTraits(schema: Schema, equal: Traits['equal'], copyFast: Traits['copyFast']): Traits {
  const names = schema.fields.map((entry) => entry.name)
  const slots = schema.fields.map((entry) => entry.slot)
  const described = `${/^[aeiou]/i.test(schema.shortName) ? 'an' : 'a'} ${schema.shortName}`
  const slotOf = (key: Key): string | undefined => schema.byName.get(key as string)?.slot
  const raw = (node: SymbolicObject, slot: string): unknown => (node as unknown as Slots)[slot]
  return {
    kind: 'object',
    ...(schema.placeholder === undefined ? {} : { placeholder: schema.placeholder }),
    describe: () => described,
    keys: () => names,
    raw(node, key) {
      const slot = slotOf(key)
      return slot === undefined ? undefined : raw(node, slot)
    },
    values: (node) => slots.map((slot) => raw(node, slot)),
    has: (_, key) => slotOf(key) !== undefined,
    field: (_, key) => schema.byName.get(key as string)?.spec,
    element: () => undefined,
    bind: () => undefined,
    store(node, key, value) {
      ;(node as unknown as Slots)[slotOf(key) as string] = value
    },
    copy: (node, child, other) =>
      construct(
        schema,
        slots.map((slot) => {
          const value = raw(node, slot)
          return isNode(value) ? child(value) : other(value)
        }),
      ),
    copyFast,
    equal,
  }
}

/** A copy through the class, the slow way that `class-code.ts` spells out for each class. */
export function copyObject(schema: Schema, node: SymbolicObject, depth: number): SymbolicObject {
  if (depth >= RECURSION_LIMIT) return copyDeep(node) as SymbolicObject
  if (BRAND.content !== undefined) return withEmptyBrand(() => copyObject(schema, node, depth))
  BRAND.content = node
  BRAND.depth = depth
  return fromBrand(schema)
}

/**
 * A new instance through its class, of values in the order of the fields that are known to fit; nodes among them must be
 * fresh. `onBound` runs if nothing is left to be decided.
 */
export function construct(schema: Schema, values: readonly unknown[]): SymbolicObject {
  if (BRAND.content !== undefined) return withEmptyBrand(() => construct(schema, values))
  BRAND.content = values
  BRAND.depth = -1
  return fromBrand(schema)
}

function fromBrand(schema: Schema): SymbolicObject {
  let made: SymbolicObject
  try {
    const type = schema.boundType
    made = new type(BRAND)
  } catch (error) {
    throw brandError(schema, error)
  }
  if (BRAND.content !== undefined) throw brandError(schema, undefined)
  return made
}

/** What to throw when a construction from the inside failed: the class did not pass its argument on, or its own error. */
export function brandError(schema: Schema, error: unknown): unknown {
  const untaken = BRAND.content !== undefined
  BRAND.content = undefined
  return untaken && schema.type !== undefined ? passOnError(schema.name, error) : error
}

/** The property of one field: reads what is stored, refuses assignment. */
export function defineAccessor(prototype: SymbolicNode, { name, slot }: FieldEntry): void {
  Object.defineProperty(prototype, name, {
    configurable: true,
    get(this: SymbolicNode & Slots): unknown {
      const value = this[slot]
      return (this[STATE] & State.special) === 0 ? value : readSpecial(this, name, value)
    },
    set(this: SymbolicNode): never {
      throw assignmentError(this, name)
    },
  })
}
