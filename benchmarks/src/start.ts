/**
 * The main job: races search algorithms on NAS-Bench-201 and reports what they found. `script/start` runs it.
 *
 * Exit status: 0; 1 when the table or the picture could not be read or written; 2 for bad options; 130 after Ctrl-C,
 * with the summary of what there was until then.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { optimum, TableError } from './nasbench201/index.ts'
import { runLine, summaryLine } from './start/json-lines.ts'
import { LiveLines } from './start/live-lines.ts'
import { parseOptions } from './start/options.ts'
import type { StartOptions } from './start/options.ts'
import { coloured, plain } from './start/paint.ts'
import type { Paint } from './start/paint.ts'
import { progressLines, progressSentence } from './start/progress.ts'
import type { Progress } from './start/progress.ts'
import { race } from './start/race.ts'
import { curvePicture, heading, report } from './start/report.ts'
import type { Run } from './start/run.ts'

const { stdout, stderr } = process

process.exitCode = await start(process.argv.slice(2))

async function start(args: readonly string[]): Promise<number> {
  // A reader that has seen enough (`| head`) is no error of ours.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit()
    })
  }
  const parsed = parseOptions(args, { out: (text) => stdout.write(text), error: (text) => stderr.write(text) })
  if ('exitCode' in parsed) return parsed.exitCode
  const { options } = parsed
  try {
    optimum({ dataset: options.dataset })
  } catch (error) {
    if (!(error instanceof TableError)) throw error
    stderr.write(`${error.message}\n`)
    return 1
  }

  const interrupt = listenForInterrupt()
  const runs = options.json ? await raceInJson(options, interrupt.signal) : await raceInText(options, interrupt.signal)
  const written = writePicture(runs, options)
  return interrupt.status() ?? (written ? 0 : 1)
}

async function raceInText(options: StartOptions, signal: AbortSignal): Promise<Run[]> {
  const paint = paintOf(stdout)
  stdout.write(`${heading(options, { width: widthOf(stdout), paint })}\n`)
  const runs = await (canRedraw(stdout) ? raceLive(options, signal, stdout) : racePlain(options, signal))
  if (signal.aborted) stdout.write('\nInterrupted. This is what there was until then.\n')
  stdout.write(`\n${report(runs, { width: widthOf(stdout), paint })}\n`)
  return runs
}

async function raceInJson(options: StartOptions, signal: AbortSignal): Promise<Run[]> {
  const onRun = (run: Run): void => {
    stdout.write(`${runLine(run)}\n`)
  }
  // A person who sends the lines to a file still wants to see how far it is.
  const watched = canRedraw(stderr) && !stdout.isTTY
  const runs = await (watched ? raceLive(options, signal, stderr, onRun) : race({ ...options, signal, onRun }))
  stdout.write(`${summaryLine(runs)}\n`)
  return runs
}

/** A race with progress lines that are drawn over. */
async function raceLive(
  options: StartOptions,
  signal: AbortSignal,
  stream: NodeJS.WriteStream,
  onRun: (run: Run) => void = () => undefined,
): Promise<Run[]> {
  const lines = new LiveLines(stream)
  const paint = paintOf(stream)
  try {
    return await race({
      ...options,
      signal,
      onRun,
      // One column is left free: some terminals wrap when the last one is written.
      onProgress: (progress) => lines.draw(progressLines(progress, { width: widthOf(stream) - 1, paint })),
    })
  } finally {
    lines.end()
  }
}

/** A race with a line each time an algorithm has done another fifth of its seeds. */
function racePlain(options: StartOptions, signal: AbortSignal): Promise<Run[]> {
  const fifth = Math.max(1, Math.ceil(options.seeds / 5))
  const onRun = (_run: Run, progress: Progress): void => {
    if (progress.seedsDone % fifth === 0 || progress.seedsDone === progress.seeds) {
      stdout.write(`${progressSentence(progress)}\n`)
    }
  }
  return race({ ...options, signal, onRun })
}

/** Writes the curves where they are asked for; false when that failed. */
function writePicture(runs: readonly Run[], { json, output, dataset }: StartOptions): boolean {
  const [first, ...others] = runs
  const folder = output ?? (json ? undefined : 'output')
  if (first === undefined || folder === undefined) return true
  const file = join(folder, `nasbench201-${dataset}.svg`)
  const words = json ? stderr : stdout
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, curvePicture([first, ...others]))
  } catch (error) {
    stderr.write(`The curve was not written: ${error instanceof Error ? error.message : String(error)}\n`)
    return false
  }
  words.write(`${json ? '' : '\n'}The curve as a picture: ${file}\n`)
  return true
}

/** Ctrl-C ends the race in good order; a second one ends the program at once. */
function listenForInterrupt(): { readonly signal: AbortSignal; readonly status: () => number | undefined } {
  const controller = new AbortController()
  let status: number | undefined
  const listen = (signal: NodeJS.Signals, exitStatus: number): void => {
    process.on(signal, () => {
      if (status !== undefined) process.exit(exitStatus)
      status = exitStatus
      controller.abort()
    })
  }
  listen('SIGINT', 130)
  listen('SIGTERM', 143)
  return { signal: controller.signal, status: () => status }
}

function canRedraw(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && process.env['TERM'] !== 'dumb'
}

function paintOf(stream: NodeJS.WriteStream): Paint {
  // `hasColors` follows NO_COLOR and FORCE_COLOR; only terminals have it.
  return stream.isTTY && stream.hasColors() ? coloured : plain
}

function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY && stream.columns > 0 ? stream.columns : 80
}
