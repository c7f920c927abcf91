import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator'
import { childKey, rootKey } from './stream-key.ts'
import type { StreamKey } from './stream-key.ts'

/**
 * A source of random numbers: the same seed and path of children give the same numbers on every engine and in every
 * version.
 *
 * A stream does two things that do not touch each other. Drawing (`next`, `int`) moves it forward. `child` names
 * another stream, and depends on nothing but the seed and the keys on the way: not on how much was drawn here, nor on
 * which children were made before. So give each concern a child of its own (`stream.child(trialId)`,
 * `.child('mutation')`), and one draw more in one place shifts nothing elsewhere.
 */
export interface Stream {
  /**
   * Draws a double uniform in [0, 1): a multiple of 2^-53, each equally likely.
   *
   * @returns a number in [0, 1), made of 53 random bits
   */
  next(): number

  /**
   * Draws an integer uniform in [0, n), without bias.
   *
   * How many words it takes from the generator depends on `n` and on chance: one for `n` up to 2^32 and two beyond, and
   * now and then some more, since a word that would favour some results is drawn again.
   *
   * @param n - number of possible results, an integer in [1, 2^53]
   * @returns an integer in [0, n)
   * @throws RangeError when `n` is anything else
   */
  int(n: number): number

  /**
   * The stream named `key` below this one. Draws nothing, and gives an equal stream, at its start, each time it is
   * asked.
   *
   * @param key - a finite number (negative and fractional ones too; -0 counts as 0) or a string; `1` and `'1'` differ
   * @returns a stream independent of this one and of every other child
   * @throws RangeError when `key` is NaN, infinite, or neither number nor string
   */
  child(key: number | string): Stream
}

/**
 * The random stream of a seed.
 *
 * Same seed, same numbers: on Node and in browsers, today and in later versions of this library. The generator is
 * xoroshiro128+ (Blackman and Vigna, 2018; period 2^128 − 1) as pure-rand implements it; its lowest bits, the weaker
 * ones, count least in every draw. It is no source of secrets. A draw allocates nothing, a child three small objects.
 *
 * @param seed - a finite number, usually an integer; every bit of it counts, except that -0 counts as 0
 * @returns the stream at its start
 * @throws RangeError when `seed` is NaN or infinite
 *
 * @example
 * const stream = randomStream(7)
 * stream.child('example').int(6) // the same at every run
 */
export function randomStream(seed: number): Stream {
  if (!Number.isFinite(seed))
    throw new RangeError(`seed: expected a finite number, got ${String(seed)}; pass an integer such as 1`)
  return new KeyedStream(rootKey(seed))
}

const TWO26 = 0x4000000
const TWO32 = 0x100000000
/** 2^-32. */
const WORD_UNIT = 2.3283064365386963e-10
const TWO53 = 0x20000000000000
/** 2^-53. */
const UNIT = 1.1102230246251565e-16
/** Up to here a product with a 32-bit word is exact. */
const TWO21 = 0x200000

class KeyedStream implements Stream {
  readonly #key: StreamKey
  // Built at once although not every stream draws: asking at each draw whether it is there would double a draw's cost.
  readonly #generator: JumpableRandomGenerator

  constructor(key: StreamKey) {
    const { a, b, c, d } = key
    this.#key = key
    // The key is the state, unless it is the one state that xoroshiro never leaves.
    this.#generator = xoroshiro128plusFromState((a | b | c | d) === 0 ? [1, 0, 0, 0] : [a, b, c, d])
  }

  next(): number {
    const generator = this.#generator
    // The upper 27 bits of one word, then the upper 26 of the next: an integer below 2^53, so no step here rounds.
    return ((generator.next() >>> 5) * TWO26 + (generator.next() >>> 6)) * UNIT
  }

  int(n: number): number {
    const generator = this.#generator
    if (!(n >= 1 && n <= TWO32) || n !== Math.floor(n)) return this.#largeInt(n)
    // The upper word of word·n (D. Lemire, "Fast random integer generation in an interval", 2019): it is uniform once
    // the products whose lower word lies below 2^32 mod n are drawn again.
    let word = generator.next() >>> 0
    let low = Math.imul(word, n) >>> 0
    if (low < n) {
      const threshold = TWO32 % n
      while (low < threshold) {
        word = generator.next() >>> 0
        low = Math.imul(word, n) >>> 0
      }
    }
    if (n <= TWO21) return (word * n - low) * WORD_UNIT // exact: the product is below 2^53
    // word·n in two parts below 2^49, for the same upper word.
    const lower = word * (n & 0xffff)
    const upper = word * Math.floor(n / 0x10000)
    return Math.floor((upper + Math.floor(lower / 0x10000)) / 0x10000)
  }

  child(key: number | string): Stream {
    if (typeof key === 'number' ? !Number.isFinite(key) : typeof key !== 'string') {
      throw new RangeError(
        `child key: expected a finite number or a string, got ${String(key)}; number the children from 0`,
      )
    }
    return new KeyedStream(childKey(this.#key, key))
  }

  /** {@link Stream.int} for n above 2^32, and the refusal of what is no size at all. */
  #largeInt(n: number): number {
    if (!(n >= 1 && n <= TWO53) || n !== Math.floor(n)) {
      throw new RangeError(
        `int: expected an integer in [1, 2^53], got ${String(n)}; pass the number of possible results`,
      )
    }
    const limit = TWO53 - (TWO53 % n)
    for (;;) {
      const value = this.next() * TWO53
      if (value < limit) return value % n
    }
  }
}
