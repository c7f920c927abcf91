/** The five operations an edge of a cell may carry, in the order of the table's digits 0 to 4. */
export const OPERATIONS = ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3'] as const

/** One operation of the NAS-Bench-201 search space. */
type Operation = (typeof OPERATIONS)[number]

/** The six edges of a cell in the order of the table's digits: from node, to node, and the field of the cell. */
export const EDGES = [
  { name: 'edge01', from: 0, to: 1 },
  { name: 'edge02', from: 0, to: 2 },
  { name: 'edge12', from: 1, to: 2 },
  { name: 'edge03', from: 0, to: 3 },
  { name: 'edge13', from: 1, to: 3 },
  { name: 'edge23', from: 2, to: 3 },
] as const

/** The name of an edge: `edge01` leads from node 0 to node 1. */
export type EdgeName = (typeof EDGES)[number]['name']

/** What is read of a cell: the operation on each edge. A `Cell` is one; so is a plain object. */
export type CellEdges = Readonly<Record<EdgeName, Operation>>

/** How many cells there are: five operations on six edges. */
export const CELL_COUNT = OPERATIONS.length ** EDGES.length

const digitOf: ReadonlyMap<string, number> = new Map(OPERATIONS.map((operation, digit) => [operation, digit]))

/**
 * The number of a cell: its six digits read in base 5, first edge first.
 *
 * @returns an integer in [0, 15625); the rows of a `Table` are addressed by it
 * @throws RangeError when an edge holds something that is not an operation
 */
export function cellKey(cell: CellEdges): number {
  let key = 0
  for (const { name } of EDGES) {
    const digit = digitOf.get(cell[name])
    if (digit === undefined) {
      throw new RangeError(`${name}: expected one of ${OPERATIONS.join(', ')}, got ${String(cell[name])}`)
    }
    key = key * OPERATIONS.length + digit
  }
  return key
}

/** The six digits of a cell as the table writes them, such as `333132`. */
export function cellCode(key: number): string {
  return key.toString(OPERATIONS.length).padStart(EDGES.length, '0')
}

/**
 * The edges of the cell with the given number; the inverse of `cellKey`.
 *
 * @param key - an integer in [0, 15625)
 * @throws RangeError for any other number
 */
export function cellEdges(key: number): CellEdges {
  if (!Number.isInteger(key) || key < 0 || key >= CELL_COUNT) {
    throw new RangeError(`cell number: expected an integer in [0, ${CELL_COUNT}), got ${key}`)
  }
  const code = cellCode(key)
  return Object.fromEntries(
    EDGES.map(({ name }, position) => [name, OPERATIONS[Number(code[position])]]),
    // Six names and six operations: `fromEntries` forgets the names, nothing else.
  ) as CellEdges
}

/**
 * The cell in the notation of the NAS-Bench-201 paper: for each node its incoming edges, as `operation~source`.
 * Other tools for this benchmark read it.
 */
export function architectureString(cell: CellEdges): string {
  return [1, 2, 3]
    .map((node) => {
      const incoming = EDGES.filter(({ to }) => to === node)
      return `|${incoming.map(({ name, from }) => `${cell[name]}~${from}`).join('|')}|`
    })
    .join('+')
}
