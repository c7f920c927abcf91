/**
 * Loads the published bundles into a new realm that has the language alone: no process, no Buffer, no timers, no
 * `node:` modules. `import` only loads them; `run` adds the few globals that browsers have too and runs a small program;
 * `run no-eval` forbids code made from text, as a Content Security Policy does.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { corePackage, entries } from './layout.ts'

const [, , mode, restriction] = process.argv

/** What packages/core/platform.d.ts says that the core may use, and a way for the program to speak. */
const platform = {
  AbortController,
  AbortSignal,
  DOMException,
  clearTimeout,
  performance,
  print: (line: string): void => console.log(line),
  queueMicrotask,
  setTimeout,
}

const realm = vm.createContext(mode === 'run' ? { ...platform } : {}, {
  codeGeneration: { strings: restriction !== 'no-eval', wasm: false },
})

/** Where a module's import leads. */
function resolve(specifier: string, from: string): string {
  if (specifier.startsWith('.')) return new URL(specifier, from).href
  if (specifier.startsWith('node:')) throw new Error(`${from} imports ${specifier}, which only Node has`)
  return import.meta.resolve(specifier, from)
}

const modules = new Map<string, vm.SourceTextModule>()

async function load(url: string): Promise<vm.SourceTextModule> {
  const known = modules.get(url)
  if (known) return known
  const text = await readFile(fileURLToPath(url), 'utf8')
  const module = new vm.SourceTextModule(text, { context: realm, identifier: url })
  modules.set(url, module)
  return module
}

async function evaluate(url: string): Promise<void> {
  const module = await load(url)
  await module.link((specifier, referrer) => load(resolve(specifier, referrer.identifier)))
  await module.evaluate()
}

for (const { name, portable } of entries) {
  if (portable) await evaluate(pathToFileURL(join(corePackage, 'dist', `${name}.js`)).href)
}
if (mode === 'run') await evaluate(pathToFileURL(join(corePackage, 'test', 'realm-program.mjs')).href)
