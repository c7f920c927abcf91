/** The parts of `script/test`: a step has a name and yields checks, and every check is counted. */
import { spawn } from 'node:child_process'
import { root } from './layout.ts'

/** One counted result. */
export interface Check {
  readonly name: string
  readonly status: 'passed' | 'failed' | 'skipped'
  /** What a reader needs to act: the output of what failed, or the reason of a skip. */
  readonly detail?: string
  /** A figure worth showing although the check passed. */
  readonly note?: string
}

/** A named part of the run. A step that throws counts as one failed check. */
export interface Step {
  readonly name: string
  readonly run: () => Promise<readonly Check[]>
}

export function passed(name: string, note?: string): Check {
  return note === undefined ? { name, status: 'passed' } : { name, status: 'passed', note }
}

export function failed(name: string, detail: string): Check {
  return { name, status: 'failed', detail }
}

/**
 * What this machine lacks, named. In continuous integration nothing may be lacking, so there the same is a failure.
 *
 * @param reason - what is missing and how to get it
 */
export function lacking(name: string, reason: string): Check {
  return { name, status: process.env['CI'] ? 'failed' : 'skipped', detail: reason }
}

/** How a child process ended. */
export interface Ended {
  /** The exit status; 124 when it ran past its limit. */
  readonly status: number
  readonly stdout: string
  /** Standard output and standard error in the order they came. */
  readonly output: string
}

/** Settings of {@link execute}. */
export interface ExecuteOptions {
  /** Working directory; the repository's root unless given. */
  readonly cwd?: string
  /** Added to this process's environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Seconds until the process is killed; 300 unless given. */
  readonly limit?: number
}

/** Runs a program to its end, without a shell and without standard input. Never rejects for a non-zero status. */
export function execute(program: string, args: readonly string[], options: ExecuteOptions = {}): Promise<Ended> {
  const { cwd = root, env = {}, limit = 300 } = options
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    let late = false
    const timer = setTimeout(() => {
      late = true
      output += `\nstopped after ${limit} s`
      child.kill('SIGKILL')
    }, limit * 1000)
    child.on('error', reject)
    child.on('close', (status) => {
      clearTimeout(timer)
      resolve({ status: late ? 124 : (status ?? 1), stdout, output })
    })
  })
}

/** A check that a program exits with 0; its output is shown when it does not. */
export async function succeeds(
  name: string,
  program: string,
  args: readonly string[],
  options?: ExecuteOptions,
): Promise<Check> {
  const { status, output } = await execute(program, args, options)
  return status === 0 ? passed(name) : failed(name, output.trim() || `${program} ended with status ${status}`)
}

/** The arguments with which Node runs a TypeScript file, also before 22.18, where that still needed a flag. */
export const typeStripping: readonly string[] = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
