import { compileClass, type CompiledClass } from './class-compiler.ts'
import { DeclarationError } from './errors.ts'
import type { FieldMap, InitOf, SymbolicClass, ValuesOf } from './field.ts'
import { FORMAT_TYPES } from './json-format.ts'
import { type Placeholder, TRAITS } from './node.ts'
import { declare, schemaOf } from './registry.ts'
import { declareFields, type NodeClass, Schema } from './schema.ts'
import { SymbolicObject } from './symbolic-object.ts'
import type { FieldUpdate } from './transaction.ts'
import type { Updates } from './typed-path.ts'

/** Members that every symbolic object has, whatever its fields. */
export interface Symbolic {
  /** A copy that shares no node with this one. */
  clone(): this
  /** JSON-ready data; see the function `toJSON`. */
  toJSON(): unknown
  /** The object on one line. */
  toString(): string
}

/** What a path into a symbolic object with the fields `F` is looked up in, also inside of its class, where `this` is open. */
export type Fielded<F extends FieldMap> = ValuesOf<F> & Symbolic & { readonly '~fields'?: F }

/** A symbolic object with the fields `F`. */
export interface SymbolicInstance<F extends FieldMap> extends Symbolic {
  readonly '~fields'?: F
  /** Changes values below this object, by literal path; see the function `rebind`. */
  rebind<const K extends string>(updates: Updates<Fielded<F>, K>): this
  /**
   * Called on every new concrete instance, and once after each change in its subtree; leaves first. It runs before the
   * field initialisers of subclasses: declare the properties that it sets with `declare`.
   */
  onBound?(): void
  /** Called once after a change in the subtree, before `onBound`. */
  onChange?(updates: readonly FieldUpdate[]): void
}

type InitArguments<I> = {} extends I ? [init?: I] : [init: I]

/** The class that `symbolic` returns: to be extended. */
export interface SymbolicConstructor<F extends FieldMap, Base = {}> {
  new (...init: InitArguments<InitOf<F>>): ValuesOf<F> & Base & SymbolicInstance<F>
  readonly '~fields': F
}

/** The class that `extend` returns: its own fields over those of the base, and the static members of the base. */
export type ExtendedConstructor<F extends FieldMap, B extends SymbolicClass> = SymbolicConstructor<
  Omit<B['~fields'], keyof F> & F,
  InstanceType<B>
> &
  Omit<B, 'prototype' | '~fields'>

/**
 * Declares a symbolic class: `class Conv extends symbolic('Conv', { filters: field.int().min(1) }) {}`.
 *
 * The fields become the constructor argument and read-only properties; instances are nodes that can be rebound, cloned,
 * compared, written as JSON and searched. A hyper value may stand wherever its candidates may.
 *
 * @param name - the name in JSON and messages, unique in the process; may be scoped (`my-lib/Conv`)
 * @param fields - fields by name, in the order in which they print
 * @throws DeclarationError on a malformed class name or a reserved field name, DuplicateNameError if the name was
 *   declared elsewhere, and what a field throws on its own default
 */
export function symbolic<const F extends FieldMap>(name: string, fields: F): SymbolicConstructor<F> {
  // The compiled class has the constructor, properties and members that the type computes from the same fields.
  return declareClass(name, fields, undefined, undefined) as unknown as SymbolicConstructor<F>
}

/**
 * Declares a symbolic class over another: its fields come first, and a field declared again may only be tightened.
 *
 * @param name - as for `symbolic`
 * @param base - a class that extends `symbolic(...)` or `extend(...)`
 * @throws DeclarationError also if a field would allow more than the inherited one
 */
export function extend<const F extends FieldMap, B extends SymbolicClass>(
  name: string,
  base: B,
  fields: F,
): ExtendedConstructor<F, B> {
  const inherited = schemaOf(base)
  if (inherited === undefined) {
    throw new DeclarationError({
      path: name,
      expected: 'a base class declared with symbolic or extend',
      got: base,
      remedy: 'declare the base with symbolic, and before the class that extends it',
    })
  }
  const over = { type: base as unknown as CompiledClass & NodeClass, schema: inherited }
  return declareClass(name, fields, over, undefined) as unknown as ExtendedConstructor<F, B>
}

/**
 * Declares a class whose instances stand for values that are still to be decided.
 *
 * @internal The space layer declares hyper values by it.
 */
export function symbolicPlaceholder<const F extends FieldMap>(
  name: string,
  fields: F,
  placeholder: Placeholder,
): SymbolicConstructor<F> {
  return declareClass(name, fields, undefined, placeholder) as unknown as SymbolicConstructor<F>
}

function declareClass(
  name: string,
  fields: FieldMap,
  base: { readonly type: CompiledClass & NodeClass; readonly schema: Schema } | undefined,
  placeholder: Placeholder | undefined,
): CompiledClass {
  if (!/^(?:[\w@.-]+\/)*[A-Za-z_$][\w$]*$/.test(name)) {
    throw new DeclarationError({
      path: name,
      expected: 'a class name, scoped or not',
      got: name,
      remedy: "write it as 'Conv' or 'my-lib/Conv'",
    })
  }
  if (FORMAT_TYPES.has(name)) {
    throw new DeclarationError({
      path: name,
      expected: 'a name that JSON does not use for a value of its own',
      got: name,
      remedy: 'give it another scope',
    })
  }
  const inherited = base?.schema
  const schema = new Schema(name, declareFields(name, fields, inherited), placeholder ?? inherited?.placeholder)
  base?.schema.bind(base.type)
  declare(schema)
  const compiled = compileClass(schema, base?.type ?? SymbolicObject, inherited)
  Object.defineProperty(compiled, 'name', { value: name, configurable: true })
  Object.defineProperty(compiled, '~schema', { value: schema })
  Object.defineProperty(compiled, '~fields', { value: fields })
  Object.defineProperty(compiled.prototype, TRAITS, { value: schema.traits, configurable: true })
  return compiled
}
