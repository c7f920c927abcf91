import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'rolldown/utils'
import { describe, expect, it } from 'vitest'

/**
 * The folders of core from the ground up: each may import from those before it, never from those after it. Types count
 * too, since a type that points upwards ties the folders together just as well.
 */
const layers = ['math', 'symbolic', 'space', 'search', 'algorithms']

/** Folders on top: they may import from every layer, and only tests and users import from them. */
const tops = ['testing', 'node']

const source = fileURLToPath(new URL('../src', import.meta.url))

interface Import {
  /** The importing file, below src. */
  readonly file: string
  /** The module as the file names it. */
  readonly specifier: string
  /** The imported file below src; `undefined` for a package. */
  readonly target: string | undefined
}

/** Every static, dynamic, re-exporting and type-only import of a file. */
function importsOf(file: string): Import[] {
  const path = join(source, file)
  const text = readFileSync(path, 'utf8')
  const { module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`)
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => text.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
    ...Array.from(text.matchAll(/\bimport\(['"]([^'"]+)['"]\)/g), (match) => match[1] ?? ''),
  ]
  return [...new Set(specifiers)].map((specifier) => ({
    file,
    specifier,
    target: specifier.startsWith('.') ? relative(source, resolve(dirname(path), specifier)) : undefined,
  }))
}

/** The folder of core that a file lies in; '' for the package's entry beside the folders. */
function folderOf(file: string): string {
  return file.includes(sep) ? (file.split(sep)[0] ?? '') : ''
}

/** Whether a file of one folder may import from another. */
function mayImport(from: string, to: string): boolean {
  if (from === to) return true
  if (from === '' || tops.includes(from)) return layers.includes(to)
  return layers.includes(to) && layers.indexOf(to) < layers.indexOf(from)
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file),
)
const imports = files.flatMap(importsOf)

const describeImport = ({ file, specifier }: Import): string => `${file} imports ${specifier}`

describe('the direction of imports', () => {
  it('sees the imports of core', () => {
    expect(files.length).toBeGreaterThan(layers.length)
    expect(imports.filter(({ target }) => target !== undefined).length).toBeGreaterThan(files.length / 2)
  })

  it('every folder of core has its place in the order', () => {
    const known = new Set(['', ...layers, ...tops])
    expect(files.filter((file) => !known.has(folderOf(file)))).toEqual([])
  })

  it('goes from the ground up: math, symbolic, space, search, algorithms; testing and node on top', () => {
    const wrong = imports.filter(
      ({ file, target }) => target !== undefined && !mayImport(folderOf(file), folderOf(target)),
    )
    expect(wrong.map(describeImport)).toEqual([])
  })

  it('stays inside src, and names files with their extension', () => {
    const wrong = imports.filter(({ target }) => target?.startsWith('..') || (target && !target.endsWith('.ts')))
    expect(wrong.map(describeImport)).toEqual([])
  })

  it('takes from outside only pure-rand, and node: modules only in the node folder', () => {
    const wrong = imports.filter(({ file, specifier, target }) => {
      if (target !== undefined) return false
      if (specifier.startsWith('node:')) return folderOf(file) !== 'node'
      return specifier !== 'pure-rand' && !specifier.startsWith('pure-rand/')
    })
    expect(wrong.map(describeImport)).toEqual([])
  })
})
