/**
 * Bundles what `tsc --build` wrote to packages/core/build into one file an entry under packages/core/dist, with what
 * several entries share in dist/shared. Few files matter: a hundred small ones cost a program tens of milliseconds to import.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { rolldown } from 'rolldown'
import { corePackage, entries } from './layout.ts'

const build = join(corePackage, 'build')
const dist = join(corePackage, 'dist')
const types = join(dist, 'types')

/** The compiler never deletes: output whose source is gone would otherwise be published for ever. */
function dropOrphans(folder: string, suffix: string): void {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith(suffix)) continue
    const output = join(folder, file)
    const source = join(corePackage, 'src', `${relative(folder, output).slice(0, -suffix.length)}.ts`)
    if (!existsSync(source)) rmSync(output)
  }
}

dropOrphans(build, '.js')
dropOrphans(types, '.d.ts')

// A stale chunk would be published with the new ones, so all earlier bundles go first.
for (const file of readdirSync(dist)) {
  if (file !== 'types') rmSync(join(dist, file), { recursive: true })
}

const bundle = await rolldown({
  cwd: corePackage,
  input: Object.fromEntries(entries.map((entry) => [entry.name, join(build, entry.module)])),
  platform: 'neutral',
  external: [/^node:/, /^pure-rand/],
})
await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'shared/[name].js',
  // What comments say to users is in the declarations; here they would only be read at every import.
  comments: { legal: true, annotation: true, jsdoc: false },
})
await bundle.close()
