import type { List } from '../symbolic/list.ts'
import type { RecordOf } from '../symbolic/record.ts'
import type { Symbolic } from '../symbolic/symbolic.ts'

/**
 * What a space of type `T` materializes to: arrays become lists, plain objects records; symbolic objects, functions and
 * primitives stay what they are.
 */
export type Program<T> = T extends Symbolic | List<unknown> | ((...args: never) => unknown)
  ? T
  : T extends readonly (infer E)[]
    ? List<Program<E>>
    : T extends object
      ? RecordOf<{ [K in keyof T]: Program<T[K]> }>
      : T
