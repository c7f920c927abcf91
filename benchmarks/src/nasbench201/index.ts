/**
 * NAS-Bench-201 as a search task: 15,625 neural cells, each trained before, so that a search over architectures costs
 * microseconds a trial and its result can be compared with the true optimum.
 *
 * | File           | What it is                                                                     |
 * | -------------- | ------------------------------------------------------------------------------ |
 * | `cell.ts`      | the cell as a symbolic class, and the search space                             |
 * | `task.ts`      | the reward (`evaluate`), and what a report says of a cell: rank, regret, test  |
 * | `cell-code.ts` | operations, edges, and the number and the notations of a cell                  |
 * | `table.ts`     | the loader of datasets/nasbench201                                             |
 * | `drawing.ts`   | a cell as a graph in text                                                      |
 */
export { space } from './cell.ts'
export { architectureString, cellEdges, cellKey } from './cell-code.ts'
export type { CellEdges } from './cell-code.ts'
export { drawCell } from './drawing.ts'
export { DATASETS, TableError } from './table.ts'
export type { Dataset } from './table.ts'
export { evaluate, networkSize, optimum, rank, regret, testAccuracy } from './task.ts'
