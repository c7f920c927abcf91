import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { corePackage, entries } from './tooling/layout.ts'

/**
 * Tests import `mitten` by its name. While you work that name means the source, so nothing has to be built first;
 * `script/test` sets MITTEN_PUBLISHED, and then whole-library tests run against the bundles that are published.
 */
const source = entries.map(({ specifier, module }) => ({
  find: new RegExp(`^${specifier}$`),
  replacement: join(corePackage, 'src', module.replace(/\.js$/, '.ts')),
}))
const alias = process.env['MITTEN_PUBLISHED'] ? [] : source

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        resolve: { alias: source },
        test: { name: 'core', include: ['packages/core/src/**/*.test.ts'] },
      },
      {
        extends: true,
        resolve: { alias: source },
        test: {
          // The same tests where code may not be made from text, as under a Content Security Policy.
          name: 'core without eval',
          include: ['packages/core/src/symbolic/**/*.test.ts'],
          execArgv: ['--disallow-code-generation-from-strings'],
        },
      },
      {
        extends: true,
        resolve: { alias },
        test: { name: 'library', include: ['packages/core/test/**/*.test.ts'] },
      },
      {
        extends: true,
        resolve: { alias },
        test: { name: 'benchmarks', include: ['benchmarks/{src,test}/**/*.test.ts'] },
      },
    ],
  },
})
