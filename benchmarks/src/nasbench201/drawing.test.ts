import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CELL_COUNT, cellEdges } from './cell-code.ts'
import type { CellEdges } from './cell-code.ts'
import { drawCell } from './drawing.ts'

const cellOf = (code: string): CellEdges => cellEdges(Number.parseInt(code, 5))
const anyCell = fc.integer({ min: 0, max: CELL_COUNT - 1 }).map(cellEdges)

describe('the drawing of a cell', () => {
  it('shows the best cell as a graph', () => {
    expect(`\n${drawCell(cellOf('333132'))}\n`).toBe(`
  ╭─────────────────────────── skip_connect ───────────────────────────╮
  │                                                                    │
  │                      ╭────────────── nor_conv_3x3 ───────────────╮ │
  │                      │                                           ▼ ▼
 (in)── nor_conv_3x3 ──▶(1)── nor_conv_3x3 ──▶(2)── nor_conv_1x1 ──▶(out)
  │                                            ▲
  ╰─────────────── nor_conv_3x3 ───────────────╯
`)
  })

  it('dots the edges that carry none', () => {
    expect(`\n${drawCell(cellOf('030040'))}\n`).toBe(`
  ╭╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌ none ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╮
  ╎                                                                    ╎
  ╎                      ╭────────────── avg_pool_3x3 ───────────────╮ ╎
  ╎                      │                                           ▼ ╎
 (in)╌╌╌╌╌╌ none ╌╌╌╌╌╌╌(1)╌╌╌╌╌╌ none ╌╌╌╌╌╌╌(2)╌╌╌╌╌╌ none ╌╌╌╌╌╌╌(out)
  │                                            ▲
  ╰─────────────── nor_conv_3x3 ───────────────╯
`)
  })

  it('lists the edges where the graph does not fit', () => {
    expect(`\n${drawCell(cellOf('310342'), { width: 40 })}\n`).toBe(`
in ───▶ 1    nor_conv_3x3
in ───▶ 2    skip_connect
 1 ╌╌╌╌ 2    none
in ───▶ out  nor_conv_3x3
 1 ───▶ out  avg_pool_3x3
 2 ───▶ out  nor_conv_1x1
`)
  })

  it('has an arrow head for each edge that carries something, each operation, and no line too long', () => {
    fc.assert(
      fc.property(anyCell, fc.integer({ min: 25, max: 120 }), (cell, width) => {
        const drawing = drawCell(cell, { width })
        const operations = Object.values(cell).toSorted()
        expect(drawing.match(/[▶▼▲]/g) ?? []).toHaveLength(operations.filter((name) => name !== 'none').length)
        expect((drawing.match(/none|\w+_\w+/g) ?? []).toSorted()).toEqual(operations)
        for (const line of drawing.split('\n')) {
          expect(line.length).toBeLessThanOrEqual(width)
          expect(line).toBe(line.trimEnd())
        }
      }),
    )
  })

  it('colours without changing the text', () => {
    const mark = (open: string) => (text: string) => `<${open}>${text}</>`
    const style = { node: mark('n'), edge: mark('e'), operation: mark('o'), absent: mark('a') }
    fc.assert(
      fc.property(anyCell, fc.constantFrom(40, 80), (cell, width) => {
        const coloured = drawCell(cell, { width, style })
        expect(coloured.replaceAll(/<[neoa/]>/g, '')).toBe(drawCell(cell, { width }))
        expect(coloured).toContain('<n>')
      }),
    )
  })
})
