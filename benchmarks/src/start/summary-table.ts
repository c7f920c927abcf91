import { ALGORITHMS } from './algorithms.ts'
import { plain } from './paint.ts'
import type { Paint } from './paint.ts'
import type { SummaryRow } from './summary.ts'

/** What a table is drawn for. */
export interface SummaryTableOptions {
  /** Columns there are; a table that does not fit becomes one paragraph an algorithm. */
  readonly width: number
  readonly paint?: Paint
}

const FIGURES: readonly { readonly title: string; readonly of: (row: SummaryRow) => string }[] = [
  { title: 'median regret', of: ({ medianRegret }) => medianRegret.toFixed(2) },
  { title: 'hit rate', of: ({ hitRate }) => `${(hitRate * 100).toFixed(0)} %` },
  { title: 'median test', of: ({ medianTest }) => `${medianTest.toFixed(2)} %` },
  { title: 'trials/s', of: ({ trialsPerSecond }) => trialsPerSecond.toLocaleString('en-US') },
]

/** The summary as lines of text: a row an algorithm, figures right-aligned. */
export function summaryTable(rows: readonly SummaryRow[], { width, paint = plain }: SummaryTableOptions): string[] {
  if (rows.length === 0) return []
  const names = rows.map(({ algorithm }) => algorithm)
  const nameWidth = Math.max('algorithm'.length, ...names.map((name) => name.length))
  const columns = FIGURES.map(({ title, of }) => {
    const cells = rows.map(of)
    return { title, cells, width: Math.max(title.length, ...cells.map((cell) => cell.length)) }
  })
  const nameOf = (row: SummaryRow): string => paint(ALGORITHMS[row.algorithm].colour.terminal, row.algorithm)

  if (columns.reduce((sum, column) => sum + 3 + column.width, nameWidth) > width) {
    return rows.flatMap((row, index) => [
      nameOf(row),
      ...columns.map(({ title, cells }) => `  ${title.padEnd(13)}  ${cells[index] ?? ''}`),
    ])
  }
  const header = ['algorithm'.padEnd(nameWidth), ...columns.map((column) => column.title.padStart(column.width))]
  return [
    paint('dim', header.join('   ')),
    ...rows.map((row, index) =>
      [
        nameOf(row) + ' '.repeat(nameWidth - row.algorithm.length),
        ...columns.map((column) => (column.cells[index] ?? '').padStart(column.width)),
      ].join('   '),
    ),
  ]
}
