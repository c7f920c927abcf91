import { bindTree, intake, issueIn } from './check.ts'
import {
  DeclarationError,
  DuplicateNameError,
  MissingFieldError,
  TypeMismatchError,
  UnknownKeyError,
} from './errors.ts'
import { equals } from './equals.ts'
import type { FieldSpec } from './field-spec.ts'
import { fieldSpecOf } from './fields/field-spec-of.ts'
import type { FieldMap } from './field.ts'
import { isNode, type NodeTraits, type Placeholder, TRAITS } from './node.ts'
import { appendKey, type Key, pathText } from './path.ts'
import type { SymbolicObject } from './symbolic-object.ts'

/** Member names that the library keeps on user classes (rule S16). */
const RESERVED = new Set(['constructor', '__proto__', 'rebind', 'clone', 'toJSON', 'toString', 'onBound', 'onChange'])

/** One field of a class: its name, the own property that stores it, and what it may hold. */
export interface FieldEntry {
  readonly name: string
  /** Name of the hidden own property: no field name starts with `~`, so it collides with nothing. */
  readonly slot: string
  readonly spec: FieldSpec
}

/** A class whose instances are nodes. */
export type NodeClass = new (init?: unknown) => SymbolicObject

/** What `symbolic` or `extend` declared: the fields under a name, and the one class that goes by it (rule S13). */
export class Schema {
  readonly name: string
  /** The name without its scope: what the class is most likely called in code. */
  readonly shortName: string
  readonly fields: readonly FieldEntry[]
  readonly byName: ReadonlyMap<string, FieldEntry>
  /** Set for classes whose instances stand for other values. */
  readonly placeholder: Placeholder | undefined
  /** The class the user wrote over the declaration; known from its first instance on, or when it is registered. */
  type: NodeClass | undefined = undefined
  hasOnBound = false
  /** Filled in by the class compiler. */
  traits!: NodeTraits<SymbolicObject>
  /** Fills a new instance from what its constructor was given. Filled in by the class compiler. */
  initialise!: (self: SymbolicObject, init: unknown, type: NodeClass) => void

