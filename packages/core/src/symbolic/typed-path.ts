import type { List } from './list.ts'
import type { Given } from './program.ts'
import type { Delete, Insert } from './rebind.ts'
import type { Symbolic } from './symbolic.ts'

/*
 * Paths in types. Only the literal path that is given is taken apart; nothing is enumerated, so that the cost is that of
 * the paths written, not of the classes declared.
 */

type ItemOf<T> = T extends List<infer E> ? E : T extends readonly (infer E)[] ? E : never

/** The first step of a path, the rest, and whether the step is an index or a key. */
type FirstStep<P extends string> = P extends `[${infer I}]${infer R}`
  ? [I, R extends `.${infer Q}` ? Q : R, 'index']
  : P extends `${infer A}.${infer R}`
    ? A extends `${infer X}[${infer I}]${infer Z}`
      ? [X, `[${I}]${Z}.${R}`, 'key']
      : [A, R, 'key']
    : P extends `${infer A}[${infer R}`
      ? [A, `[${R}`, 'key']
      : [P, '', 'key']

/**
 * The node that holds what a literal path leads to, and the key there; `never` if there is no such place. On the way
 * through a field that may hold nothing, the path is that of what it may hold.
 */
type PlaceAt<T, P extends string> =
  FirstStep<P> extends [infer K, infer R extends string, infer Kind]
    ? Kind extends 'index'
      ? [ItemOf<T>] extends [never]
        ? never
        : R extends ''
          ? { readonly holds: ItemOf<T>; readonly in: 'list' }
          : PlaceAt<NonNullable<ItemOf<T>>, R>
      : K extends KeysOf<T>
        ? R extends ''
          ? { readonly holds: T[K]; readonly in: IsFree<T, K> extends true ? 'record' : 'object' }
          : PlaceAt<NonNullable<T[K]>, R>
        : never
    : never

/** The names of the fields of a symbolic object, without those of its other members; the keys of a record. */
type KeysOf<T> = [T] extends [Symbolic & { readonly '~fields'?: infer F }] ? keyof F & keyof T : keyof T

/** Whether a key can be taken away or set back: an entry of a record with any keys, a field that may be left out. */
type IsFree<T, K extends keyof T> = string extends keyof T
  ? true
  : undefined extends T[K]
    ? true
    : T extends { readonly '~fields'?: infer F }
      ? K extends keyof F
        ? F[K] extends { readonly '~optional': true }
          ? true
          : false
        : false
      : false

/** The type of the value at a literal path below `T`; `never` if there is no such field. */
export type ValueAt<T, P extends string> = P extends ''
  ? T
  : [PlaceAt<T, P>] extends [never]
    ? never
    : PlaceAt<T, P>['holds']

/** What may stand for the value at a path: list places can also be removed or inserted at, free ones removed or reset. */
type Settable<V, In> =
  | Given<V>
  | (In extends 'list' ? typeof Delete | Insert<Given<V>> : In extends 'record' ? typeof Delete : never)

/** Updates by literal path; a path that leads nowhere is an error that says so. */
export type Updates<T, K extends string> = {
  readonly [P in K]: [PlaceAt<T, P>] extends [never]
    ? `no field at path '${P}'`
    : Settable<PlaceAt<T, P>['holds'], PlaceAt<T, P>['in']>
}
