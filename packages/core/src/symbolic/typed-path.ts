import type { List } from './list.ts'
import type { Delete, Insert } from './rebind.ts'

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

/** The type of the value at a literal path below `T`; `never` if there is no such field. */
export type ValueAt<T, P extends string> = P extends ''
  ? T
  : FirstStep<P> extends [infer K, infer R extends string, infer Kind]
    ? Kind extends 'index'
      ? ValueAt<ItemOf<T>, R>
      : K extends keyof T
        ? ValueAt<T[K], R>
        : never
    : never

/** What may be given where `T` is held: any iterable for a list. */
type Given<T> = T extends List<infer E> ? Iterable<E> : T

/** What may stand for the value at a path: list places can also be removed or inserted at, optional ones removed. */
type Settable<T, P extends string> =
  | Given<T>
  | (P extends `${string}]` ? typeof Delete | Insert<T> : undefined extends T ? typeof Delete : never)

/** Updates by literal path; a path that leads nowhere is an error that says so. */
export type Updates<T, K extends string> = {
  readonly [P in K]: ValueAt<T, P> extends infer V
    ? [V] extends [never]
      ? `no field at path '${P}'`
      : Settable<V, P>
    : never
}
