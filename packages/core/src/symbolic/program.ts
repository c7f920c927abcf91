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
