import { field, oneOf, symbolic } from 'mitten'
import { OPERATIONS } from './cell-code.ts'

/**
 * A cell of NAS-Bench-201: a directed acyclic graph of four nodes with one operation on each of its six edges.
 * Node 0 is the input and node 3 the output; the value of a node is the sum of what its incoming edges deliver.
 */
export class Cell extends symbolic('nasbench201/Cell', {
  edge01: field.enum(OPERATIONS),
  edge02: field.enum(OPERATIONS),
  edge12: field.enum(OPERATIONS),
  edge03: field.enum(OPERATIONS),
  edge13: field.enum(OPERATIONS),
  edge23: field.enum(OPERATIONS),
}) {}

/** The search space: a cell whose six edges are open, 5⁶ = 15,625 cells. */
export function space(): Cell {
  return new Cell({
    edge01: oneOf(OPERATIONS),
    edge02: oneOf(OPERATIONS),
    edge12: oneOf(OPERATIONS),
    edge03: oneOf(OPERATIONS),
    edge13: oneOf(OPERATIONS),
    edge23: oneOf(OPERATIONS),
  })
}
