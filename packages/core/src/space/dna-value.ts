import { InvalidDnaError } from './errors.ts'

/*
 * The nested form of a DNA, as text and as JSON. It is permanent: studies on disk hold it, and it is what duplicates are
 * told by.
 *
 *   value   := number | list | chain
 *   list    := "[" [value ("," value)*] "]"          decisions side by side: points of a space, or several choices
 *   chain   := "(" number ("," number)* "," value ")"   a choice, then what the chosen candidate has to decide
 *
 * A list of one is that one, a list within a list of one likewise; a chain in last place of a chain continues it. The
 * empty list is the DNA of a space with nothing to decide. In JSON a chain is `["__tuple__", …]`.
 */

/** A chain of a choice and what depends on it. */
export interface DnaChain {
  /** A candidate's index, then what follows from it. */
  readonly chain: readonly DnaValue[]
}

/** The nested form of a DNA. */
export type DnaValue = number | readonly DnaValue[] | DnaChain

const CHAIN_TAG = '__tuple__'

/** A list in its shortest form. */
export function listValue(values: readonly DnaValue[]): DnaValue {
  return values.length === 1 ? (values[0] as DnaValue) : values
}

/** A choice followed by what it leads to, in its shortest form. */
export function chainValue(choice: number, rest: DnaValue): DnaValue {
  if (isList(rest) && rest.length === 0) return choice
  return { chain: isChain(rest) ? [choice, ...rest.chain] : [choice, rest] }
}

function isChain(value: DnaValue): value is DnaChain {
  return typeof value === 'object' && 'chain' in value
}

function isList(value: DnaValue): value is readonly DnaValue[] {
  return Array.isArray(value)
}

/** The genes of a nested form: its numbers from left to right. */
export function genesOf(value: DnaValue): number[] {
  if (typeof value === 'number') return [value]
  return (isChain(value) ? value.chain : value).flatMap(genesOf)
}

/** The text of a nested form. */
export function printValue(value: DnaValue): string {
  if (typeof value === 'number') return String(value)
  if (isChain(value)) return `(${value.chain.map(printValue).join(', ')})`
  return `[${value.map(printValue).join(', ')}]`
}

/** The nested form as JSON-ready data. */
export function valueToJson(value: DnaValue): unknown {
  if (typeof value === 'number') return value
  return isChain(value) ? [CHAIN_TAG, ...value.chain.map(valueToJson)] : value.map(valueToJson)
}

/**
 * The nested form that JSON-ready data stands for, in its shortest form.
 *
 * @throws InvalidDnaError on anything that is none
 */
export function valueFromJson(json: unknown, depth = 1): DnaValue {
  if (typeof json === 'number') return json
  if (!Array.isArray(json)) {
    throw new InvalidDnaError({ expected: 'a number, a list or a chain', got: json, remedy: 'give the JSON of a DNA' })
  }
  if (depth > MAX_DEPTH) {
    throw new InvalidDnaError({
      expected: `at most ${MAX_DEPTH} levels`,
      got: json,
      gotText: 'more',
      remedy: 'give the JSON of a DNA',
    })
  }
  const isTagged = json[0] === CHAIN_TAG
  const parts = (isTagged ? json.slice(1) : json).map((part: unknown) => valueFromJson(part, depth + 1))
  return isTagged ? chain(parts) : listValue(parts)
}

/**
 * Reads the text of a nested form. O(length).
 *
 * @throws InvalidDnaError with the position of what is wrong
 */
export function parseValue(text: string): DnaValue {
  const parser = new Parser(text)
  const value = parser.value()
  parser.end()
  return value
}

/** A chain of parts as they were written: lists only at the end, and at least two parts. */
function chain(parts: readonly DnaValue[]): DnaValue {
  const [first, ...rest] = parts
  if (first === undefined || rest.length === 0) {
    throw new InvalidDnaError({
      expected: 'a chain of at least two parts',
      got: parts,
      gotText: printValue({ chain: parts }),
      remedy: 'write a choice alone without parentheses',
    })
  }
  const misplaced = parts.slice(0, -1).find((part) => typeof part !== 'number')
  if (misplaced !== undefined) {
    throw new InvalidDnaError({
      expected: 'several decisions in the last place of a chain only',
      got: misplaced,
      gotText: printValue(misplaced),
      remedy: 'put the list at the end',
    })
  }
  const last = parts.at(-1) as DnaValue
  const before = parts.slice(0, -1)
  // What the last choice leads to continues the chain, or is nothing.
  if (isChain(last)) return { chain: [...before, ...last.chain] }
  if (!isList(last) || last.length > 0) return { chain: parts }
  return before.length === 1 ? (before[0] as DnaValue) : { chain: before }
}

/** Nesting that no space reaches: beyond it text and JSON are refused instead of overflowing the stack. */
const MAX_DEPTH = 1000

const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy

class Parser {
  private readonly text: string
  private at = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  value(): DnaValue {
    if (++this.depth > MAX_DEPTH) throw this.error(`at most ${MAX_DEPTH} levels`)
    const value = this.take('[') ? listValue(this.parts(']')) : this.take('(') ? chain(this.parts(')')) : this.number()
    this.depth--
    return value
  }

  end(): void {
    this.space()
    if (this.at < this.text.length) throw this.error('the end')
  }

  private parts(close: string): DnaValue[] {
    const parts: DnaValue[] = []
    if (this.take(close)) return parts
    do parts.push(this.value())
    while (this.take(',') && !this.sees(close))
    if (!this.take(close)) throw this.error(`',' or '${close}'`)
    return parts
  }

  private number(): number {
    this.space()
    NUMBER.lastIndex = this.at
    const match = NUMBER.exec(this.text)
    if (match === null) throw this.error("a number, '[' or '('")
    this.at += match[0].length
    return Number(match[0])
  }

  private take(token: string): boolean {
    if (!this.sees(token)) return false
    this.at += token.length
    return true
  }

  private sees(token: string): boolean {
    this.space()
    return this.text.startsWith(token, this.at)
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }

  private error(expected: string): InvalidDnaError {
    return new InvalidDnaError({
      expected: `${expected} at position ${this.at}`,
      got: this.text,
      remedy: 'write it as in [0, (1, 2), 0.5]',
    })
  }
}
