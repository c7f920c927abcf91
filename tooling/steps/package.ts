/** Checks of the package as a user gets it: packed, unpacked outside the repository, imported and type-checked there. */
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkReports } from '../api-report.ts'
import { corePackage, entries, root } from '../layout.ts'
import { type Check, type Step, execute, failed, passed, succeeds, typeStripping } from '../step.ts'

const tool = (name: string): string => join(root, 'node_modules', '.bin', name)

/** Packs `mitten` into a scratch folder, hands over the tarball's path, and clears up. */
async function withTarball<T>(use: (tarball: string, scratch: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'mitten-package-'))
  try {
    const { status, output } = await execute('npm', ['pack', '--silent', '--pack-destination', scratch], {
      cwd: corePackage,
    })
    const tarball = (await readdir(scratch)).find((file) => file.endsWith('.tgz'))
    if (status !== 0 || tarball === undefined) throw new Error(`npm pack failed: ${output}`)
    return await use(join(scratch, tarball), scratch)
  } finally {
    await rm(scratch, { recursive: true })
  }
}

/** publint reads the manifest as Node and bundlers do; attw resolves the types as each kind of consumer would. */
async function checkManifest(): Promise<readonly Check[]> {
  return withTarball(async (tarball) => [
    await succeeds('publint', tool('publint'), ['run', tarball, '--strict']),
    await succeeds('are the types wrong', tool('attw'), [tarball, '--profile', 'esm-only', '--no-emoji']),
  ])
}

/** Compiler settings that consumers have, from the least strict that we support on. */
const consumers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'plain strict': {},
  exactOptionalPropertyTypes: { exactOptionalPropertyTypes: true },
  noUncheckedIndexedAccess: { noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true },
  'a bundler': { module: 'ESNext', moduleResolution: 'Bundler' },
}

/** Type-checks the declarations as published, and the type tests against them, in projects outside the repository. */
async function checkDeclarations(): Promise<readonly Check[]> {
  return withTarball(async (tarball, scratch) => {
    const modules = join(scratch, 'node_modules')
    await mkdir(join(modules, 'mitten'), { recursive: true })
    const unpacked = await execute('tar', ['-xzf', tarball, '-C', join(modules, 'mitten'), '--strip-components=1'])
    if (unpacked.status !== 0) throw new Error(`tar failed: ${unpacked.output}`)
    await symlink(join(root, 'node_modules', 'pure-rand'), join(modules, 'pure-rand'), 'dir')
    await writeFile(join(scratch, 'package.json'), '{ "type": "module" }')
    const imports = entries.map(({ name, specifier }) => `export * as ${name} from '${specifier}'\n`)
    await writeFile(join(scratch, 'consumer.ts'), imports.join(''))
    const tests = (await readdir(join(corePackage, 'test'))).filter((file) => file.endsWith('.test-d.ts'))
    for (const file of tests) await cp(join(corePackage, 'test', file), join(scratch, file))

    const compile = async (name: string, files: readonly string[], settings: object): Promise<Check> => {
      const config = {
        compilerOptions: {
          target: 'ES2024',
          lib: ['ES2024', 'ESNext.Collection', 'ESNext.Iterator', 'DOM'],
          module: 'NodeNext',
          types: [],
          strict: true,
          skipLibCheck: false,
          noEmit: true,
          ...settings,
        },
        files,
      }
      await writeFile(join(scratch, 'tsconfig.json'), JSON.stringify(config))
      return succeeds(name, tool('tsc'), ['--project', scratch, '--pretty', 'false'])
    }

    const checks: Check[] = []
    for (const [consumer, settings] of Object.entries(consumers)) {
      checks.push(await compile(`declarations for ${consumer}`, ['consumer.ts'], settings))
    }
    const strictest = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noImplicitOverride: true }
    for (const file of tests) {
      checks.push(await compile(`type test ${file}`, [file], strictest))
      // What such a file says of left-out properties holds with that one setting only.
      if (!file.startsWith('exact-')) checks.push(await compile(`type test ${file}, plain strict`, [file], {}))
    }
    return tests.length > 0 ? checks : [...checks, failed('type tests', 'packages/core/test holds no *.test-d.ts')]
  })
}

