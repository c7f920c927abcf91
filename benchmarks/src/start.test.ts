import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The program as it is built; `tsc -b` makes it. */
const program = fileURLToPath(new URL('../build/start.js', import.meta.url))

interface Outcome {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly error: string
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'))
  if (!existsSync(program)) throw new Error(`${program}: expected the built program; run tsc -b first`)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the program in an empty folder. `onFirstOutput` may end it early. */
function start(args: string, onFirstOutput?: (child: ReturnType<typeof spawn>) => void): Promise<Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
  const child = spawn(process.execPath, [program, ...args.split(' ').filter((word) => word !== '')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let error = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (out === '') onFirstOutput?.(child)
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text))
  child.on('error', reject)
  child.on('close', (code, signal) => resolve({ code, signal, out, error }))
  return promise
}

interface Line {
  readonly [key: string]: unknown
  readonly summary?: readonly Readonly<Record<string, unknown>>[]
}

const linesOf = (out: string): Line[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

describe('the main job', () => {
  it('holds what it promises on its default settings', { timeout: 60_000 }, async () => {
    const { code, out, error } = await start('--json')
    expect({ code, error }).toEqual({ code: 0, error: '' })
    const lines = linesOf(out)
    expect(lines).toHaveLength(101)
    const [random, evolution] = lines.at(-1)?.summary ?? []
    expect(random).toMatchObject({ algorithm: 'random', trials: 500, seeds: 50 })
    expect(evolution).toMatchObject({ algorithm: 'regularized-evolution', trials: 500, seeds: 50 })
    expect(random?.['hitRate']).toBeLessThanOrEqual(0.1)
    expect(evolution?.['hitRate']).toBeGreaterThanOrEqual(0.8)
    expect(Object.keys(evolution ?? {})).toEqual(
      'algorithm trials seeds medianRegret hitRate medianTest trialsPerSecond'.split(' '),
    )
    expect(existsSync(join(folder, 'output'))).toBe(false)
  })

  it('[T8] gives the same trials for the same seed', { timeout: 30_000 }, async () => {
    const args = '--json --trials 80 --seeds 2 --seed 7 --algorithm hill-climb --algorithm random'
    const digests = (out: string) => linesOf(out).map(({ algorithm, seed, digest }) => [algorithm, seed, digest])
    const [one, other] = [await start(args), await start(args)]
    expect(digests(other.out)).toEqual(digests(one.out))
    expect(digests(one.out).map(([algorithm, seed]) => [algorithm, seed])).toEqual([
      ['hill-climb', 7],
      ['random', 7],
      ['hill-climb', 8],
      ['random', 8],
      [undefined, undefined],
    ])
  })

  it('reports in plain lines to a pipe and writes the picture', { timeout: 30_000 }, async () => {
    const { code, out, error } = await start('--seeds 4 --trials 60 --dataset cifar100 --output pictures')
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toMatch(/^NAS-Bench-201, CIFAR-100\n/)
    expect(out).toMatch(/^random: 4\/4 seeds, 240 trials, [\d,]+ trials\/s, best [\d.]+ %, \d found the optimum$/m)
    expect(out).toMatch(/^Best cell found$/m)
    expect(out).toMatch(/^regularized-evolution +[\d.]+ +\d+ %/m)
    expect(out).not.toContain('\u001B')
    const file = /^The curve as a picture: (.+)$/m.exec(out)?.[1] ?? ''
    expect(file).toBe(join('pictures', 'nasbench201-cifar100.svg'))
    expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
  })

  it('refuses bad options with status 2, before it does anything', async () => {
    expect(await start('--trials many')).toMatchObject({
      code: 2,
      out: '',
      error: expect.stringContaining("'many' is invalid. Expected a whole number of at least 1."),
    })
    expect(await start('--help')).toMatchObject({ code: 0, error: '', out: expect.stringContaining('--algorithm') })
  })

  it('prints the summary so far on Ctrl-C and ends with status 130', { timeout: 30_000 }, async () => {
    const { code, out, error } = await start('--json --seeds 1000000 --trials 50', (child) => child.kill('SIGINT'))
    expect({ code, error }).toEqual({ code: 130, error: '' })
    const lines = linesOf(out)
    const summary = lines.at(-1)?.summary ?? []
    expect(summary.map(({ algorithm }) => algorithm)).toEqual(['random', 'regularized-evolution'])
    for (const { algorithm, seeds } of summary) {
      const finished = lines.filter((line) => line['algorithm'] === algorithm).length
      // The search that was stopped counts where it is the only one of its algorithm.
      expect(seeds).toBe(Math.max(1, finished))
    }
  })

  it('reports the one search there is when that is interrupted', { timeout: 30_000 }, async () => {
    const { code, out } = await start('--algorithm random --seeds 1 --trials 100000000', (child) => {
      setTimeout(() => child.kill('SIGINT'), 300)
    })
    expect(code).toBe(130)
    expect(out).toContain('Interrupted.')
    expect(out).toMatch(/^random was stopped in its first search, after [\d,]+ trials\.$/m)
    expect(out).toMatch(/^validation {2}\d/m)
  })

  it('is quiet when its reader has gone', { timeout: 30_000 }, async () => {
    const { code, error } = await start('--json --seeds 1000000 --trials 50', (child) => child.stdout?.destroy())
    expect({ code, error }).toEqual({ code: 0, error: '' })
  })

  it('says so when the picture cannot be written', { timeout: 30_000 }, async () => {
    // A file where a folder is wanted; it lies in the working folder, whose own path may hold spaces.
    writeFileSync(join(folder, 'taken'), '')
    const { code, error } = await start('--seeds 1 --trials 5 --output taken')
    expect(code).toBe(1)
    expect(error).toMatch(/^The curve was not written: /)
  })
})
