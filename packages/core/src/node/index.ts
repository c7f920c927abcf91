/**
 * What needs Node: `mitten/node`.
 *
 * - `jsonl-store.ts`: a store in JSON Lines files; `study-file.ts` and `jsonl-record.ts` are its file and its lines.
 *
 * @packageDocumentation
 */
export { jsonlStore, type JsonlStoreOptions } from './jsonl-store.ts'
export type { DamagedLine } from './study-file.ts'
