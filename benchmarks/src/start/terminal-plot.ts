import { ALGORITHMS } from './algorithms.ts'
import type { AlgorithmName } from './algorithms.ts'
import { accuracyRange, axis } from './axis.ts'
import type { Curve } from './best-so-far.ts'
import { plain } from './paint.ts'
import type { Paint } from './paint.ts'

/** Size and colour of a plot in the terminal. */
export interface TerminalPlotOptions {
  /** Columns in all, the labels of the axis included. */
  readonly width: number
  /** Rows of the plot itself, without the two of the lower axis. Default 14. */
  readonly height?: number
  /** The best value there is, drawn as a dotted line. */
  readonly optimum: number
  readonly paint?: Paint
}

/** The least columns a plot makes sense in. */
export const LEAST_PLOT_WIDTH = 36

/**
 * What a character of the plot shows: up to eight Braille dots and whose they are, or a letter of a label. Dots of a
 * line take the place of those of a band, so that the line stays thin.
 */
interface Spot {
  dots: number
  line: AlgorithmName | undefined
  band: AlgorithmName | undefined
  letter: string | undefined
}

/** The bit of each dot of a Braille character, by row and column. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const

/**
 * Best-so-far curves as text: each median a line of Braille dots with the name of its algorithm beside it, and between
 * the quartiles a lighter pattern. It can be read without colour.
 *
 * @returns lines separated by `\n`, none longer than `width`; an empty text for no curves or too little width
 */
