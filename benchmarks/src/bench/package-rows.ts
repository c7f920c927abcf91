import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Measured, Row } from './row.ts'
import { median } from './statistics.ts'

/** Starts of each kind of process; they take turns, so that both see the same machine. */
const STARTS = 21

/** Seconds from the start to the end of a Node process that runs `code` as a module. */
function startSeconds(code: string): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    // The package is resolved from here.
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  const seconds = (performance.now() - start) / 1000
  if (status !== 0) throw new Error(`a process that runs ${JSON.stringify(code)} failed: ${stderr}`)
  return seconds
}

/** Seconds that importing a module adds to the start of Node, in fresh processes. */
function importSeconds(specifier: string): Measured {
  const bare: number[] = []
  const full: number[] = []
  const code = `import ${JSON.stringify(specifier)}`
  startSeconds(code) // fills the operating system's file cache
  for (let i = 0; i < STARTS; i++) {
    bare.push(startSeconds(''))
    full.push(startSeconds(code))
  }
  return { value: median(full) - median(bare) }
}

/** Bytes of an entry with all that it imports, minified and compressed with gzip as a web server would. */
async function entryBytes(specifier: string): Promise<Measured> {
  // Imported here only: every row's process loads this module.
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({ input: fileURLToPath(import.meta.resolve(specifier)), platform: 'browser' })
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  let bytes = 0
  for (const file of output) if (file.type === 'chunk') bytes += gzipSync(file.code).byteLength
  return { value: bytes }
}

/** What a user loads. */
export const packageRows: readonly Row[] = [
  {
    name: 'import',
    unit: 'ms',
    about: "import of the package, net of the runtime's own start",
    measure: () => importSeconds('mitten'),
  },
  {
    name: 'entry-size',
    unit: 'kB',
    about: 'main entry with its dependency, minified and gzipped',
    measure: () => entryBytes('mitten'),
  },
]
