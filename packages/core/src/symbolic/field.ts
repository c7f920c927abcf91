import type { List } from './list.ts'
import type { RecordOf } from './record.ts'

/**
 * The declaration of one field: what it holds (`Out`), and what may be given for it (`In`, wider where plain arrays and
 * objects are turned into nodes). Fields are immutable; every method returns a new one.
 */
export interface Field<Out, In = Out> {
  readonly '~out': Out
  readonly '~in': In
  readonly '~optional'?: boolean
  /** May be left out; then it holds `value`. Arrays, objects and nodes are copied for each instance. */
  default(value: In): DefaultField<Out, In>
  /** May be left out; then it is `undefined`. */
  optional(): DefaultField<Out | undefined, In | undefined>
  /** `null` is allowed as well. */
  nullable(): Field<Out | null, In | null>
  /** Always holds `value`; it cannot be given or changed. Useful in a subclass. */
  freeze(value: In): FrozenField<Out>
  /** Attaches a sentence of documentation. */
  describe(text: string): this
  /** Attaches data for tools, merged over earlier data. */
  meta(data: Readonly<Record<string, unknown>>): this
}

/** A field that may be left out. */
export interface DefaultField<Out, In = Out> extends Field<Out, In> {
  readonly '~optional': true
  /** `null` is allowed as well; it may still be left out. */
  nullable(): DefaultField<Out | null, In | null>
}

/** A field with a value that never changes. */
export interface FrozenField<Out> extends Field<Out, never> {
  readonly '~frozen': true
  readonly '~optional': true
}

/** A numeric field. Bounds are inclusive. */
export interface NumberField<Out = number> extends Field<Out> {
  /** Smallest value allowed, itself included. */
  min(bound: number): this
  /** Largest value allowed, itself included. */
  max(bound: number): this
}

/** A text field. */
export interface StringField extends Field<string> {
  /** The whole text must match; `^` and `$` are implied. */
  pattern(expression: RegExp): this
}

/** A list field. Sizes are inclusive. */
export interface ListField<Out, In> extends Field<Out, In> {
  /** Fewest items allowed. */
  minSize(size: number): this
  /** Most items allowed. */
  maxSize(size: number): this
  /** Exactly so many items. */
  size(size: number): this
}

/** A class declared with `symbolic` or `extend`. */
export type SymbolicClass = (abstract new (init: never) => object) & { readonly '~fields': FieldMap }

/** What may stand in a declaration: a field, or a symbolic class for "an instance of it". */
export type AnyField = Field<unknown, unknown> | SymbolicClass

/** The fields of a class by name, in order of declaration. */
export type FieldMap = { readonly [name: string]: AnyField }

/** What reading a field gives. */
export type OutOf<F> = F extends { readonly '~out': infer Out }
  ? Out
  : F extends abstract new (init: never) => infer T
    ? T
    : never

/** What may be given for a field. */
export type InOf<F> = F extends { readonly '~in': infer In }
  ? In
  : F extends abstract new (init: never) => infer T
    ? T
    : never

type Simplify<T> = { [K in keyof T]: T[K] } & {}
type OptionalKeys<F extends FieldMap> = {
  [K in keyof F]: F[K] extends { readonly '~optional': true } ? K : never
}[keyof F]
type FrozenKeys<F extends FieldMap> = {
  [K in keyof F]: F[K] extends { readonly '~frozen': true } ? K : never
}[keyof F]

/** What a constructor takes for a map of fields. */
export type InitOf<F extends FieldMap> = Simplify<
  { [K in Exclude<keyof F, OptionalKeys<F>>]: InOf<F[K]> } & {
    [K in Exclude<OptionalKeys<F>, FrozenKeys<F>>]?: InOf<F[K]>
  }
>

/** The properties that a map of fields gives an instance. */
export type ValuesOf<F extends FieldMap> = { readonly [K in keyof F]: OutOf<F[K]> }

/** The literal values an enum field can hold. */
export type EnumValue = string | number | boolean | null

/** A list field of elements `F`. */
export type ListFieldOf<F extends AnyField> = ListField<List<OutOf<F>>, Iterable<InOf<F>>>

/** A record field of values `F`. */
export type RecordFieldOf<F extends AnyField> = Field<
  RecordOf<Record<string, OutOf<F>>>,
  Readonly<Record<string, InOf<F>>>
>
