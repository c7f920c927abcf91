/**
 * What needs Node: `mitten/node`.
 *
 * - `jsonl-store.ts`: a store in JSON Lines files; `study-file.ts` and `jsonl-record.ts` are its file and its lines,
 *   `study-file-name.ts` and `process-name.ts` what names them.
 *
 * @packageDocumentation
 */
export { type DamagedLine, jsonlStore, type JsonlStoreOptions } from './jsonl-store.ts'
