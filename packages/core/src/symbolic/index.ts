/**
 * Symbolic objects: programs as trees that another program can read, compare, rewrite and copy.
 *
 * - A *node* is a symbolic object (a class made with `symbolic` or `extend`), a *list* or a *record*. It has at most one
 *   parent; its *path* is computed from the parent links.
 * - A *field* declares what may stand under a name; its *spec* is the run-time half that checks.
 * - *Raw* values are the stored ones. A *placeholder* stands for a value that is still to be decided, a *reference* for
 *   one that is held without being owned; reading through a node resolves or refuses them.
 * - A *rebind* changes values by path, as one *transaction*.
 *
 * | what                        | where                                                                 |
 * | --------------------------- | --------------------------------------------------------------------- |
 * | what every node has         | `node.ts`, `ownership.ts`, `tree.ts`                                  |
 * | kinds of node               | `symbolic.ts` + `schema.ts` + `class-code.ts`, `list.ts`, `record.ts` |
 * | kinds of field              | `fields/`, over `field-spec.ts`; checks in `check.ts`                 |
 * | change                      | `rebind.ts`, `transaction.ts`                                         |
 * | copy, compare, print, write | `clone.ts`, `equals.ts`, `hash.ts`, `compare.ts`, `format.ts`, `to-json.ts`, `from-json.ts` |
 *
 * It imports nothing from the other folders. Rules S1–S17 of docs/spec.md.
 */
export { clone } from './clone.ts'
export { compare } from './compare.ts'
export { equals } from './equals.ts'
export {
  AbstractValueError,
  CycleError,
  DeclarationError,
  DuplicateNameError,
  type ErrorDetails,
  JsonError,
  MissingFieldError,
  MittenError,
  OutOfRangeError,
  OverlapError,
  PathSyntaxError,
  ReadOnlyError,
  RebindLoopError,
  TypeMismatchError,
  UnknownKeyError,
  UnknownTypeError,
} from './errors.ts'
export type {
  AnyField,
  DefaultField,
  EnumValue,
  Field,
  FieldMap,
  FrozenField,
  InitOf,
  InOf,
  ListField,
  ListFieldOf,
  NumberField,
  OutOf,
  RecordFieldOf,
  StringField,
  SymbolicClass,
  ValuesOf,
} from './field.ts'
export { field } from './fields/index.ts'
export type { Constructor } from './fields/instance.ts'
export { format, type FormatOptions } from './format.ts'
export { fromJSON, type FromJsonOptions } from './from-json.ts'
export { hash } from './hash.ts'
export { List, list } from './list.ts'
export { type Key, Path } from './path.ts'
export type { Given } from './program.ts'
export { query, type Selector } from './query.ts'
export { Delete, Insert, rebind, rebindAt, transform } from './rebind.ts'
export { record, type RecordOf } from './record.ts'
export { ref } from './ref.ts'
export { register } from './registry.ts'
export {
  extend,
  type ExtendedConstructor,
  type Fielded,
  symbolic,
  type Symbolic,
  type SymbolicConstructor,
  type SymbolicInstance,
} from './symbolic.ts'
export { toJSON } from './to-json.ts'
export type { FieldUpdate } from './transaction.ts'
export { getSymbolic, isAbstract, parentOf, pathOf, rootOf } from './tree.ts'
export type { Updates, ValueAt } from './typed-path.ts'
export { UnknownObject } from './unknown-object.ts'
