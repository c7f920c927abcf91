import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const program = fileURLToPath(new URL('programs/search-on-file.mjs', import.meta.url))
// Enough that no twenty runs of a few dozen milliseconds come to the end.
const TRIALS = 4000
const KILLS = 20

/** The text of a child's output; `killAfter` ends it by SIGKILL so many milliseconds after it wrote its first record. */
async function search(directory: string, evaluations: string, killAfter?: number): Promise<string> {
  const child = spawn(process.execPath, [program, directory, String(TRIALS), evaluations], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let error = ''
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (error += data.toString()))
  const before = size(evaluations)
  if (killAfter !== undefined) void killWhenAtWork(child, evaluations, before, killAfter)
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('close', (...how) => resolve(how)),
  )
  // A warning about a torn line is no failure.
  if (signal === null && code !== 0) throw new Error(`the search ended with ${code}: ${error}`)
  return out
}

async function killWhenAtWork(child: ChildProcess, evaluations: string, before: number, after: number): Promise<void> {
  while (child.exitCode === null && size(evaluations) === before) await sleep(1)
  await sleep(after)
  child.kill('SIGKILL')
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function size(file: string): number {
  try {
    return readFileSync(file, 'utf8').length
  } catch {
    return 0
  }
}

describe('a search that is killed', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mitten-kill-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('[D5] resumes to the trials of an uninterrupted one after each of 20 kills', { timeout: 120_000 }, async () => {
    const expected = await search(join(folder, 'whole'), join(folder, 'whole.txt'))
    expect(expected.trim().split('\n')).toHaveLength(TRIALS)

    const evaluations = join(folder, 'killed.txt')
    // Moments from at once to some way into the run; each run begins where the one before was cut off.
    for (let kill = 0; kill < KILLS; kill++) {
      const out = await search(join(folder, 'killed'), evaluations, Math.random() * 40)
      // A run that prints its trials was over before it was killed, and would show nothing.
      expect(out, `the run of kill ${kill}`).toBe('')
    }
    expect(await search(join(folder, 'killed'), evaluations)).toBe(expected)

    // No finished trial was lost or run again: a trial is evaluated once more only if a kill came before its end was on
    // record, which can be once a kill.
    const evaluated = readFileSync(evaluations, 'utf8').trim().split('\n').map(Number)
    expect(new Set(evaluated).size).toBe(TRIALS)
    expect(evaluated.length - TRIALS).toBeLessThanOrEqual(KILLS)
    const ended = readFileSync(join(folder, 'killed', 'study.jsonl'), 'utf8').match(/"type":"ended","trial":\d+/g) ?? []
    expect(new Set(ended).size).toBe(TRIALS)
    expect(ended).toHaveLength(TRIALS)
  })
})
