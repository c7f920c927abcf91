import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rootKey } from './stream-key.ts'
import { randomStream } from './stream.ts'
import type { Stream } from './stream.ts'

/**
 * Pearson's statistic of counts that should be equal, as distance from its mean in deviations: about normal when the
 * counts are many. Seeds are fixed, so a value above 4 is a finding and not bad luck.
 */
function unevenness(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  return Math.abs(statistic - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1))
}

function tally(cells: number, draws: number, draw: (i: number) => number): number[] {
  const counts = new Array<number>(cells).fill(0)
  for (let i = 0; i < draws; i++) {
    const cell = draw(i)
    counts[cell] = (counts[cell] as number) + 1
  }
  return counts
}

/** Lower words of what xoroshiro128+ puts out (Blackman and Vigna, parameters 24, 16, 37), in unbounded integers. */
function* referenceWords(seed: number): Generator<bigint> {
  const mask = (1n << 64n) - 1n
  const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (64n - by))) & mask
  const word = (x: number): bigint => BigInt(x >>> 0)
  const { a, b, c, d } = rootKey(seed)
  let s0 = (word(a) << 32n) | word(b)
  let s1 = (word(c) << 32n) | word(d)
  for (;;) {
    yield (s0 + s1) & 0xffffffffn
    s1 ^= s0
    s0 = rotate(s0, 24n) ^ s1 ^ ((s1 << 16n) & mask)
    s1 = rotate(s1, 37n)
  }
}

function referenceWord(words: Generator<bigint>): bigint {
  return words.next().value as bigint // the generator never ends
}

/** The first draws of a stream in hexadecimal, with all their 53 bits. */
function fingerprint(stream: Stream): string {
  return Array.from({ length: 3 }, () => (stream.next() * 2 ** 53).toString(16).padStart(14, '0')).join(' ')
}

const seeds = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
const keys = fc.oneof(seeds, fc.string({ maxLength: 12 }))
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 2 ** 21 - 5, max: 2 ** 21 + 5 }),
  fc.integer({ min: 2 ** 31 - 5, max: 2 ** 31 + 5 }),
  fc.integer({ min: 2 ** 32 - 5, max: 2 ** 32 + 5 }),
  fc.integer({ min: 2 ** 53 - 5, max: 2 ** 53 - 1 }),
  fc.constant(2 ** 53),
  fc.integer({ min: 1, max: 2 ** 32 }),
  fc.integer({ min: 1, max: 2 ** 53 - 1 }),
)

