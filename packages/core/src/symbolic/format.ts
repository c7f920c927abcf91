import { isPlainContainer } from './from-plain.ts'
import { isNode, type SymbolicNode, TRAITS } from './node.ts'
import { sameRaw } from './node-equality.ts'
import { isRef } from './ref.ts'
import { shortForm } from './short-form.ts'
import { typeName } from './type-name.ts'

/** How a program is printed. */
export interface FormatOptions {
  /** Spaces a level; 0 (the default) prints everything on one line. */
  readonly indent?: number
  /** With `indent`: what fits into this many columns, those before it counted, stays on one line. Default 80. */
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

/** A value with parts; each part has a label that stands before it, such as `filters: `. */
interface Block {
  readonly source: object
  readonly open: string
  readonly close: string
  readonly labels: readonly string[]
  readonly values: readonly unknown[]
  /** The printed values, in order. */
  readonly parts: Part[]
  /** What stands inside the brackets at both ends if all is on one line. */
  readonly space: string
  /** Columns on one line; infinite if a part can't be printed on one. */
  columns: number
}

type Part = string | Block

/**
 * A program as text, in the notation of the code that would build it: `Conv({ filters: 16, kernel: 3 })`.
 *
 * One line by default, indented with `{ indent: 2 }`. Anything can be given; a plain container prints like its node, and
 * one that contains itself as `<circular>` where it comes again. O(length of the text); iterative, so that depth is no
 * concern.
 */
export function format(value: unknown, options: FormatOptions = {}): string {
  const part = printed(value, options)
  return typeof part === 'string' ? part : written(part, options)
}

/** A value with all its parts, from the leaves up. */
function printed(value: unknown, options: FormatOptions): Part {
  const stack: Block[] = []
  const open = new Set<unknown>()
  let next = value
  for (;;) {
    let part: Part | undefined = open.has(next) ? '<circular>' : leafText(next, options)
    if (part === undefined) {
      const block = isNode(next) ? nodeBlock(next, options) : plainBlock(next as object, options)
      if (block.values.length > 0) {
        stack.push(block)
        open.add(next)
        next = block.values[0]
        continue
      }
      part = block.open + block.close
    }
    // What is finished goes to its parent, which may be finished by it, and so on upwards.
    for (;;) {
      const block = stack.at(-1)
      if (block === undefined) return part
      addPart(block, part)
      if (block.parts.length < block.values.length) {
        next = block.values[block.parts.length]
        break
      }
      stack.pop()
      open.delete(block.source)
      part = block
    }
  }
}

function addPart(block: Block, part: Part): void {
  const separator = block.parts.length === 0 ? 0 : 2
  const columns = typeof part !== 'string' ? part.columns : part.includes('\n') ? Infinity : part.length
  block.columns += separator + (block.labels[block.parts.length] as string).length + columns
  block.parts.push(part)
}

/** The text of anything without parts of its own; `undefined` for nodes and plain containers. */
function leafText(value: unknown, options: FormatOptions): string | undefined {
  const custom = options.custom?.(value)
  if (custom !== undefined) return custom
  if (isNode(value) || isPlainContainer(value)) return undefined
  if (typeof value === 'string') return quote(value, options.maxStringLength)
  if (isRef(value)) return `ref(${describe(value.value)})`
  return describe(value)
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null) return `<${shortForm(value)}>`
  // A class may have a static member of this name.
  if (typeof value === 'function')
    return typeof value.name === 'string' && value.name !== '' ? value.name : '<a function>'
  return shortForm(value)
}

function quote(text: string, limit = Infinity): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text
  const escaped = JSON.stringify(cut).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped}'`
}

function nodeBlock(node: SymbolicNode, options: FormatOptions): Block {
  const traits = node[TRAITS]
  const values = traits.values(node)
  if (traits.kind === 'list') return listBlock(node, values)
  const entries = traits.keys(node).map((key, i) => [String(key), values[i]] as const)
  if (traits.kind === 'record') return namedBlock(node, '', entries, options)
  const shown = entries.filter(([name, value]) => {
    if (value === undefined && options.hideUndefined !== false) return false
    const modifiers = traits.field(node, name)?.modifiers
    return !(options.hideDefaults === true && modifiers?.hasDefault && sameRaw(value, modifiers.defaultValue, 0))
  })
  return namedBlock(node, typeName(node).replace(/^.*\//, ''), shown, options)
}

function plainBlock(value: object, options: FormatOptions): Block {
  return Array.isArray(value) ? listBlock(value, value) : namedBlock(value, '', Object.entries(value), options)
}

function listBlock(source: object, values: readonly unknown[]): Block {
  const labels = Array.from(values, () => '')
  return { source, open: '[', close: ']', labels, values, parts: [], space: '', columns: 2 }
}

/** The block of what has names; `name` is that of the class, empty for a record. */
function namedBlock(
  source: object,
  name: string,
  entries: readonly (readonly [string, unknown])[],
  { include, exclude }: FormatOptions,
): Block {
  const shown = entries.filter(([key]) => include?.includes(key) !== false && exclude?.includes(key) !== true)
  const inner = name !== '' && shown.length === 0 ? ['', ''] : ['{', '}']
  const open = name === '' ? '{' : `${name}(${inner[0]}`
  const close = name === '' ? '}' : `${inner[1]})`
  return {
    source,
    open,
    close,
    labels: shown.map(([key]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)}: `),
    values: shown.map(([, value]) => value),
    parts: [],
    space: ' ',
    columns: open.length + close.length + 2,
  }
}

/** Writes a block from the root down, since only then is it known how far to the right each part stands. */
function written(root: Block, { indent = 0, width = 80 }: FormatOptions): string {
  const text: string[] = []
  const fits = (block: Block, before: number, after: number): boolean =>
    indent === 0 || before + block.columns + after <= width
  const stack = [{ block: root, next: 0, depth: 0, oneLine: fits(root, 0, 0) }]
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const { block, depth, oneLine } = frame
    const at = frame.next++
    if (at === 0) text.push(block.open)
    if (at === block.parts.length) {
      text.push(oneLine ? block.space : `,\n${' '.repeat(indent * depth)}`, block.close)
      stack.pop()
      continue
    }
    const pad = oneLine ? '' : ' '.repeat(indent * (depth + 1))
    if (oneLine) text.push(at === 0 ? block.space : ', ')
    else text.push(at === 0 ? '\n' : ',\n', pad)
    const label = block.labels[at] as string
    const part = block.parts[at] as Part
    text.push(label)
    if (typeof part === 'string') text.push(oneLine ? part : part.replaceAll('\n', `\n${pad}`))
    else {
      // A comma follows, on whatever line the part ends.
      const fitting = oneLine || fits(part, pad.length + label.length, 1)
      stack.push({ block: part, next: 0, depth: depth + 1, oneLine: fitting })
    }
  }
  return text.join('')
}
