/** Programs that a reader would try: each example, and each piece of TypeScript in the documents. */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../layout.ts'
import { type Check, type Step, execute, failed, passed, succeeds } from '../step.ts'

/** Seconds that one such program may take. */
const limit = 60

async function runExamples(): Promise<readonly Check[]> {
  const files = (await readdir(join(root, 'examples'))).filter((file) => file.endsWith('.ts'))
  const checks: Check[] = []
  for (const file of files) {
    const program = join(root, 'examples', 'build', file.replace(/\.ts$/, '.js'))
    checks.push(await succeeds(`examples/${file}`, process.execPath, [program], { limit }))
  }
  return checks.length > 0 ? checks : [failed('examples', 'the folder holds no program')]
}

/** A fenced block of TypeScript in a document. */
interface Snippet {
  readonly document: string
  /** The line of the document on which the code starts, from 1. */
  readonly line: number
  readonly code: string
  /** What follows `ts` on the fence: `continue` joins the block before, `no-run` is type-checked only. */
  readonly words: readonly string[]
}

function snippetsOf(document: string, text: string): Snippet[] {
  const snippets: Snippet[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const fence = /^```ts\b(.*)$/.exec(lines[at] ?? '')
    if (!fence) continue
    const end = lines.indexOf('```', at)
    snippets.push({
      document,
      line: at + 2,
      code: lines.slice(at + 1, end).join('\n'),
      words: (fence[1] ?? '').split(/\s+/).filter(Boolean),
    })
    at = end
  }
  return snippets
}

/** Documents whose TypeScript must work as it stands. */
async function documents(): Promise<string[]> {
  const guides = await readdir(join(root, 'docs')).catch(() => [])
  return [
    'README.md',
    'CONTRIBUTING.md',
    'packages/core/README.md',
    ...guides.filter((file) => /^guide.*\.md$/.test(file)).map((file) => `docs/${file}`),
  ]
}

async function runSnippets(): Promise<readonly Check[]> {
  // Below examples, so that packages resolve as they do for an example.
  const folder = join(root, 'examples', 'build', 'snippets')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const programs: { name: string; file: string; run: boolean }[] = []
  for (const document of await documents()) {
    const text = await readFile(join(root, document), 'utf8').catch(() => '')
    let code = ''
    for (const snippet of snippetsOf(document, text)) {
      if (!snippet.words.includes('continue')) {
        code = ''
        const file = `${document.replaceAll(/[/.]/g, '-')}-${snippet.line}`
        programs.push({ name: `${document}:${snippet.line}`, file, run: !snippet.words.includes('no-run') })
      }
      // Blank lines keep the line numbers of an error those of the document.
      code += '\n'.repeat(Math.max(0, snippet.line - 1 - (code.split('\n').length - 1))) + `${snippet.code}\n`
      await writeFile(join(folder, `${programs.at(-1)?.file ?? ''}.ts`), code)
    }
  }
  if (programs.length === 0) return [failed('snippets', 'no document has a block of TypeScript')]
  const config = {
    extends: '../../../tsconfig.base.json',
    compilerOptions: {
      composite: false,
      declaration: false,
      types: ['node'],
      // A snippet shows a thing without having to use it.
      noUnusedLocals: false,
      rootDir: '.',
      outDir: 'js',
    },
    files: programs.map(({ file }) => `${file}.ts`),
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(root, 'node_modules', '.bin', 'tsc')
  const compiled = await execute(compiler, ['--project', folder, '--pretty', 'false'])
  const checks: Check[] = []
  for (const { name, file, run } of programs) {
    const problems = compiled.output.split('\n').filter((line) => line.includes(`${file}.ts(`))
    if (problems.length > 0) checks.push(failed(name, problems.join('\n')))
    else if (run) checks.push(await succeeds(name, process.execPath, [join(folder, 'js', `${file}.js`)], { limit }))
    else checks.push(passed(name, 'type-checked only'))
  }
  if (compiled.status !== 0 && checks.every(({ status }) => status === 'passed')) {
    checks.push(failed('snippets', compiled.output))
  }
  return checks
}

export const programSteps: readonly Step[] = [
  { name: 'examples', run: runExamples },
  { name: 'snippets', run: runSnippets },
]
