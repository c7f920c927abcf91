/** [T8] The same bits on every Node that we support: programs run on the oldest and on the current one, and compared. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../layout.ts'
import { type Check, type Step, execute, failed, lacking, passed } from '../step.ts'

/** The oldest Node that `engines` admits, and the one that we develop on. */
const versions: readonly string[] = ['22.13', '24']

/** A program whose standard output may not depend on the engine. */
interface Program {
  readonly name: string
  /** Its file below the repository's root, then its arguments. */
  readonly command: readonly [string, ...string[]]
  /** Numbers of its JSON that measure time, and so differ. */
  readonly timings?: readonly string[]
}

/** Every algorithm of the main job, by its name on the command line. */
const algorithms = ['random', 'regularized-evolution', 'hill-climb', 'sweep'].flatMap((name) => ['--algorithm', name])

const programs: readonly Program[] = [
  { name: 'portable numbers', command: ['packages/core/test/portable-golden.mjs'] },
  {
    name: 'trials of the main job',
    command: ['benchmarks/build/start.js', '--json', '--trials', '200', '--seeds', '3', ...algorithms],
    timings: ['milliseconds', 'trialsPerSecond'],
  },
]

/** Fetches a Node into .tools unless it is there; `undefined` when the registry cannot be reached. */
async function nodeOf(version: string): Promise<string | undefined> {
  const home = join(root, '.tools', `node-${version}`)
  const program = join(home, 'node_modules', 'node', 'bin', 'node')
  if (existsSync(program)) return program
  const quick = ['--fetch-retries=1', '--fetch-timeout=60000', '--no-audit', '--no-fund']
  await execute('npm', ['install', '--prefix', home, '--no-save', ...quick, `node@${version}`])
  return existsSync(program) ? program : undefined
}

/** A program's lines, less the times in them. */
function linesOf(stdout: string, timings: readonly string[] = []): string[] {
  const timing = new RegExp(`"(?:${timings.join('|')})":[^,}]*,?`, 'g')
  return (timings.length > 0 ? stdout.replaceAll(timing, '') : stdout).split('\n')
}

async function compareEngines(): Promise<readonly Check[]> {
  const nodes: string[] = []
  for (const version of versions) {
    const node = await nodeOf(version)
    if (node === undefined) {
      const reason = `Node ${version} could not be fetched from the npm registry; connect and run again`
      return programs.map(({ name }) => lacking(`[T8] ${name} on Node ${versions.join(' and ')}`, reason))
    }
    nodes.push(node)
  }
  const checks: Check[] = []
  for (const { name, command, timings } of programs) {
    const check = `[T8] ${name} on Node ${versions.join(' and ')}`
    const runs = await Promise.all(nodes.map((node) => execute(node, command)))
    const broken = runs.find(({ status }) => status !== 0)
    const outputs = runs.map(({ stdout }) => linesOf(stdout, timings))
    const length = Math.max(...outputs.map((lines) => lines.length))
    const at = Array.from({ length }, (_, line) => line).find((line) =>
      outputs.some((lines) => lines[line] !== outputs[0]?.[line]),
    )
    if (broken) checks.push(failed(check, broken.output))
    else if (length < 2) checks.push(failed(check, 'the program printed nothing to compare'))
    else if (at === undefined) checks.push(passed(check, `${length - 1} lines`))
    else {
      const differing = outputs.map((lines, node) => `Node ${versions[node]}: ${lines[at] ?? 'no such line'}`)
      checks.push(failed(check, [`line ${at + 1} differs`, ...differing].join('\n')))
    }
  }
  return checks
}

export const engineSteps: readonly Step[] = [{ name: 'engines', run: compareEngines }]
