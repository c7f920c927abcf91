import { PathSyntaxError } from './errors.ts'

/** A key of one step: a field name or record key, or the index of a list item. */
export type Key = string | number

/** A string key that can stand behind a dot as it is. */
const PLAIN = /^[^.[\]"\s]+$/
/** Brackets around these characters mean an index. */
const INDEX = /^-?\d+$/

/** The last step of a path, and what is before it. Paths share steps, not their keys, which are many on a long way down. */
interface Step {
  readonly above: Step | readonly Key[]
  readonly key: Key
}

/**
 * Where a value stands below a root: `layers[0].kernel`.
 *
 * Text form: names are joined by dots, list indices stand in brackets. A key with a dot or a space stands in brackets too
 * (`[a.b]`), and a key that would read as something else is quoted as in JSON (`["x]"]`, `[""]`), so that parsing the
 * text gives the same keys back.
 */
export class Path {
  /** The path of a root: no keys. */
  static readonly root: Path = new Path([])
  #keys: readonly Key[] | undefined
  /** Set in a path that was made by `child`, and enough until somebody asks for its keys. */
  #step: Step | undefined

  constructor(keys: readonly Key[]) {
    this.#keys = keys
  }

  /** The steps, from the root down. */
  get keys(): readonly Key[] {
    return (this.#keys ??= keysOf(this.#step as Step))
  }

  /**
   * Reads the text form. O(length).
   *
   * @throws PathSyntaxError on an unmatched bracket, an empty step or a stray dot
   */
  static parse(text: string): Path {
    const keys: Key[] = []
    let at = 0
    while (at < text.length) {
      if (text[at] === '[') {
        const end = bracketEnd(text, at)
        keys.push(bracketKey(text.slice(at + 1, end), text, at))
        at = end + 1
        if (at < text.length && text[at] !== '[' && text[at] !== '.') throw syntaxError(text, at, "'.' or '['")
        if (text[at] === '.') at = afterDot(text, at)
        continue
      }
      let end = at
      while (end < text.length && text[end] !== '.' && text[end] !== '[') {
        if (text[end] === ']') throw syntaxError(text, end, "no ']' without its '['")
        end++
      }
      if (end === at) throw syntaxError(text, at, 'a name')
      keys.push(text.slice(at, end))
      at = text[end] === '.' ? afterDot(text, end) : end
    }
    return keys.length === 0 ? Path.root : new Path(keys)
  }

  /** The path of `value`: a path as it is, text parsed. */
  static of(value: Path | string): Path {
    return typeof value === 'string' ? Path.parse(value) : value
  }

  /** Whether it has no keys. */
  get isRoot(): boolean {
    return this.keys.length === 0
  }

  /** The last key; `undefined` at the root. */
  get key(): Key | undefined {
    return this.keys.at(-1)
  }

  /** The path one step up; the root's is the root. */
  get parent(): Path {
    return this.keys.length <= 1 ? Path.root : new Path(this.keys.slice(0, -1))
  }

  /** The path of a child under `key`. O(1): a walk that asks nobody for keys pays for none. */
  child(key: Key): Path {
    const path = new Path([])
    path.#keys = undefined
    path.#step = { above: this.#step ?? this.keys, key }
    return path
  }

  /** This path followed by `other`. */
  join(other: Path): Path {
    return new Path([...this.keys, ...other.keys])
  }

  /** Whether both have the same keys. */
  equals(other: Path): boolean {
    return this.keys.length === other.keys.length && this.keys.every((key, i) => key === other.keys[i])
  }

  /** The text form, which `Path.parse` reads. */
  toString(): string {
    return pathText(this.keys)
  }

  /** The text form. */
  toJSON(): string {
    return this.toString()
  }
}

function keysOf(last: Step): Key[] {
  const upwards: Key[] = []
  let at: Step | readonly Key[] = last
  for (; 'above' in at; at = at.above) upwards.push(at.key)
  return [...at, ...upwards.reverse()]
}

/** The text form of a list of keys. */
export function pathText(keys: readonly Key[]): string {
  let text = ''
  for (const key of keys) text = appendKey(text, key)
  return text
}

/** The text of a path one step longer. */
export function appendKey(text: string, key: Key): string {
  if (typeof key === 'number') return `${text}[${key}]`
  if (PLAIN.test(key)) return text === '' ? key : `${text}.${key}`
  // Brackets alone are enough for a dot or a space inside; whatever could be misread is quoted.
  const bare = key !== '' && !/[[\]"]/.test(key)
  return `${text}[${bare ? key : JSON.stringify(key)}]`
}

/** Order of the keys of siblings: indices by value, names as text, indices before names. */
export function compareKeys(left: Key, right: Key): number {
  if (typeof left === 'number') return typeof right === 'number' ? left - right : -1
  if (typeof right === 'number') return 1
  return left < right ? -1 : left > right ? 1 : 0
}

function bracketEnd(text: string, start: number): number {
  if (text[start + 1] !== '"') {
    const end = text.indexOf(']', start)
    if (end === -1) throw syntaxError(text, start, "a ']' for this '['")
    return end
  }
  for (let at = start + 2; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') {
      if (text[at + 1] !== ']') throw syntaxError(text, at + 1, "a ']' after the quoted key")
      return at + 1
    }
  }
  throw syntaxError(text, start + 1, 'a closing quote')
}

function bracketKey(inside: string, text: string, at: number): Key {
  if (inside.startsWith('"')) {
    try {
      return JSON.parse(inside) as string
    } catch (cause) {
      throw syntaxError(text, at + 1, 'a quoted key as in JSON', cause)
    }
  }
  if (inside === '') throw syntaxError(text, at + 1, 'an index or a key')
  if (inside.includes('[')) throw syntaxError(text, at + 1 + inside.indexOf('['), "no '[' inside brackets")
  return INDEX.test(inside) ? Number(inside) : inside
}

function afterDot(text: string, dot: number): number {
  const next = text[dot + 1]
  if (next === undefined || next === '.' || next === '[') throw syntaxError(text, dot + 1, "a name after '.'")
  return dot + 1
}

function syntaxError(text: string, position: number, expected: string, cause?: unknown): PathSyntaxError {
  return new PathSyntaxError({
    expected: `${expected} at position ${position}`,
    got: text,
    remedy: 'write names joined by dots and indices in brackets, as in layers[0].kernel',
    cause,
  })
}
