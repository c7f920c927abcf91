/** PyGlove beside us: a Python virtual environment of its own, and in it a process that measures rows on request. */
import { execFile, spawn } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import type { Measured } from './row.ts'

const run = promisify(execFile)

/** The folder of the Python program and of what it requires. */
const peerFolder = join(import.meta.dirname, '..', '..', 'peers', 'pyglove')

/** The virtual environment; it ignores itself in git, and deleting it is always safe. */
const environmentFolder = join(import.meta.dirname, '..', '..', '.venv-pyglove')

/** The peer cannot run here; the message says why. Not a failure of the benchmark: ours runs alone. */
export class PeerUnavailableError extends Error {
  override readonly name = 'PeerUnavailableError'
}

/** What the peer says to a row: a figure, why it failed, or that it has no such row. */
type PeerAnswer = { readonly measured: Measured } | { readonly error: string } | 'no such row'

/** A running peer. It measures one row at a time. */
export interface Peer {
  /** Name and version, such as `pyglove 0.4.5`. */
  readonly name: string
  /** The version of the Python that runs it. */
  readonly python: string
  measure(row: string): Promise<PeerAnswer>
  /** Ends the process. */
  close(): void
}

/**
 * Makes the virtual environment, or takes the one that an earlier run made for the same requirements and Python.
 *
 * @param say - told what takes a while
 * @returns the path of the environment's Python
 * @throws PeerUnavailableError without Python 3, without its `venv` module, or when the packages cannot be installed
 */
export async function preparePyglove(say: (text: string) => void): Promise<string> {
  const [command, version] = await findPython()
  const requirements = join(peerFolder, 'requirements.txt')
  // The stamp is written last: an environment without it, or with another one, was not finished or is for other packages.
  const stamp = `${version}\n${await readFile(requirements, 'utf8')}`
  const stampFile = join(environmentFolder, 'requirements.stamp')
  const python =
    process.platform === 'win32'
      ? join(environmentFolder, 'Scripts', 'python.exe')
      : join(environmentFolder, 'bin', 'python')
  const found = await readFile(stampFile, 'utf8').catch(() => undefined)
  if (found === stamp && (await works(python))) return python

  say(`making a virtual environment with PyGlove in benchmarks/.venv-pyglove (Python ${version})`)
  await rm(environmentFolder, { recursive: true, force: true })
  await mkdir(environmentFolder, { recursive: true })
  await writeFile(join(environmentFolder, '.gitignore'), '*\n')
  try {
    await run(command, ['-m', 'venv', environmentFolder])
  } catch (error) {
    throw new PeerUnavailableError(`Python cannot make a virtual environment: ${lastLine(error)}`, { cause: error })
  }
  try {
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  } catch (error) {
    throw new PeerUnavailableError(`pip cannot install PyGlove: ${lastLine(error)}`, { cause: error })
  }
  await writeFile(stampFile, stamp)
  return python
}

/** The command and the version of a Python 3 that can make environments. */
async function findPython(): Promise<readonly [command: string, version: string]> {
  let reason = 'Python 3 was not found'
  for (const command of ['python3', 'python']) {
    try {
      const { stdout } = await run(command, ['-c', 'import platform; print(platform.python_version())'])
      const version = stdout.trim()
      if (!version.startsWith('3.')) continue
      // Debian ships Python without the module that gives an environment its pip.
      reason = `Python ${version} has no venv module (Debian has it in python3-venv)`
      await run(command, ['-c', 'import ensurepip, venv'])
      return [command, version]
    } catch {
      // Not this one; the next may do.
    }
  }
  throw new PeerUnavailableError(reason)
}

async function works(python: string): Promise<boolean> {
  return run(python, ['-c', 'import sys']).then(
    () => true,
    () => false,
  )
}

/** The last line that a failed command wrote to standard error: the one that says what went wrong. */
function lastLine(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
  return stderr.trim().split('\n').at(-1) || String(error)
}

/** What the Python program prints, one object a line. */
type PeerLine =
  | { readonly peer: string; readonly python: string; readonly rows: readonly string[] }
  | { readonly name: string; readonly seconds: number; readonly check: number | null }
  | { readonly name: string; readonly error: string }

/**
 * Starts the peer's process and waits until it has imported its library.
 *
 * @param python - the environment's Python, from `preparePyglove`
 * @throws Error when the program ends before it said which rows it has
 */
export async function startPeer(python: string): Promise<Peer> {
  const child = spawn(python, [join(peerFolder, 'rows.py'), '--serve'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Leaves no __pycache__ beside the source.
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  // Its last words may come after the end of its output.
  const ended = new Promise<void>((resolve) => {
    child.on('close', resolve).on('error', (error) => {
      complaint += error.message
      resolve()
    })
  })
  // Without a listener a broken pipe would be thrown at the whole program; the missing answer tells it as well.
  child.stdin.on('error', () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

  const read = async (): Promise<PeerLine> => {
    const line = await lines.next()
    if (line.done === true) {
      await ended
      throw new Error(`PyGlove's process ended early\n${complaint.trim()}`)
    }
    return JSON.parse(line.value) as PeerLine // the program is ours
  }

  const hello = await read()
  if (!('peer' in hello)) throw new Error('expected the peer to name itself first')
  const rows = new Set(hello.rows)
  return {
    name: hello.peer,
    python: hello.python,
    async measure(row) {
      if (!rows.has(row)) return 'no such row'
      child.stdin.write(`${row}\n`)
      const line = await read()
      if ('error' in line) return { error: line.error }
      if (!('seconds' in line)) throw new Error(`expected the peer to answer ${row} with seconds`)
      return { measured: line.check === null ? { value: line.seconds } : { value: line.seconds, check: line.check } }
    },
    close() {
      child.stdin.end()
      child.kill()
    },
  }
}
