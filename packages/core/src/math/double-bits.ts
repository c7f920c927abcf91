/**
 * The two 32-bit words of an IEEE 754 double, read and written through one shared 8-byte buffer.
 *
 * Bits are the one thing about a double that every engine agrees on, so the portable functions take numbers apart and
 * put powers of two together here, and the stream keys read numbers here. Synchronous and free of allocation.
 *
 * @internal
 */

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)

/** Where the word with sign, exponent and upper significand lies: 1 on little-endian platforms, 0 on big-endian. */
const HIGH = new Uint8Array(new Float64Array([1]).buffer)[7] === 0x3f ? 1 : 0
const LOW = 1 - HIGH

/** Upper 32 bits as a signed integer: sign, 11 bits of exponent, 20 bits of significand. */
export function highWord(value: number): number {
  double[0] = value
  return words[HIGH] as number // the array has two elements
}

/** Lower 32 bits as a signed integer: the lower end of the significand. */
export function lowWord(value: number): number {
  double[0] = value
  return words[LOW] as number // the array has two elements
}

/** The double whose words are given; each word may be signed or unsigned. */
export function fromWords(high: number, low: number): number {
  words[HIGH] = high
  words[LOW] = low
  return double[0] as number // the array has one element
}

/** 2 to the power of an integer in [-1022, 1023], exactly. */
export function powerOfTwo(exponent: number): number {
  return fromWords((exponent + 1023) << 20, 0)
}
