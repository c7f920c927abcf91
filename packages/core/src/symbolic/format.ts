import { isPlainContainer, toNode } from './from-plain.ts'
import { isNode, type SymbolicNode, TRAITS } from './node.ts'
import type { Key } from './path.ts'
import { Ref } from './ref.ts'
import { shortForm } from './short-form.ts'
import { typeName } from './type-name.ts'
import { equals } from './equals.ts'

/** How a program is printed. */
export interface FormatOptions {
  /** Spaces a level; 0 (the default) prints everything on one line. */
  readonly indent?: number
  /** With `indent`: what fits into this many columns stays on one line. Default 80. */
  readonly width?: number
  /** Leaves out fields that hold their default. Default false. */
  readonly hideDefaults?: boolean
  /** Leaves out optional fields without a value. Default true. */
  readonly hideUndefined?: boolean
  /** Cuts longer text, the cut marked by `…`. Default: no limit. */
  readonly maxStringLength?: number
  /** Prints only fields and record keys with these names (list items always). */
  readonly include?: readonly string[]
  /** Leaves out fields and record keys with these names. */
  readonly exclude?: readonly string[]
  /** Says how a value prints; `undefined` leaves it to the default. */
  readonly custom?: (value: unknown) => string | undefined
}

/** A value that is being printed: its parts so far, and what is still to come. */
interface Frame {
  readonly open: string
  readonly close: string
  readonly labels: readonly string[]
  readonly values: readonly unknown[]
  readonly parts: string[]
  readonly spaced: boolean
}

/**
 * A program as text, in the notation of the code that would build it: `Conv({ filters: 16, kernel: 3 })`.
 *
 * One line by default, indented with `{ indent: 2 }`. Anything can be given; a plain container prints like its node.
 * O(size); iterative, so that depth is no concern.
 *
 * @throws CycleError on a plain array or object that contains itself
 */
export function format(value: unknown, options: FormatOptions = {}): string {
  const stack: Frame[] = []
  let next = value
  for (;;) {
    let text = leafText(next, options)
    if (text === undefined) {
      const frame = openFrame(asNode(next), options)
      if (frame.values.length > 0) {
        stack.push(frame)
        next = frame.values[0]
        continue
      }
      text = frame.open + frame.close
    }
    // The text of a finished value goes to its parent, which may be finished by it, and so on upwards.
    for (;;) {
      const frame = stack.at(-1)
      if (frame === undefined) return text
      frame.parts.push((frame.labels[frame.parts.length] as string) + text)
      if (frame.parts.length < frame.values.length) {
        next = frame.values[frame.parts.length]
        break
      }
      stack.pop()
      text = join(frame, options)
    }
  }
}

function asNode(value: unknown): SymbolicNode {
  return toNode(value) as SymbolicNode
}

/** The text of anything without parts of its own; `undefined` for nodes. */
function leafText(value: unknown, options: FormatOptions): string | undefined {
  const custom = options.custom?.(value)
  if (custom !== undefined) return custom
  if (isNode(value) || isPlainContainer(value)) return undefined
  if (typeof value === 'string') return quote(value, options.maxStringLength)
  if (value instanceof Ref) return `ref(${describe(value.value)})`
  return describe(value)
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return `<${shortForm(value)}>`
  if (typeof value === 'function') return value.name === '' ? '<a function>' : value.name
  return shortForm(value)
}

function quote(text: string, limit = Infinity): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text
  const escaped = JSON.stringify(cut).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped}'`
}

function openFrame(node: SymbolicNode, options: FormatOptions): Frame {
  const traits = node[TRAITS]
  const values = traits.values(node)
  const entries = traits.keys(node).map((key, i) => ({ key, value: values[i] }))
  if (traits.kind === 'list') {
    return { open: '[', close: ']', labels: entries.map(() => ''), values, parts: [], spaced: false }
  }
  const shown = entries.filter(({ key, value }) => isShown(node, key, value, options))
  const isObject = traits.kind === 'object'
  const name = isObject ? typeName(node).replace(/^.*\//, '') : ''
  const empty = shown.length === 0
  return {
    open: isObject ? (empty ? `${name}(` : `${name}({`) : '{',
    close: isObject ? (empty ? ')' : '})') : '}',
    labels: shown.map(({ key }) => `${/^[A-Za-z_$][\w$]*$/.test(String(key)) ? key : quote(String(key))}: `),
    values: shown.map(({ value }) => value),
    parts: [],
    spaced: true,
  }
}

function isShown(node: SymbolicNode, key: Key, value: unknown, options: FormatOptions): boolean {
  const name = String(key)
  if (options.include !== undefined && !options.include.includes(name)) return false
  if (options.exclude?.includes(name) === true) return false
  const traits = node[TRAITS]
  if (traits.kind !== 'object') return true
  if (value === undefined && options.hideUndefined !== false) return false
  const spec = traits.field(node, key)
  return !(options.hideDefaults === true && spec?.modifiers.hasDefault && equals(value, spec.modifiers.defaultValue))
}

function join({ open, close, parts, spaced }: Frame, { indent = 0, width = 80 }: FormatOptions): string {
  const space = spaced ? ' ' : ''
  const line = `${open}${space}${parts.join(', ')}${space}${close}`
  if (indent === 0 || (line.length <= width && !line.includes('\n'))) return line
  const pad = ' '.repeat(indent)
  const inner = parts.map((part) => pad + part.replaceAll('\n', `\n${pad}`)).join(',\n')
  return `${open}\n${inner},\n${close}`
}
