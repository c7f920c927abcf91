import { ALGORITHMS } from './algorithms.ts'
import { accuracyRange, axis } from './axis.ts'
import type { Curve } from './best-so-far.ts'

/** The words on a picture of best-so-far curves, and its reference line. */
export interface SvgPlotOptions {
  readonly title: string
  readonly subtitle: string
  /** The best value there is, drawn as a dashed line. */
  readonly optimum: number
}

const WIDTH = 880
const HEIGHT = 540
const PLOT = { left: 76, right: 852, top: 112, bottom: 476 } as const

const INK = '#1f2933'
const MUTED = '#5f6b7a'
const GRID = '#e6e9ee'

/**
 * Best-so-far curves as an SVG picture: a line for each median, a shaded band between the quartiles.
 *
 * @returns one complete SVG document of fixed size, on a white ground, without references to anything outside
 */
export function plotAsSvg(curves: readonly Curve[], options: SvgPlotOptions): string {
  const { title, subtitle, optimum } = options
  const range = accuracyRange(curves, optimum)
  const values = axis(range.min, range.max, 8)
  const last = Math.max(2, ...curves.map(({ trials }) => trials.at(-1) ?? 1))
  const times = axis(1, last, 8, true)

  const x = (trial: number): string => decimal(PLOT.left + ((trial - 1) / (last - 1)) * (PLOT.right - PLOT.left))
  const y = (value: number): string => {
    const share = (range.max - value) / (range.max - range.min)
    // What lies below the picture is cut off by the clip path; the number only has to stay sensible.
    return decimal(PLOT.top + Math.min(share, 4) * (PLOT.bottom - PLOT.top))
  }

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" ` +
      `role="img" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" fill="${INK}">`,
    `<title>${escape(title)}</title>`,
    `<desc>${escape(`${subtitle} ${curves.map(describe).join(' ')}`)}</desc>`,
    `<defs><clipPath id="plot"><rect x="${PLOT.left}" y="${PLOT.top}" width="${PLOT.right - PLOT.left}" ` +
      `height="${PLOT.bottom - PLOT.top}"/></clipPath></defs>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(24, 36, title, 'font-size="19" font-weight="600"'),
    text(24, 59, subtitle, `font-size="13.5" fill="${MUTED}"`),
    ...legend(),
    ...grid(),
    `<g clip-path="url(#plot)">`,
    `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(optimum)}" y2="${y(optimum)}" stroke="${MUTED}" ` +
      `stroke-width="1.25" stroke-dasharray="5 4"/>`,
    ...curves.map(band),
    // The first curve is drawn last: it is the one asked for first.
    ...curves.toReversed().map(line),
    `</g>`,
    `<path d="M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}" fill="none" stroke="${MUTED}"/>`,
    `</svg>`,
    '',
  ].join('\n')

  function grid(): string[] {
    const clear = (tick: number): boolean => Math.abs(Number(y(tick)) - Number(y(optimum))) > 14
    return [
      ...values.ticks.map(
        (tick) =>
          `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="${GRID}"/>` +
          (clear(tick) ? yLabel(tick, tick.toFixed(values.decimals), MUTED) : ''),
      ),
      yLabel(optimum, optimum.toFixed(Math.max(values.decimals, 2)), INK),
      ...times.ticks.map((tick) => xLabel(tick)),
      ...(times.ticks[0] === 1 ? [] : [xLabel(1)]),
      text(
        (PLOT.left + PLOT.right) / 2,
        PLOT.bottom + 48,
        'trials',
        `font-size="13.5" text-anchor="middle" fill="${MUTED}"`,
      ),
      text(
        0,
        0,
        'best validation accuracy so far, %',
        `font-size="13.5" text-anchor="middle" fill="${MUTED}" ` +
          `transform="translate(22 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)"`,
      ),
    ]
  }

  function yLabel(value: number, label: string, fill: string): string {
    return text(PLOT.left - 10, Number(y(value)) + 4.5, label, `font-size="13" text-anchor="end" fill="${fill}"`)
  }

  function xLabel(trial: number): string {
    return (
      `<line x1="${x(trial)}" x2="${x(trial)}" y1="${PLOT.bottom}" y2="${PLOT.bottom + 5}" stroke="${MUTED}"/>` +
      text(
        Number(x(trial)),
        PLOT.bottom + 22,
        trial.toLocaleString('en-US'),
        `font-size="13" text-anchor="middle" fill="${MUTED}"`,
      )
    )
  }

  function legend(): string[] {
    let left = 24
    const entries = curves.map(({ algorithm, median }) => {
      const label = (median.at(-1) ?? 0) < range.min ? `${algorithm} (below the axis)` : algorithm
      const colour = ALGORITHMS[algorithm].colour.svg
      const entry =
        `<rect x="${left}" y="78" width="30" height="14" rx="2" fill="${colour}" fill-opacity="0.18"/>` +
        `<line x1="${left}" x2="${left + 30}" y1="85" y2="85" stroke="${colour}" stroke-width="2.5"/>` +
        text(left + 38, 89.5, label, 'font-size="13.5"')
      left += 38 + label.length * 7.4 + 26
      return entry
    })
    return [
      ...entries,
      `<line x1="${decimal(left)}" x2="${decimal(left + 30)}" y1="85" y2="85" stroke="${MUTED}" stroke-width="1.25" ` +
        `stroke-dasharray="5 4"/>`,
      text(left + 38, 89.5, 'best of the table', `font-size="13.5" fill="${MUTED}"`),
    ]
  }

  /** The upper quartile from left to right, then the lower one back. */
  function band({ algorithm, trials, lower, upper }: Curve): string {
    const floor = changes(trials, lower)
    let back = ''
    for (let at = floor.length - 1; at >= 0; at -= 1) {
      const { trial, value } = floor[at] ?? { trial: 1, value: 0 }
      back += `V${y(value)}H${x(trial)}`
    }
    const fill = ALGORITHMS[algorithm].colour.svg
    return `<path d="${forward(trials, upper)}${back}Z" fill="${fill}" fill-opacity="0.18"/>`
  }

  function line({ algorithm, trials, median }: Curve): string {
    const stroke = ALGORITHMS[algorithm].colour.svg
    const path = forward(trials, median)
    return `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="2.5" stroke-linejoin="round"/>`
  }

  /** A step function from left to right: on to where it changes, then up. */
  function forward(trials: readonly number[], series: readonly number[]): string {
    const path = changes(trials, series).map(({ trial, value }, at) =>
      at === 0 ? `M${x(trial)} ${y(value)}` : `H${x(trial)}V${y(value)}`,
    )
    return `${path.join('')}H${x(trials.at(-1) ?? 1)}`
  }
}

/** Where a series takes another value, its beginning included. */
function changes(trials: readonly number[], series: readonly number[]): { trial: number; value: number }[] {
  return trials.flatMap((trial, at) => {
    const value = series[at] ?? 0
    return at > 0 && series[at - 1] === value ? [] : [{ trial, value }]
  })
}

function describe({ algorithm, runs, median, trials }: Curve): string {
  return `${algorithm}: median ${(median.at(-1) ?? 0).toFixed(2)} % after ${trials.at(-1) ?? 0} trials, ${runs} runs.`
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${decimal(x)}" y="${decimal(y)}" ${attributes}>${escape(content)}</text>`
}

/** A coordinate with no more digits than a screen can show. */
function decimal(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
