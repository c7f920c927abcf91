import { ALGORITHMS } from './algorithms.ts'
import type { AlgorithmName } from './algorithms.ts'
import { plain } from './paint.ts'
import type { Paint } from './paint.ts'

/** How far the searches of one algorithm are. */
export interface Progress {
  readonly algorithm: AlgorithmName
  /** Runs that ended, and runs in all. */
  readonly seedsDone: number
  readonly seeds: number
  /** Trials that ended over all runs, and the most there can be. */
  readonly trialsDone: number
  readonly trials: number
  /** Search time so far. */
  readonly milliseconds: number
  /** The best validation accuracy so far in percent; undefined before the first trial. */
  readonly best: number | undefined
  /** Runs that found the best cell of the table. */
  readonly hits: number
}

/** What a progress line is drawn for. */
export interface ProgressOptions {
  /** Columns; the lines are never longer. */
  readonly width: number
  readonly paint?: Paint
}

const BAR = { least: 8, most: 32 } as const

/**
 * One line an algorithm, with a bar, trials a second, and the best accuracy so far; then, as far as the width allows,
 * the runs that ended and those that found the best cell. All lines have their columns at the same places.
 */
export function progressLines(all: readonly Progress[], { width, paint = plain }: ProgressOptions): string[] {
  const nameWidth = Math.max(...all.map(({ algorithm }) => algorithm.length))
  const seedsWidth = Math.max(...all.map(({ seeds }) => String(seeds).length))
  return all.map((progress) => {
    const { algorithm, seedsDone, seeds, hits } = progress
    const speed = `${speedOf(progress).padStart(9)} trials/s`
    const best = `best ${(progress.best?.toFixed(2) ?? '–').padStart(5)} %`
    const ended = `${String(seedsDone).padStart(seedsWidth)}/${seeds} seeds`
    const found = `${String(hits).padStart(seedsWidth)} found the optimum`
    // From the fullest form to the shortest that still says what is going on.
    const forms: { name: number; fields: string[] }[] = [
      { name: nameWidth, fields: [speed, best, ended, found] },
      { name: nameWidth, fields: [speed, best, ended] },
      { name: nameWidth, fields: [speed, best] },
      { name: 10, fields: [speed, best] },
      { name: 10, fields: [best] },
    ]
    const lengthOf = ({ name, fields }: (typeof forms)[number]): number =>
      name + fields.reduce((sum, text) => sum + 2 + text.length, 0)
    const form = forms.find((candidate) => lengthOf(candidate) + 2 + BAR.least <= width)
    if (form === undefined) return `${shorten(algorithm, 10)} ${best}`.slice(0, Math.max(width, 0))
    const bar = Math.min(width - lengthOf(form) - 2, BAR.most)
    const name = shorten(algorithm, form.name).padEnd(form.name)
    return [
      paint(ALGORITHMS[algorithm].colour.terminal, name),
      drawBar(progress, bar, paint),
      ...form.fields.map((text) => (text === best ? paint('bold', text) : text)),
    ].join('  ')
  })
}

/** The same in one line for a pipe or a log, where nothing can be redrawn. */
export function progressSentence(progress: Progress): string {
  const { algorithm, seedsDone, seeds, trialsDone, hits } = progress
  return (
    `${algorithm}: ${seedsDone}/${seeds} seeds, ${trialsDone.toLocaleString('en-US')} trials, ` +
    `${speedOf(progress)} trials/s, best ${progress.best?.toFixed(2) ?? '–'} %, ${hits} found the optimum`
  )
}

function speedOf({ trialsDone, milliseconds }: Progress): string {
  return milliseconds > 0 ? Math.round((trialsDone * 1000) / milliseconds).toLocaleString('en-US') : '–'
}

/** The done part is heavy and the rest light, so that it reads without colour. */
function drawBar({ algorithm, trialsDone, trials, seedsDone, seeds }: Progress, width: number, paint: Paint): string {
  // An exhausted space ends runs before their trials are used up.
  const share = seedsDone === seeds ? 1 : trials > 0 ? Math.min(trialsDone / trials, 1) : 0
  const halves = Math.floor(share * width * 2)
  const done = '━'.repeat(halves >> 1) + (halves % 2 === 1 ? '╸' : '')
  const rest = '─'.repeat(width - done.length)
  return (
    (done === '' ? '' : paint(ALGORITHMS[algorithm].colour.terminal, done)) + (rest === '' ? '' : paint('dim', rest))
  )
}

function shorten(name: string, width: number): string {
  return name.length <= width ? name : `${name.slice(0, width - 1)}…`
}
