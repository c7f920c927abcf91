/**
 * The measurements behind `script/bench`: what this library costs, and beside it what PyGlove costs for the same work.
 *
 * - A **row** is one figure: a name, a unit, and a way to measure it (`row.ts`). Rows are grouped in **suites**
 *   (`suites.ts`): `core` objects, `space` DNA, `search` studies, `package` what a user loads.
 * - A **workload** is what a row does. `programs.ts` has the objects and spaces; `benchmarks/peers/README.md` describes
 *   every workload once, for both sides.
 * - Each of our rows runs in a process of its own (`row-process.ts`), so that no figure depends on which rows ran
 *   before it: the engine's type feedback and the heap start empty every time.
 * - The **peer** is a program in another language that answers row names (`pyglove-peer.ts`). It is asked directly after
 *   our own row, since what counts is the ratio, and a shared machine's speed drifts.
 *
 * The harness is our own because the rows lie between 10 nanoseconds and a second: `tinybench` reads the clock around
 * every call, which would drown the small ones; `timing.ts` times calibrated batches instead. It imports `mitten` only by
 * its public entry points, as a user would.
 */
export { parseArguments, usage, UsageError, type Arguments } from './arguments.ts'
export { compare, jsonRow, type Comparison } from './comparison.ts'
export { PeerUnavailableError, preparePyglove, startPeer, type Peer } from './pyglove-peer.ts'
export type { Row } from './row.ts'
export { measureInProcess } from './row-process.ts'
export { rowsOf } from './suites.ts'
export { tableHeader, tableLine } from './table.ts'