describe('draws', () => {
  it('[T8] next is 53 bits of two generator words', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const stream = randomStream(seed)
        const words = referenceWords(seed)
        for (let i = 0; i < 20; i++) {
          const bits = ((referenceWord(words) >> 5n) << 26n) | (referenceWord(words) >> 6n)
          expect(stream.next()).toBe(Number(bits) / 2 ** 53)
        }
      }),
    )
  })

  it('[T8] int is the stated reduction of generator words', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, n) => {
        const stream = randomStream(seed)
        const words = referenceWords(seed)
        const size = BigInt(n)
        for (let i = 0; i < 10; i++) {
          let expected: bigint
          if (n <= 2 ** 32) {
            const threshold = 2n ** 32n % size
            let product: bigint
            do product = referenceWord(words) * size
            while ((product & 0xffffffffn) < threshold)
            expected = product >> 32n
          } else {
            const limit = 2n ** 53n - (2n ** 53n % size)
            let bits: bigint
            do bits = ((referenceWord(words) >> 5n) << 26n) | (referenceWord(words) >> 6n)
            while (bits >= limit)
            expected = bits % size
          }
          expect(stream.int(n)).toBe(Number(expected))
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('next lies in [0, 1)', () => {
    const stream = randomStream(5)
    let smallest = 1
    let largest = 0
    let sum = 0
    for (let i = 0; i < 100_000; i++) {
      const value = stream.next()
      smallest = Math.min(smallest, value)
      largest = Math.max(largest, value)
      sum += value
    }
    expect(smallest).toBeGreaterThanOrEqual(0)
    expect(smallest).toBeLessThan(1e-4)
    expect(largest).toBeLessThan(1)
    expect(largest).toBeGreaterThan(1 - 1e-4)
    // Deviation of the mean: sqrt(1/12 / 100,000) = 0.0009.
    expect(Math.abs(sum / 100_000 - 0.5)).toBeLessThan(0.004)
  })

  it.each([2, 3, 5, 7, 10, 16, 100, 1000])('int(%i) is uniform', (n) => {
    const stream = randomStream(n)
    expect(unevenness(tally(n, 100 * n + 50_000, () => stream.int(n)))).toBeLessThan(4)
  })

  it.each([3 * 2 ** 30, 2 ** 32 - 1, 2 ** 32 + 1, 3 * 2 ** 51, 2 ** 53 - 1, 2 ** 53])(
    'int(%i) is uniform, at its lower and its upper end',
    (n) => {
      const stream = randomStream(17)
      const values = Array.from({ length: 60_000 }, () => stream.int(n))
      // Naive remainders would favour the lower half of 3·2^30 by half.
      expect(unevenness(tally(12, values.length, (i) => Math.floor((values[i] as number) / (n / 12))))).toBeLessThan(4)
      expect(unevenness(tally(4, values.length, (i) => (values[i] as number) % 4))).toBeLessThan(4)
    },
  )

  it('each of the 53 bits of next is fair, and neighbouring draws are unrelated', () => {
    const stream = randomStream(23)
    const draws = 20_000
    const ones = new Array<number>(53).fill(0)
    const pairs = new Array<number>(64).fill(0)
    let last = 0
    for (let i = 0; i < draws; i++) {
      const value = stream.next()
      let bits = value * 2 ** 53
      for (let bit = 0; bit < 53; bit++) {
        ones[bit] = (ones[bit] as number) + (bits % 2)
        bits = Math.floor(bits / 2)
      }
      const cell = last * 8 + Math.floor(value * 8)
      if (i > 0) pairs[cell] = (pairs[cell] as number) + 1
      last = Math.floor(value * 8)
    }
    for (const count of ones) expect(Math.abs(count - draws / 2)).toBeLessThan(4.5 * Math.sqrt(draws / 4))
    expect(unevenness(pairs)).toBeLessThan(4)
  })
})

describe('children', () => {
  it('[T3] do not depend on what was drawn, nor on which children were made before', () => {
    fc.assert(
      fc.property(
        seeds,
        keys,
        fc.array(fc.oneof(keys, fc.constant(undefined)), { maxLength: 10 }),
        (seed, key, acts) => {
          const stream = randomStream(seed)
          for (const act of acts) {
            if (act === undefined) stream.next()
            else stream.child(act).int(7)
          }
          expect(fingerprint(stream.child(key))).toBe(fingerprint(randomStream(seed).child(key)))
        },
      ),
    )
  })

  it('[T3] do not move the stream that they are made of', () => {
    fc.assert(
      fc.property(seeds, keys, (seed, key) => {
        const stream = randomStream(seed)
        stream.child(key).next()
        expect(fingerprint(stream)).toBe(fingerprint(randomStream(seed)))
      }),
    )
  })

  it('differ from one another, from their parent and from the same path under another seed', () => {
    const root = randomStream(1)
    const streams = [
      root,
      randomStream(2),
      randomStream(-1),
      randomStream(0.5),
      randomStream(2 ** 53),
      randomStream(1e300),
      root.child(1),
      root.child('1'),
      root.child(-1),
      root.child(0),
      root.child(0.5),
      root.child(''),

      root.child(Number.MAX_SAFE_INTEGER),
      root.child(Number.MAX_SAFE_INTEGER - 1),
      root.child(2 ** 32),
      root.child(1 + 2 ** 32),

      root.child(1).child(2),
      root.child(2).child(1),
      root.child('1,2'),
      root.child('ab').child('c'),
      root.child('a').child('bc'),

      root.child('abcd'),
      root.child('abcde'),
      root.child('abcd\0'),
      randomStream(2).child(1),
      root.child(1).child(1),
    ]
    expect(new Set(streams.map(fingerprint)).size).toBe(streams.length)
  })

  it('take -0 for 0, as name and as seed', () => {
    expect(fingerprint(randomStream(-0))).toBe(fingerprint(randomStream(0)))
    expect(fingerprint(randomStream(1).child(-0))).toBe(fingerprint(randomStream(1).child(0)))
  })

  it('numbered in a row have first draws that are uniform and unrelated', () => {
    const root = randomStream(31)
    expect(unevenness(tally(100, 100_000, (i) => root.child(i).int(100)))).toBeLessThan(4)
    const cell = (i: number): number => Math.floor(root.child(i).next() * 10)
    expect(unevenness(tally(100, 50_000, (i) => cell(i) * 10 + cell(i + 1)))).toBeLessThan(4)
    expect(unevenness(tally(100, 100_000, (i) => randomStream(i).int(100)))).toBeLessThan(4)
  })
})

