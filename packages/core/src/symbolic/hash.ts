import { isPlainContainer, toNode } from './from-plain.ts'
import { isNode, type SymbolicNode, TRAITS } from './node.ts'
import { typeName } from './type-name.ts'
import { isRef } from './ref.ts'

/** What kind of value follows in the stream that is hashed; permanent, since hashes are compared across versions. */
const Tag = {
  undefined: 1,
  null: 2,
  false: 3,
  true: 4,
  number: 5,
  bigint: 6,
  string: 7,
  list: 8,
  record: 9,
  object: 10,
  ref: 11,
  function: 12,
  symbol: 13,
  opaque: 14,
} as const

/**
 * A 64-bit structural hash: equal values have equal hashes (rule S11), in every process and version.
 *
 * Functions, references and opaque objects contribute a constant of their kind, since what identifies them does not last.
 * O(size); iterative.
 */
export function hash(value: unknown): bigint {
  const mixer = new Mixer()
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const next = pending.pop()
    const node = isPlainContainer(next) ? toNode(next) : next
    if (isNode(node)) openNode(node, mixer, pending)
    else mixer.leaf(node)
  }
  return mixer.digest()
}

/** Writes the head of a node and leaves its values on the stack, the first on top. */
function openNode(node: SymbolicNode, mixer: Mixer, pending: unknown[]): void {
  const traits = node[TRAITS]
  const values = traits.values(node)
  if (traits.kind === 'record') {
    const keys = traits.keys(node) as readonly string[]
    mixer.word(Tag.record)
    mixer.word(keys.length)
    // Record equality ignores the order of keys, so the stream has them in one order.
    const sorted = keys.map((key, i) => ({ key, value: values[i] }))
    sorted.sort((a, b) => (a.key < b.key ? -1 : 1))
    for (const { key } of sorted) mixer.text(key)
    for (let i = sorted.length - 1; i >= 0; i--) pending.push(sorted[i]?.value)
    return
  }
  if (traits.kind === 'list') mixer.word(Tag.list)
  else {
    mixer.word(Tag.object)
    mixer.text(typeName(node))
  }
  mixer.word(values.length)
  for (let i = values.length - 1; i >= 0; i--) pending.push(values[i])
}

const FLOAT = new Float64Array(1)
const WORDS = new Uint32Array(FLOAT.buffer)
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/**
 * Two 32-bit lanes that take words one by one: a multiply-xor-shift mix with different odd constants (golden ratio and
 * its kin), each lane also fed the other's state so that they do not fail together.
 */
class Mixer {
  private low = 0x9e3779b9 | 0
  private high = 0x85ebca6b | 0

  word(value: number): void {
    this.low = Math.imul(this.low ^ value, 0xcc9e2d51)
    this.low = ((this.low << 15) | (this.low >>> 17)) ^ this.high
    this.high = Math.imul(this.high ^ value ^ (this.low >>> 7), 0x1b873593)
    this.high = (this.high << 13) | (this.high >>> 19)
  }

  text(text: string): void {
    this.word(text.length)
    for (let i = 0; i < text.length; i += 2) {
      this.word(text.charCodeAt(i) | (i + 1 < text.length ? text.charCodeAt(i + 1) << 16 : 0))
    }
  }

  leaf(value: unknown): void {
    switch (typeof value) {
      case 'undefined':
        return this.word(Tag.undefined)
      case 'boolean':
        return this.word(value ? Tag.true : Tag.false)
      case 'number':
        return this.number(value)
      case 'bigint':
        this.word(Tag.bigint)
        return this.text(value.toString(16))
      case 'string':
        this.word(Tag.string)
        return this.text(value)
      case 'function':
        return this.word(Tag.function)
      case 'symbol':
        return this.word(Tag.symbol)
      default:
        return this.word(value === null ? Tag.null : isRef(value) ? Tag.ref : Tag.opaque)
    }
  }

  private number(value: number): void {
    // One NaN, and one zero, as equality has it.
    FLOAT[0] = Number.isNaN(value) ? Number.NaN : value + 0
    const first = WORDS[LITTLE_ENDIAN ? 0 : 1] as number
    const second = Number.isNaN(value) ? 0x7ff80000 : (WORDS[LITTLE_ENDIAN ? 1 : 0] as number)
    this.word(Tag.number)
    this.word(Number.isNaN(value) ? 0 : first)
    this.word(second)
  }

  digest(): bigint {
    const low = finish(this.low ^ Math.imul(this.high, 0x27d4eb2f))
    const high = finish(this.high ^ Math.imul(low, 0x165667b1))
    return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
  }
}

/** The avalanche at the end: every bit of the state reaches every bit of the result. */
function finish(word: number): number {
  let x = word
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