/** One row of `size-limit --json`. */
interface SizeRow {
  readonly name: string
  readonly passed: boolean
  readonly size: number
  readonly sizeLimit: number
}

/** Bundled, minified and gzipped with its dependency, each entry keeps to the budget in packages/core/.size-limit.json. */
async function checkSize(): Promise<readonly Check[]> {
  const { stdout, output } = await execute(tool('size-limit'), ['--json'], { cwd: corePackage })
  if (!stdout.trimStart().startsWith('[')) return [failed('size-limit', output)]
  return (JSON.parse(stdout) as readonly SizeRow[]).map(({ name, size, sizeLimit, passed: within }) => {
    const figure = `${(size / 1000).toFixed(1)} kB of ${(sizeLimit / 1000).toFixed(1)} kB`
    return within ? passed(`size of ${name}`, figure) : failed(`size of ${name}`, `${figure}, minified and gzipped`)
  })
}

/** The longest that `import 'mitten'` may take beyond Node's own start, in milliseconds. */
const importBudget = 30

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Times a whole process, in milliseconds. */
async function timeProcess(code: string): Promise<number> {
  const start = performance.now()
  const { status, output } = await execute(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: corePackage,
  })
  if (status !== 0) throw new Error(output)
  return performance.now() - start
}

/**
 * The median over pairs of runs, with and without the import, of their difference. Another program on the machine can
 * only make it longer, so up to three rounds are tried and the first within the budget counts.
 */
async function checkImportTime(): Promise<readonly Check[]> {
  const rounds: number[] = []
  for (let round = 0; round < 3; round++) {
    const differences: number[] = []
    for (let pair = 0; pair < 11; pair++) {
      const bare = await timeProcess('')
      differences.push((await timeProcess("import 'mitten'")) - bare)
    }
    const time = median(differences)
    if (time < importBudget) return [passed('import of mitten', `${time.toFixed(1)} ms of ${importBudget} ms`)]
    rounds.push(time)
  }
  const figures = rounds.map((time) => time.toFixed(1)).join(', ')
  return [failed('import of mitten', `median ${figures} ms in three rounds; the budget is ${importBudget} ms`)]
}

/** Loads the bundles in a realm that has the language and nothing else. */
async function checkRealm(): Promise<readonly Check[]> {
  const program = join(root, 'tooling', 'realm.ts')
  const args = ['--experimental-vm-modules', ...typeStripping, program]
  return [
    await succeeds('imports without any global of a platform', process.execPath, [...args, 'import']),
    await succeeds('runs with the globals of a browser', process.execPath, [...args, 'run']),
    await succeeds('runs where code may not be made from text', process.execPath, [...args, 'run', 'no-eval']),
  ]
}

/** The run-time dependencies, all of them: a second one is a decision, not a slip. */
async function checkDependencies(): Promise<readonly Check[]> {
  const manifest = JSON.parse(await readFile(join(corePackage, 'package.json'), 'utf8')) as Record<string, object>
  const names = ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  )
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8')
  const hosts = new Set(Array.from(lock.matchAll(/"resolved": "https?:\/\/([^/"]+)/g), (match) => match[1] ?? ''))
  hosts.delete('registry.npmjs.org')
  return [
    names.join() === 'pure-rand'
      ? passed('one run-time dependency')
      : failed('one run-time dependency', `expected pure-rand alone, got ${names.join(', ') || 'none'}`),
    hosts.size === 0
      ? passed('the lock file names no other registry')
      : failed('the lock file names no other registry', `it names ${[...hosts].join(', ')}`),
  ]
}

export const packageSteps: readonly Step[] = [
  { name: 'manifest', run: async () => [...(await checkManifest()), ...(await checkDependencies())] },
  { name: 'declarations', run: checkDeclarations },
  { name: 'api', run: checkReports },
  { name: 'size', run: checkSize },
  { name: 'import', run: checkImportTime },
  { name: 'realm', run: checkRealm },
]