describe('frozen draws', () => {
  it('[T8] never change', () => {
    const root = randomStream(20201206)
    expect(fingerprint(root)).toBe('0e553507a5b56e 04e6068092bd19 0818d856c6478d')
    expect(fingerprint(root.child(0))).toBe('0e2c9d8bce07ec 0de2321ee4dba3 02307da3064f86')
    expect(fingerprint(root.child(-7))).toBe('0ea0e7ef93d4e2 0efeb758d8bc18 04edf7c34d0477')
    expect(fingerprint(root.child(0.1))).toBe('1b4eab6f5aa910 0e1c4181d037f8 02174889c08e1a')
    expect(fingerprint(root.child(Number.MAX_SAFE_INTEGER))).toBe('01ef97ae511b74 07f3598cf10a3a 1c5a088ca5435e')
    expect(fingerprint(root.child('mutation'))).toBe('13b0cefe75fdce 1ac68280ed5fd7 079a801f97a4eb')
    expect(fingerprint(root.child(3).child('an operator with a long name').child(1))).toBe(
      '1f95870cc331f8 0cafc6fbe482b3 186c6f21393a35',
    )
    const ints = root.child('int')
    expect([2, 6, 10, 1000, 2 ** 21 + 1, 1e9, 2 ** 32, 2 ** 40, 1e15, 2 ** 53].map((n) => ints.int(n))).toEqual([
      1, 2, 0, 87, 85939, 710082619, 2808787208, 583569857645, 57590531962234, 1929650336228380,
    ])
  })
})

describe('refusals', () => {
  it.each([NaN, Infinity, -Infinity])('a seed or child key of %d is a RangeError that says what to pass', (value) => {
    expect(() => randomStream(value)).toThrow(
      new RangeError(`seed: expected a finite number, got ${value}; pass an integer such as 1`),
    )
    expect(() => randomStream(1).child(value)).toThrow(
      new RangeError(`child key: expected a finite number or a string, got ${value}; number the children from 0`),
    )
  })

  it('a child key that is neither number nor string is a RangeError as well', () => {
    for (const key of [undefined, null, 1n, {}, Symbol('s')]) {
      // @ts-expect-error Callers without types may pass anything.
      expect(() => randomStream(1).child(key)).toThrow(RangeError)
    }
  })

  it.each([0, -1, 0.5, 1.5, 2 ** 32 + 0.5, 2 ** 53 + 2, NaN, Infinity])(
    'int(%d) is a RangeError that says what to pass',
    (n) => {
      const stream = randomStream(1)
      expect(() => stream.int(n)).toThrow(
        new RangeError(`int: expected an integer in [1, 2^53], got ${n}; pass the number of possible results`),
      )
      // A refused call draws nothing.
      expect(fingerprint(stream)).toBe(fingerprint(randomStream(1)))
    },
  )
})
