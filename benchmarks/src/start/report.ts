import { architectureString, drawCell, networkSize, optimum, rank, regret, testAccuracy } from '../nasbench201/index.ts'
import type { Dataset } from '../nasbench201/index.ts'
import { summarizeCurve } from './best-so-far.ts'
import type { Curve } from './best-so-far.ts'
import { plain } from './paint.ts'
import type { Paint } from './paint.ts'
import type { Run } from './run.ts'
import { groupRuns, summarize } from './summary.ts'
import { summaryTable } from './summary-table.ts'
import { plotAsSvg } from './svg-plot.ts'
import { plotInTerminal } from './terminal-plot.ts'

/** What a report is drawn for. */
export interface ReportOptions {
  /** Columns of the terminal. */
  readonly width: number
  readonly paint?: Paint
}

/** How the three data sets are called in print. */
const TITLES: Readonly<Record<Dataset, string>> = {
  cifar10: 'CIFAR-10',
  cifar100: 'CIFAR-100',
  'imagenet16-120': 'ImageNet16-120',
}

/** What is about to be searched, before it begins. */
export function heading(
  plan: { readonly dataset: Dataset; readonly trials: number; readonly seeds: number },
  { width, paint = plain }: ReportOptions,
): string {
  const { dataset, trials, seeds } = plan
  const title = `NAS-Bench-201, ${TITLES[dataset]}`
  const facts =
    `15,625 cells, the best has ${optimum({ dataset }).toFixed(2)} % validation accuracy; ` +
    `${count(seeds, 'search', 'searches')} of ${count(trials, 'trial', 'trials')} per algorithm`
  return [paint('bold', title), ...wrap(facts, width).map((line) => paint('dim', line)), ''].join('\n')
}

/** The whole report on the runs there are: best cell, table, and best-so-far curves. */
export function report(runs: readonly Run[], { width, paint = plain }: ReportOptions): string {
  const [first] = runs
  if (first === undefined) return 'No trial ended, so there is nothing to report.'
  const { dataset } = first
  return [
    ...bestCell(runs, width, paint),
    '',
    ...partial(runs),
    ...summaryTable(summarize(runs), { width, paint }),
    ...wrap(
      'Regret: points of validation accuracy below the best of the 15,625 cells. Hit rate: searches that found it. ' +
        'Test: accuracy of the cell that was best on validation, which no search has seen.',
      width,
    ).map((line) => paint('dim', line)),
    '',
    ...curvePlot(runs, dataset, width, paint),
  ]
    .join('\n')
    .trimEnd()
}

/** The best-so-far curves as an SVG document. */
export function curvePicture(runs: readonly [Run, ...Run[]]): string {
  const { dataset } = runs[0]
  const curves = curvesOf(runs, 600)
  const seeds = Math.max(...curves.map((curve) => curve.runs))
  return plotAsSvg(curves, {
    title: `Search on NAS-Bench-201, ${TITLES[dataset]}`,
    subtitle:
      seeds === 1
        ? 'Best validation accuracy so far in one search per algorithm'
        : `Best validation accuracy so far: median of ${seeds} searches, shaded between the quartiles`,
    optimum: optimum({ dataset }),
  })
}

/** Columns of the names before the facts on a cell. */
const NAME_WIDTH = 12

function bestCell(runs: readonly Run[], width: number, paint: Paint): string[] {
  // The first run among equals, so that the same command shows the same cell.
  const run = runs.reduce((best, other) => (valueOf(other) > valueOf(best) ? other : best))
  const { best: cell, dataset, algorithm, seed, steps } = run
  const lack = regret(cell, { dataset })
  const { parameters, multiplyAdds } = networkSize(cell)
  const style = {
    node: (text: string) => paint('bold', text),
    edge: (text: string) => text,
    operation: (text: string) => paint('cyan', text),
    absent: (text: string) => paint('dim', text),
  }
  const facts: [string, string][] = [
    ['validation', `${valueOf(run).toFixed(2)} %`],
    ['test', `${testAccuracy(cell, { dataset }).toFixed(2)} %`],
    ['rank', `${rank(cell, { dataset }).toLocaleString('en-US')} of 15,625`],
    ['regret', lack === 0 ? '0: it is the best cell of the table' : `${lack.toFixed(2)} points to the best cell`],
    ['size', `${(parameters / 1e6).toFixed(2)} M parameters, ${(multiplyAdds / 1e6).toFixed(0)} M multiply-adds`],
    ['found by', `${algorithm}, seed ${seed}, trial ${steps.at(-1)?.trial.toLocaleString('en-US') ?? ''}`],
  ]
  // Worth copying into other tools, not worth breaking over lines.
  const notation: [string, string] = ['notation', architectureString(cell)]
  if (notation[1].length + NAME_WIDTH <= width) facts.push(notation)
  return [
    paint('bold', 'Best cell found'),
    '',
    drawCell(cell, { width, style }),
    '',
    ...facts.flatMap(([name, text]) =>
      wrap(text, width - NAME_WIDTH).map(
        (line, index) => paint('dim', (index === 0 ? name : '').padEnd(NAME_WIDTH)) + line,
      ),
    ),
  ]
}

/** A line for each algorithm whose figures come from a search that was cut short. */
function partial(runs: readonly Run[]): string[] {
  return groupRuns(runs).flatMap(([{ algorithm, complete, trials }]) =>
    complete ? [] : [`${algorithm} was stopped in its first search, after ${count(trials, 'trial', 'trials')}.`],
  )
}

function curvePlot(runs: readonly Run[], dataset: Dataset, width: number, paint: Paint): string[] {
  const plotWidth = Math.min(width, 100)
  const curves = curvesOf(runs, plotWidth * 2)
  const plot = plotInTerminal(curves, { width: plotWidth, optimum: optimum({ dataset }), paint })
  if (plot === '') return []
  const seeds = Math.max(...curves.map(({ runs }) => runs))
  const spread = seeds === 1 ? 'one search each' : `median and quartiles of ${seeds} searches`
  const title = wrap(`Best validation accuracy so far, by trial (${spread})`, width)
  return [...title.map((line) => paint('bold', line)), '', plot]
}

function curvesOf(runs: readonly Run[], points: number): Curve[] {
  return groupRuns(runs).map((group) => summarizeCurve(group, points))
}

function valueOf({ steps }: Run): number {
  return (steps.at(-1) ?? steps[0]).value
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}

/** Breaks a sentence between words. */
function wrap(sentence: string, width: number): string[] {
  const lines: string[] = []
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
