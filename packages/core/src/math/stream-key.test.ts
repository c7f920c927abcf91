import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childKey, rootKey } from './stream-key.ts'
import type { StreamKey } from './stream-key.ts'

const MASK = 0xffffffffn

/** The derivation as the file header states it, written again in unbounded integers. */
function referenceKey(path: readonly [seed: number, ...names: (number | string)[]]): string {
  const multiply = (x: bigint, factor: bigint): bigint => (x * factor) & MASK
  const mix = (word: bigint): bigint => {
    let x = word & MASK
    x = multiply(x ^ (x >> 16n), 0x7feb352dn)
    x = multiply(x ^ (x >> 15n), 0x846ca68bn)
    return x ^ (x >> 16n)
  }
  let key: [bigint, bigint, bigint, bigint] = [0x243f6a88n, 0x85a308d3n, 0x13198a2en, 0x03707344n]
  const absorb = (low: bigint, length: bigint, high: bigint, kind: bigint): void => {
    let [a, b, c, d] = key
    a ^= low
    b ^= length
    c ^= high
    d ^= kind
    for (let round = 0; round < 2; round++) {
      b ^= mix(a + 0xa4093822n)
      c ^= mix(b + 0x299f31d0n)
      d ^= mix(c + 0x082efa98n)
      a ^= mix(d + 0xec4e6c89n)
    }
    key = [a, b, c, d]
  }
  path.forEach((name, depth) => {
    if (typeof name === 'number') {
      const view = new DataView(new ArrayBuffer(8))
      view.setFloat64(0, name === 0 ? 0 : name)
      absorb(BigInt(view.getUint32(4)), 0n, BigInt(view.getUint32(0)), depth === 0 ? 1n : 2n)
      return
    }
    const units = Array.from({ length: Math.max(4, Math.ceil(name.length / 4) * 4) }, (_, i) =>
      i < name.length ? BigInt(name.charCodeAt(i)) : 0n,
    )
    for (let i = 0; i < units.length; i += 4) {
      const [u0, u1, u2, u3] = units.slice(i, i + 4) as [bigint, bigint, bigint, bigint]
      absorb(u0 | (u1 << 16n), i === 0 ? BigInt(name.length) : 0n, u2 | (u3 << 16n), i === 0 ? 3n : 0n)
    }
  })
  return key.map((word) => word.toString(16).padStart(8, '0')).join('')
}

function wordsOf(key: StreamKey): number[] {
  return [key.a, key.b, key.c, key.d]
}

function textOf(key: StreamKey): string {
  return wordsOf(key)
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('')
}

function bitsChanged(one: StreamKey, other: StreamKey): number[] {
  const others = wordsOf(other)
  return wordsOf(one).flatMap((word, i) => {
    const difference = word ^ (others[i] as number)
    return Array.from({ length: 32 }, (_, bit) => (difference >>> bit) & 1)
  })
}

const seeds = fc.double({ noNaN: true, noDefaultInfinity: true })
const names = fc.oneof(seeds, fc.integer(), fc.maxSafeInteger(), fc.string({ unit: 'binary', maxLength: 20 }))

describe('stream keys', () => {
  it('[T8] are what the stated derivation gives', () => {
    fc.assert(
      fc.property(seeds, fc.array(names, { maxLength: 4 }), (seed, path) => {
        const key = path.reduce<StreamKey>((parent, name) => childKey(parent, name), rootKey(seed))
        expect(textOf(key)).toBe(referenceKey([seed, ...path]))
      }),
    )
  })

  it('[T8] have frozen values', () => {
    expect(textOf(rootKey(0))).toBe('bd1dcfbfabe54fe3c2dd468a2595b72b')
    expect(textOf(rootKey(1))).toBe('7a2d33e640abfaca88c7fb3112e38543')
    expect(textOf(childKey(rootKey(1), 0))).toBe('4a0b2b3fabf189abb4bd975c43ed406e')
    expect(textOf(childKey(rootKey(1), -0.5))).toBe('d2ff243eade11f6690e29c2c5a45402b')
    expect(textOf(childKey(rootKey(1), 'mutation'))).toBe('37a5ec1d945983a2447015f9bfaad6b0')
    expect(textOf(childKey(rootKey(1), ''))).toBe('a9a9d3d6e63dcde9a22b301e5b62fe64')
  })

  it('differ between all names below one parent', () => {
    const parent = rootKey(3)
    const names: (number | string)[] = ['', '\0', '\0\0', 'é', '\uD800']
    for (let i = 0; i < 20_000; i++)
      names.push(i, String(i), i / 3, -1 - i, Number.MAX_SAFE_INTEGER - i, `a long name ${i}`)
    const integersTwice = 6667 // i / 3 is an integer again for each third i
    expect(new Set(names.map((name) => textOf(childKey(parent, name)))).size).toBe(new Set(names).size)
    expect(new Set(names).size).toBe(names.length - integersTwice)
  })

  it('change in every bit about every second time when one bit of a name or of the parent changes', () => {
    const rounds = 200
    const view = new DataView(new ArrayBuffer(8))
    for (let input = 0; input < 64 + 128; input++) {
      const changes = new Array<number>(128).fill(0)
      for (let round = 0; round < rounds; round++) {
        const parent = childKey(rootKey(11), round)
        let name = round * 0.123456789 + 1
        let other = parent
        const before = childKey(parent, name)
        if (input < 52) {
          // Bits of the significand: those of the exponent might make the number infinite.
          view.setFloat64(0, name)
          view.setBigUint64(0, view.getBigUint64(0) ^ (1n << BigInt(input)))
          name = view.getFloat64(0)
        } else if (input < 64) {
          name *= 2 ** (input - 51)
        } else {
          const words = wordsOf(parent)
          const at = (input - 64) >> 5
          words[at] = (words[at] as number) ^ (1 << (input & 31))
          const [a, b, c, d] = words as [number, number, number, number]
          other = { a, b, c, d }
        }
        bitsChanged(before, childKey(other, name)).forEach((bit, i) => (changes[i] = (changes[i] as number) + bit))
      }
      // Binomial with 200 trials: deviation 0.035, so 0.18 is more than five deviations.
      for (const count of changes) expect(Math.abs(count / rounds - 0.5), `input bit ${input}`).toBeLessThan(0.18)
    }
  })
})
