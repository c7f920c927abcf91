/** Checks of the source text: types, the build, lint, formatting, and nothing unused. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../layout.ts'
import { type Check, type Step, execute, failed, passed, succeeds, typeStripping } from '../step.ts'

/** The program of an installed package. */
function tool(name: string): string {
  return join(root, 'node_modules', '.bin', name)
}

/** oxlint runs inside this Node so that it can load the rules of our own, which are TypeScript. */
function lint(folder: string, ...args: string[]): ReturnType<typeof execute> {
  const program = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
  return execute(process.execPath, [...typeStripping, program, ...args], { cwd: folder })
}

/** What the rule `portable-arithmetic` must refuse, a line each. */
const unportable: readonly string[] = [
  'export const value = Math.pow(2, 0.5)',
  'export const value = 2 ** 0.5',
  'export let value = 2; value **= 0.5',
  'export const value = Math.exp(1)',
  'export const value = Math["log"](2)',
  'export const { sin } = Math',
  'export const value = [1, 2].map(Math.cos)',
  'export const value = globalThis.Math.tanh(1)',
  'export const math = Math',
  'export const value = Math.hypot(1, 2)',
  'export const value = Math.random()',
  'export const value = Date.now()',
  'export const value = new Date()',
  'export const value = performance.now()',
]

/** What it must let through. */
const portable = `export const value = Math.sqrt(Math.abs(-2)) + Math.floor(1.5) + Math.imul(3, 4) + Math.LN2
export const least = Math.min(1, Math.max(2, 3)) * Math.sign(-1) + Math.fround(Math.round(0.5)) + Math.clz32(1)
`

/** Folders whose code decides DNAs. */
const decidingFolders: readonly string[] = ['math', 'space', 'algorithms']

/** [T8] The rule is itself tested: a lint rule that no longer matches anything looks the same as clean code. */
async function ruleBites(): Promise<readonly Check[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'mitten-lint-'))
  try {
    const settings = JSON.parse(await readFile(join(root, '.oxlintrc.json'), 'utf8')) as Record<string, unknown>
    settings['jsPlugins'] = [join(root, 'tooling', 'lint', 'portable-arithmetic.ts')]
    settings['options'] = {}
    await writeFile(join(scratch, '.oxlintrc.json'), JSON.stringify(settings))
    for (const folder of decidingFolders) {
      const home = join(scratch, 'packages', 'core', 'src', folder)
      await mkdir(home, { recursive: true })
      await writeFile(join(home, 'portable.ts'), portable)
      await Promise.all(unportable.map((text, at) => writeFile(join(home, `unportable-${at}.ts`), `${text}\n`)))
    }
    const { output } = await lint(scratch, '--format=unix')
    const refused = output.split('\n').filter((line) => line.includes('mitten(portable-arithmetic)'))
    return decidingFolders.map((folder) => {
      const here = refused.filter((line) => line.includes(`src/${folder}/`))
      const missed = unportable.filter((_, at) => !here.some((line) => line.includes(`unportable-${at}.ts`)))
      const wrong = here.filter((line) => !line.includes('unportable-'))
      const name = `[T8] lint refuses unportable arithmetic in ${folder}`
      if (missed.length === 0 && wrong.length === 0) return passed(name, `${unportable.length} forms`)
      return failed(name, [...missed.map((text) => `let through: ${text}`), ...wrong].join('\n'))
    })
  } finally {
    await rm(scratch, { recursive: true })
  }
}

export const sourceSteps: readonly Step[] = [
  { name: 'types', run: async () => [await succeeds('tsc --build', tool('tsc'), ['--build', '--pretty', 'false'])] },
  {
    name: 'build',
    run: async () => [await succeeds('bundles', process.execPath, [...typeStripping, 'tooling/bundle.ts'])],
  },
  {
    name: 'lint',
    run: async () => {
      const { status, output } = await lint(root, '--deny-warnings')
      return [status === 0 ? passed('oxlint') : failed('oxlint', output.trim()), ...(await ruleBites())]
    },
  },
  { name: 'format', run: async () => [await succeeds('oxfmt --check', tool('oxfmt'), ['--check'])] },
  { name: 'unused', run: async () => [await succeeds('knip', tool('knip'), ['--no-progress'])] },
]