export function plotInTerminal(curves: readonly Curve[], options: TerminalPlotOptions): string {
  const { width, height = 14, optimum, paint = plain } = options
  if (curves.length === 0 || width < LEAST_PLOT_WIDTH) return ''
  const range = accuracyRange(curves, optimum)
  const values = axis(range.min, range.max, Math.max(2, Math.round(height / 3)))
  const decimals = Math.max(values.decimals, 2)
  const gutter = Math.max(...values.ticks.map((tick) => tick.toFixed(decimals).length)) + 2
  const columns = width - gutter
  const last = Math.max(2, ...curves.map(({ trials }) => trials.at(-1) ?? 1))

  const spots: Spot[][] = Array.from({ length: height }, () =>
    Array.from({ length: columns }, () => ({ dots: 0, line: undefined, band: undefined, letter: undefined })),
  )
  const dotRow = (value: number): number =>
    Math.round(((range.max - value) / (range.max - range.min)) * (height * 4 - 1))

  const sampled = curves.map((curve) => sampleAt(curve, columns * 2, last))
  for (const [order, { algorithm, points }] of sampled.entries()) {
    for (const [x, point] of points.entries()) {
      const from = Math.max(dotRow(point.upper), 0)
      const to = Math.min(dotRow(point.lower), height * 4 - 1)
      // A quarter of the dots, shifted from curve to curve so that two bands that overlap are both seen.
      for (let y = from; y <= to; y += 1) if (x % 2 === order % 2 && y % 2 === 0) mark(x, y, algorithm, 'band')
    }
  }
  for (const { algorithm, points } of sampled.toReversed()) {
    let before: number | undefined
    for (const [x, { median }] of points.entries()) {
      const y = dotRow(median)
      // From the row before to this one, so that a jump is a line and not a gap.
      const end = before === undefined ? y : before < y ? before + 1 : before > y ? before - 1 : y
      for (let at = Math.min(y, end); at <= Math.max(y, end); at += 1) mark(x, at, algorithm, 'line')
      before = y
    }
  }
  const optimumRow = Math.floor(dotRow(optimum) / 4)
  placeNames()

  const labelled = new Map(values.ticks.map((tick) => [Math.floor(dotRow(tick) / 4), tick.toFixed(decimals)]))
  // The line of the optimum has the first claim on its row.
  labelled.set(optimumRow, optimum.toFixed(decimals))
  const rows = spots.map((row, index) => {
    const label = labelled.get(index)
    const edge = label === undefined ? `${' '.repeat(gutter - 1)}│` : `${label.padStart(gutter - 2)} ┤`
    return paint('dim', edge) + render(row, index === optimumRow)
  })
  return [...rows, ...trialAxis()].join('\n')

  function mark(x: number, y: number, algorithm: AlgorithmName, kind: 'line' | 'band'): void {
    const spot = spots[y >> 2]?.[x >> 1]
    if (spot === undefined || y < 0) return
    if (kind === 'line' && spot.line === undefined) spot.dots = 0
    spot.dots |= DOTS[(y & 3) as 0 | 1 | 2 | 3][(x & 1) as 0 | 1]
    spot[kind] = algorithm
  }

  /** Writes each name at the right, below its line where there is room, else above it; on no line and no other name. */
  function placeNames(): void {
    const ends = sampled
      .map(({ algorithm, points }) => ({ algorithm, row: Math.floor(dotRow(points.at(-1)?.median ?? 0) / 4), points }))
      .toSorted((a, b) => a.row - b.row)
    for (const { algorithm, row, points } of ends) {
      const text = row < height ? ` ${algorithm} ` : ` ${algorithm} (below) `
      // A curve that ends early (an exhausted space) has its name at its own end.
      const end = Math.min(columns, Math.max(Math.ceil(points.length / 2), text.length))
      const start = end - text.length
      if (start < 0) continue
      const below = Array.from({ length: Math.max(height - 1 - row, 0) }, (_, index) => row + 1 + index)
      const above = Array.from({ length: Math.min(row, height) }, (_, index) => Math.min(row, height) - 1 - index)
      const free = [...below.slice(0, 5), ...above, ...below.slice(5)].find((candidate) =>
        spots[candidate]?.slice(start, end).every(({ line, letter }) => line === undefined && letter === undefined),
      )
      if (free === undefined) continue
      for (const [offset, letter] of Array.from(text).entries()) {
        const spot = spots[free]?.[start + offset]
        if (spot !== undefined) Object.assign(spot, { letter, line: algorithm })
      }
    }
  }

  function render(row: readonly Spot[], optimumHere: boolean): string {
    const pieces: { text: string; algorithm: AlgorithmName | undefined; strong: boolean }[] = []
    for (const { dots, line, band, letter } of row) {
      const text = letter ?? (dots === 0 ? (optimumHere ? '┄' : ' ') : String.fromCodePoint(0x2800 + dots))
      const algorithm = line ?? band
      const strong = line !== undefined
      const previous = pieces.at(-1)
      if (previous !== undefined && previous.algorithm === algorithm && previous.strong === strong)
        previous.text += text
      else pieces.push({ text, algorithm, strong })
    }
    const tail = pieces.at(-1)
    if (tail !== undefined) tail.text = tail.text.trimEnd()
    return pieces
      .map(({ text, algorithm, strong }) => {
        if (text.trim() === '') return text
        if (algorithm === undefined) return paint('dim', text)
        const { terminal } = ALGORITHMS[algorithm].colour
        return paint(strong ? ['bold', terminal] : ['dim', terminal], text)
      })
      .join('')
  }

  function trialAxis(): string[] {
    const { ticks } = axis(1, last, Math.max(2, Math.floor(columns / 14)), true)
    const line = Array.from({ length: columns }, () => '─')
    const labels = Array.from({ length: columns + gutter }, () => ' ')
    let free = 0
    for (const tick of [1, ...ticks.filter((value) => value > 1)]) {
      const column = Math.round(((tick - 1) / (last - 1)) * (columns - 1))
      const text = tick.toLocaleString('en-US')
      const start = Math.min(gutter + column - Math.floor(text.length / 2), columns + gutter - text.length)
      if (start < free) continue
      line[column] = '┬'
      for (const [offset, character] of Array.from(text).entries()) labels[start + offset] = character
      free = start + text.length + 2
    }
    return [paint('dim', `${' '.repeat(gutter - 1)}└${line.join('')}`), paint('dim', labels.join('').trimEnd())]
  }
}

interface SampledCurve {
  readonly algorithm: AlgorithmName
  readonly points: { readonly lower: number; readonly median: number; readonly upper: number }[]
}

/** The curve at each dot column: the values at the last summarised trial not after the column's own. */
function sampleAt(curve: Curve, dotColumns: number, last: number): SampledCurve {
  const points: SampledCurve['points'] = []
  const end = curve.trials.at(-1) ?? 1
  let at = 0
  for (let x = 0; x < dotColumns; x += 1) {
    const trial = Math.round(1 + (x * (last - 1)) / (dotColumns - 1))
    if (trial > end && points.length > 0) break
    for (let next = curve.trials[at + 1]; next !== undefined && next <= trial; next = curve.trials[at + 1]) at += 1
    points.push({ lower: curve.lower[at] ?? 0, median: curve.median[at] ?? 0, upper: curve.upper[at] ?? 0 })
  }
  return { algorithm: curve.algorithm, points }
}
