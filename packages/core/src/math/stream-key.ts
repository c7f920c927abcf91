/**
 * Stream keys: the 128 bits that name a random stream, derived from a seed and a path of child keys.
 *
 * A key is four 32-bit words (a, b, c, d). Deriving a child writes what names the child into the words by exclusive
 * or, then scrambles them; both steps can be undone when the name is known, so two names of at most 64 bits never
 * lead from one parent to the same child. Longer names are written 64 bits at a time, as a sponge does, after their
 * length; for these, and along different paths, two keys agree by chance alone, with probability 2^-128 a pair.
 *
 * Scrambling is an unbalanced Feistel network, two rounds of
 *
 *     b ^= mix(a + R₀),  c ^= mix(b + R₁),  d ^= mix(c + R₂),  a ^= mix(d + R₃)
 *
 * with 32-bit additions, so after two rounds a change of any bit changes every bit of the key with probability close
 * to 1/2 (a test counts). `mix` is C. Wellons' 32-bit finaliser (hash-prospector, 2018, public domain), found by
 * searching multipliers for the lowest avalanche bias. It is no cryptography: a key does not hide its seed.
 *
 * Everything here decides which numbers a seed gives, for ever: a change breaks every recorded study.
 *
 * @internal
 */

import { highWord, lowWord } from './double-bits.ts'

/** The four words of a stream key, each a signed 32-bit integer. */
export interface StreamKey {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

/** The fractional digits of π in hexadecimal, as constants without a hidden purpose: the key of the root. */
const ROOT: StreamKey = { a: 0x243f6a88, b: 0x85a308d3 | 0, c: 0x13198a2e, d: 0x03707344 }
/** The digits that follow: one constant for each step of a round. */
const STEP_0 = 0xa4093822 | 0
const STEP_1 = 0x299f31d0
const STEP_2 = 0x082efa98
const STEP_3 = 0xec4e6c89 | 0

/** What kind of name is written: numbers and strings stay apart, also `1` and `'1'`, and so do seeds. */
const SEED = 1
const NUMBER = 2
const STRING = 3

/** A bijection of 32-bit words in which every bit of the argument reaches every bit of the result. */
function mix(word: number): number {
  let x = word
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return x ^ (x >>> 16)
}

function scramble(a: number, b: number, c: number, d: number): StreamKey {
  b ^= mix((a + STEP_0) | 0)
  c ^= mix((b + STEP_1) | 0)
  d ^= mix((c + STEP_2) | 0)
  a ^= mix((d + STEP_3) | 0)
  b ^= mix((a + STEP_0) | 0)
  c ^= mix((b + STEP_1) | 0)
  d ^= mix((c + STEP_2) | 0)
  a ^= mix((d + STEP_3) | 0)
  return { a, b, c, d }
}

/** The key of the root stream of a seed, which is a finite number; -0 counts as 0. */
export function rootKey(seed: number): StreamKey {
  return deriveByNumber(ROOT, SEED, seed)
}

/** The key of a child: `name` is a finite number (-0 counts as 0) or any string. */
export function childKey(parent: StreamKey, name: number | string): StreamKey {
  return typeof name === 'number' ? deriveByNumber(parent, NUMBER, name) : deriveByString(parent, name)
}

/** The 64 bits of a double in one go. */
function deriveByNumber(parent: StreamKey, kind: number, value: number): StreamKey {
  const plain = value + 0 // -0 + 0 is 0
  return scramble(parent.a ^ lowWord(plain), parent.b, parent.c ^ highWord(plain), parent.d ^ kind)
}

/** Four UTF-16 code units at a time, the length before the first four; units beyond the end count as 0. */
function deriveByString(parent: StreamKey, text: string): StreamKey {
  let key = parent
  let length = text.length
  let kind = STRING
  let i = 0
  do {
    const low = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16) // a unit beyond the end is NaN, and NaN | 0 is 0
    const high = text.charCodeAt(i + 2) | (text.charCodeAt(i + 3) << 16)
    key = scramble(key.a ^ low, key.b ^ length, key.c ^ high, key.d ^ kind)
    length = 0
    kind = 0
    i += 4
  } while (i < text.length)
  return key
}
