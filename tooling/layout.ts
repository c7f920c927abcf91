/** Where things lie in the repository, for the tools beside this file. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const root: string = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The folder of the published package `mitten`. */
export const corePackage: string = join(root, 'packages', 'core')

/** A public entry point of `mitten`. */
export interface Entry {
  /** The bundle's name: `dist/<name>.js`. */
  readonly name: string
  /** What a user imports. */
  readonly specifier: string
  /** The module below packages/core/build, and with `.d.ts` below dist/types. */
  readonly module: string
  /** Whether it must load where there is nothing but the language itself. */
  readonly portable: boolean
}

export const entries: readonly Entry[] = [
  { name: 'index', specifier: 'mitten', module: 'index.js', portable: true },
  { name: 'algorithms', specifier: 'mitten/algorithms', module: 'algorithms/index.js', portable: true },
  { name: 'testing', specifier: 'mitten/testing', module: 'testing/index.js', portable: true },
  { name: 'node', specifier: 'mitten/node', module: 'node/index.js', portable: false },
]