  constructor(name: string, fields: readonly FieldEntry[], placeholder: Placeholder | undefined) {
    this.name = name
    this.shortName = name.replace(/^.*\//, '')
    this.fields = fields
    this.byName = new Map(fields.map((entry) => [entry.name, entry]))
    this.placeholder = placeholder
  }

  /**
   * Ties the declaration to the class whose instance is made.
   *
   * @throws DuplicateNameError if another class already goes by this name
   */
  bind(type: NodeClass): void {
    if (this.type === type) return
    if (this.type !== undefined) {
      // The one that was seen first may well be the subclass.
      const [base, other] = this.type.prototype instanceof type ? [type, this.type] : [this.type, type]
      throw new DuplicateNameError({
        path: this.name,
        expected: `one class for the declared name, ${this.type.name}`,
        got: type,
        remedy: `declare the other one by extend('${other.name}', ${base.name}, {})`,
      })
    }
    this.type = type
    this.hasOnBound = typeof (type.prototype as { onBound?: unknown }).onBound === 'function'
  }

  /** The class, for making instances of it without a user's `new`. */
  get boundType(): NodeClass {
    if (this.type !== undefined) return this.type
    throw new DeclarationError({
      path: this.name,
      expected: 'the class that extends this declaration',
      got: undefined,
      gotText: 'only the declaration',
      remedy: `call register(${this.shortName}) where the class is defined, or pass it as { types: [${this.shortName}] }`,
    })
  }

  /**
   * The error for a key that is no field, with its likeliest correction.
   *
   * @param above - the path of the node that would have it
   */
  unknownKey(key: Key, above: string): UnknownKeyError {
    const names = this.fields.map((entry) => entry.name)
    const text = String(key)
    const like = names.find((name) => name.toLowerCase() === text.toLowerCase() || isClose(name, text))
    return new UnknownKeyError({
      path: appendKey(above, key),
      expected: names.length === 0 ? `no field of ${this.name}, which has none` : `a field of ${this.name}`,
      got: key,
      remedy:
        like !== undefined
          ? `did you mean '${like}'?`
          : names.length === 0
            ? 'leave it out'
            : `its fields are ${names.join(', ')}`,
    })
  }

  /** The error for fields that must be given and were not, or for the key that was given in their stead. */
  missing(init: Readonly<Record<string, unknown>>): MissingFieldError | UnknownKeyError {
    // A misspelt name is one field missing and one too many; the second says what happened.
    for (const key in init) if (!this.byName.has(key)) return this.unknownKey(key, '')
    const absent = this.fields.filter(
      ({ name, spec: { modifiers } }) =>
        givenValue(init, name) === undefined && !modifiers.hasDefault && !modifiers.optional,
    )
    const first = absent[0]
    return new MissingFieldError({
      path: first === undefined ? '' : pathText([first.name]),
      expected: first?.spec.expected ?? 'a value',
      got: undefined,
      gotText: 'nothing',
      remedy: `new ${this.shortName}(...) needs ${absent.map((entry) => entry.name).join(', ')}`,
    })
  }

  /** The error for a constructor argument that is no object. */
  notAnInit(init: unknown): TypeMismatchError {
    return new TypeMismatchError({
      path: this.name,
      expected: 'an object with the fields by name',
      got: init,
      remedy: `write new ${this.shortName}({ ${this.fields.map((entry) => entry.name).join(', ')} })`,
    })
  }
}

/** One slip away: a letter more, less, another, or two exchanged. In very short names everything would be close. */
function isClose(name: string, key: string): boolean {
  if (name.length < 3 || Math.abs(name.length - key.length) > 1) return false
  let start = 0
  while (start < name.length && name[start] === key[start]) start++
  const a = name.slice(start)
  const b = key.slice(start)
  const exchanged = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
  return exchanged || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
}

/** Whether plain objects inherit a value under this name, so that reading it is no sign of its having been given. */
export function isInheritedName(name: string): boolean {
  return name in Object.prototype
}

/** The value that was given for a field. */
export function givenValue(init: Readonly<Record<string, unknown>>, name: string): unknown {
  return isInheritedName(name) && !Object.hasOwn(init, name) ? undefined : init[name]
}

/** The default of a field for one more instance: nodes are copied, so that instances share nothing (as do literals). */
export function freshDefault(spec: FieldSpec): unknown {
  const value = spec.modifiers.defaultValue
  return isNode(value) ? value[TRAITS].copyFast(value, 0) : value
}

/**
 * The field entries of a declaration, base fields first (rule S7).
 *
 * @throws DeclarationError on a reserved or malformed name or a field that loosens an inherited one; what the field
 *   throws on a default that it refuses
 */
export function declareFields(className: string, declared: FieldMap, base: Schema | undefined): FieldEntry[] {
  const specs = new Map<string, FieldSpec>(base?.fields.map((entry) => [entry.name, entry.spec]))
  for (const [name, given] of Object.entries(declared)) {
    const path = appendKey(className, name)
    if (RESERVED.has(name) || name.startsWith('~') || name === '') {
      throw new DeclarationError({
        path,
        expected: 'a field name that is free',
        got: name,
        remedy: `rename the field: ${[...RESERVED].join(', ')} and what starts with ~ are reserved`,
      })
    }
    const spec = fieldSpecOf(given, path)
    const inherited = specs.get(name)
    specs.set(name, withOwnDefault(inherited === undefined ? spec : tightened(spec, inherited, path), path))
  }
  return [...specs].map(([name, spec]) => ({ name, slot: `~${name}`, spec }))
}

/** A redeclared field; it keeps the inherited default if it has none of its own and the default still fits. */
function tightened(spec: FieldSpec, inherited: FieldSpec, path: string): FieldSpec {
  const narrow = spec.tighten(inherited, path)
  const { hasDefault, defaultValue, frozen } = inherited.modifiers
  if (frozen && !equals(spec.modifiers.defaultValue, defaultValue)) throw spec.looserError(inherited, path)
  const keeps = !spec.modifiers.hasDefault && hasDefault && issueIn(defaultValue, narrow) === undefined
  return keeps ? narrow.withDefault(defaultValue, false) : narrow
}

/**
 * The field with a default of its own: a copy as a node that fits, so that a wrong one is found where it is written and
 * later changes of what was given do not show.
 */
function withOwnDefault(spec: FieldSpec, path: string): FieldSpec {
  const { hasDefault, frozen, optional, defaultValue } = spec.modifiers
  if (!hasDefault || (defaultValue === undefined && optional)) return spec
  const open = frozen ? spec.withDefault(undefined, false) : spec
  const value = intake(defaultValue, open, path)
  if (!isNode(value)) return spec.withDefault(value, frozen)
  const copy = value[TRAITS].copyFast(value, 0)
  bindTree(copy, open)
  return spec.withDefault(copy, frozen)
}
