import type { List } from './list.ts'
import type { RecordOf } from './record.ts'
import type { Symbolic } from './symbolic.ts'

/**
 * What a value of type `T` becomes as part of a program: arrays become lists, plain objects records; symbolic objects,
 * functions and primitives stay what they are.
 */
export type Program<T> = T extends Symbolic | List<unknown> | ((...args: never) => unknown)
  ? T
  : T extends readonly (infer E)[]
    ? List<Program<E>>
    : T extends object
      ? RecordOf<{ [K in keyof T]: Program<T[K]> }>
      : T

/** What may be given where `T` is held: any iterable for a list, a plain object for a record with any keys. */
export type Given<T> =
  T extends List<infer E>
    ? Iterable<Given<E>>
    : T extends object
      ? string extends keyof T
        ? { readonly [K in keyof T]: Given<T[K]> }
        : T
      : T
