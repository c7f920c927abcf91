import { EDGES } from './cell-code.ts'
import type { CellEdges, EdgeName } from './cell-code.ts'

/** How the parts of a drawing are coloured; without it the drawing is plain text. */
interface DrawingStyle {
  readonly node: (text: string) => string
  readonly edge: (text: string) => string
  readonly operation: (text: string) => string
  /** Edges that carry `none`. */
  readonly absent: (text: string) => string
}

/** Options of `drawCell`. */
export interface DrawingOptions {
  /** The columns there are; below 75 the cell is drawn as a list of edges. Default 80. */
  readonly width?: number
  readonly style?: DrawingStyle
}

const same = (text: string): string => text
const PLAIN: DrawingStyle = { node: same, edge: same, operation: same, absent: same }

/** The four nodes on the middle line, with the columns they take. */
const NODES = [
  { label: '(in)', start: 1, end: 4 },
  { label: '(1)', start: 24, end: 26 },
  { label: '(2)', start: 46, end: 48 },
  { label: '(out)', start: 68, end: 72 },
] as const

const DRAWING_WIDTH = 75

type Part = keyof DrawingStyle

/**
 * The cell as a graph in text: node 0 (`in`), 1, 2 and 3 (`out`) on one line, the long edges above and below, each
 * with its operation. Edges that carry `none` are dotted and have no arrow head.
 *
 * @returns lines separated by `\n`, without a last one; at most 73 columns, or 24 in a narrow terminal
 */
export function drawCell(cell: CellEdges, { width = 80, style = PLAIN }: DrawingOptions = {}): string {
  return width < DRAWING_WIDTH ? drawList(cell, style) : drawGraph(cell, style)
}

/** One edge a line, for terminals too narrow for the graph. */
function drawList(cell: CellEdges, style: DrawingStyle): string {
  const label = (node: number): string => ['in', '1', '2', 'out'][node] ?? ''
  return EDGES.map(({ name, from, to }) => {
    const operation = cell[name]
    const absent = operation === 'none'
    const line = absent ? style.absent('╌╌╌╌') : style.edge('───▶')
    return (
      `${style.node(label(from).padStart(2))} ${line} ${style.node(label(to).padEnd(3))}  ` +
      (absent ? style.absent(operation) : style.operation(operation))
    )
  }).join('\n')
}

/** A grid of characters, each with the part of the drawing it belongs to; a later write covers an earlier one. */
class Sheet {
  readonly #rows: { text: string; part: Part }[][]

  constructor(rows: number, columns: number) {
    this.#rows = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => ({ text: ' ', part: 'edge' as const })),
    )
  }

  write(row: number, column: number, text: string, part: Part): void {
    for (const [offset, character] of Array.from(text).entries()) {
      const cell = this.#rows[row]?.[column + offset]
      if (cell !== undefined) Object.assign(cell, { text: character, part })
    }
  }

  render(style: DrawingStyle): string {
    return this.#rows
      .map((row) => {
        const used = row.findLastIndex(({ text }) => text !== ' ') + 1
        let line = ''
        for (let start = 0; start < used;) {
          const part = row[start]?.part ?? 'edge'
          let end = start
          while (end < used && row[end]?.part === part) end += 1
          const text = row
            .slice(start, end)
            .map((cell) => cell.text)
            .join('')
          line += text.trim() === '' ? text : style[part](text)
          start = end
        }
        return line
      })
      .join('\n')
  }
}

function drawGraph(cell: CellEdges, style: DrawingStyle): string {
  const sheet = new Sheet(7, DRAWING_WIDTH)
  const middle = 4
  for (const node of NODES) sheet.write(middle, node.start, node.label, 'node')
  straight('edge01', 0, 1)
  straight('edge12', 1, 2)
  straight('edge23', 2, 3)
  // The two arcs above end side by side on `out`, the outer one on the outside, so that no lines cross.
  arc('edge03', 2, 71, 0)
  arc('edge13', 25, 69, 2)
  arc('edge02', 2, 47, 6)
  return sheet.render(style)

  function straight(name: EdgeName, from: 0 | 1 | 2, to: 1 | 2 | 3): void {
    const start = NODES[from].end + 1
    const end = NODES[to].start - 1
    const absent = cell[name] === 'none'
    sheet.write(middle, start, (absent ? '╌' : '─').repeat(end - start + 1), absent ? 'absent' : 'edge')
    if (!absent) sheet.write(middle, end, '▶', 'edge')
    label(name, middle, start, absent ? end : end - 1)
  }

  function arc(name: EdgeName, from: number, to: number, row: number): void {
    const absent = cell[name] === 'none'
    const part = absent ? 'absent' : 'edge'
    const above = row < middle
    const corners = above ? '╭╮' : '╰╯'
    sheet.write(row, from, `${corners[0]}${(absent ? '╌' : '─').repeat(to - from - 1)}${corners[1]}`, part)
    label(name, row, from + 1, to - 1)
    const step = above ? 1 : -1
    for (let between = row + step; between !== middle; between += step) {
      const arrives = between === middle - step
      sheet.write(between, from, absent ? '╎' : '│', part)
      sheet.write(between, to, absent ? '╎' : arrives ? (above ? '▼' : '▲') : '│', part)
    }
  }

  function label(name: EdgeName, row: number, start: number, end: number): void {
    const text = ` ${cell[name]} `
    const column = start + Math.floor((end - start + 1 - text.length) / 2)
    sheet.write(row, column, text, cell[name] === 'none' ? 'absent' : 'operation')
  }
}
