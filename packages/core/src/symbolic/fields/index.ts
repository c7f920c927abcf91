/**
 * The kinds of field, one file a kind, and `field`, by which users declare them.
 *
 * A kind is a subclass of `FieldSpec`. To add one: write the class, add a line to `field` below, and cover it in
 * `fields.test.ts` (what it takes, what it refuses and with which error, how it tightens).
 */
import type {
  AnyField,
  EnumValue,
  Field,
  InOf,
  ListFieldOf,
  NumberField,
  OutOf,
  RecordFieldOf,
  StringField,
} from '../field.ts'
import { AnySpec } from './any.ts'
import { BooleanSpec } from './boolean.ts'
import { EnumSpec } from './enum.ts'
import { fieldSpecOf } from './field-spec-of.ts'
import { FunctionSpec } from './func.ts'
import { type Constructor, InstanceSpec } from './instance.ts'
import { LazySpec } from './lazy.ts'
import { ListSpec } from './list.ts'
import { NumberSpec } from './number.ts'
import { RecordSpec } from './record.ts'
import { StringSpec } from './string.ts'
import { UnionSpec } from './union.ts'

/** Declares the fields of a symbolic class. Every method returns an immutable {@link Field}. */
export const field = {
  /** `true` or `false`; 0 and 1 are refused. */
  boolean(): Field<boolean> {
    return new BooleanSpec()
  },
  /** A safe integer. `field.int().min(1)` also bounds it. */
  int(): NumberField {
    return new NumberSpec(true)
  },
  /** A number other than NaN; infinities are numbers. */
  number(): NumberField {
    return new NumberSpec(false)
  },
  /** Text. */
  string(): StringField {
    return new StringSpec()
  },
  /** One of the given primitive values. */
  enum<const V extends readonly EnumValue[]>(values: V): Field<V[number]> {
    return new EnumSpec(values)
  },
  /** A list of elements; takes any iterable, holds a `List`. */
  list<F extends AnyField>(element: F): ListFieldOf<F> {
    return new ListSpec(fieldSpecOf(element, 'the element of field.list()'))
  },
  /** A record with any keys; takes a plain object. */
  record<F extends AnyField>(value: F): RecordFieldOf<F> {
    return new RecordSpec(fieldSpecOf(value, 'the value of field.record()'))
  },
  /** A value of any of two or more fields. */
  union<const F extends readonly AnyField[]>(options: F): Field<OutOf<F[number]>, InOf<F[number]>> {
    return new UnionSpec(options.map((option, i) => fieldSpecOf(option, `option ${i} of field.union()`)))
  },
  /** A function with the given type. Functions are held by reference and cannot be written as JSON. */
  func<Fn extends (...args: never) => unknown>(): Field<Fn> {
    return new FunctionSpec()
  },
  /** An instance of a class that need not be symbolic, held by reference. */
  object<T>(type: Constructor<T>): Field<T> {
    return new InstanceSpec(type)
  },
  /**
   * A field looked up at first use: `field.lazy<Tree>((): unknown => Tree)` for a class that contains itself. The return
   * type `unknown` keeps the compiler out of the circle; this is the one place where a type is asserted by the user.
   */
  lazy<T>(get: () => unknown): Field<T> {
    return new LazySpec(get)
  },
  /** Anything. Arrays and plain objects become lists and records, other objects are held by reference. */
  any<T = unknown>(): Field<T> {
    return new AnySpec()
  },
}
