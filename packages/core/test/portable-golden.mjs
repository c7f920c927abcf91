/**
 * [T8] Prints digests of random streams and of the portable functions. Two engines agree when they print the same lines.
 *
 * It takes nothing from its platform but `console.log`, so a browser can run it as well.
 */
import { randomStream } from 'mitten'

/**
 * The portable functions are no part of the public interface.
 * @type {typeof import('../src/math/index.ts')}
 */
const math = await import('../build/math/index.js')

const view = new DataView(new ArrayBuffer(8))

/**
 * FNV-1a, 64 bits, over the bit patterns of numbers, a pattern at a time.
 * @param {readonly number[]} numbers
 */
function digest(numbers) {
  let hash = 0xcbf29ce484222325n
  for (const number of numbers) {
    view.setFloat64(0, number)
    // NaN has many bit patterns, of which an engine may choose any.
    const bits = Number.isNaN(number) ? 0x7ff8000000000000n : view.getBigUint64(0)
    hash = BigInt.asUintN(64, (hash ^ bits) * 0x100000001b3n)
    hash ^= hash >> 32n // the product carries upwards only
  }
  return hash.toString(16).padStart(16, '0')
}

/**
 * Prints the digest of what `count` calls return.
 * @param {string} what
 * @param {number} count
 * @param {(i: number) => number | number[]} call
 */
function print(what, count, call) {
  console.log(`${what}: ${digest(Array.from({ length: count }, (_, i) => call(i)).flat())}`)
}

const root = randomStream(20201206)
const stream = root.child('draws')
print('next', 20000, () => stream.next())
for (const n of [1, 2, 10, 1000, 2 ** 21, 2 ** 21 + 1, 3 * 2 ** 30, 2 ** 32, 2 ** 32 + 1, 3 * 2 ** 51, 2 ** 53]) {
  print(`int(${n})`, 2000, () => stream.int(n))
}
print('children by number', 5000, (i) => root.child(i).next())
print('children by negative and fractional number', 5000, (i) => root.child((1 - i) / 8).next())
print('children by text', 5000, (i) => root.child(`child ${i} – ${'é'.repeat(i % 7)}`).next())
print('children of children', 5000, (i) => root.child(i).child('next').child(-i).next())
print('seeds', 5000, (i) => randomStream(i * 4294967291 - 7).next())
print('sampleIndices, dense', 500, (i) => math.sampleIndices(stream, 1 + (i % 40), 1 + (i % 40)))
print('sampleIndices, sparse', 500, (i) => math.sampleIndices(stream, 1e6 + i, 9))
print('weightedIndex', 2000, (i) => math.weightedIndex(stream, [0.1, i % 3, 1 / (i + 1), 0.7]))

/** A double whose bits are random: every size, NaN and Infinity among them. */
function anyDouble() {
  view.setUint32(0, stream.int(2 ** 32))
  view.setUint32(4, stream.int(2 ** 32))
  return view.getFloat64(0)
}

/**
 * A double between -size and size.
 * @param {number} size
 */
function within(size) {
  return (2 * stream.next() - 1) * size
}

for (const name of /** @type {const} */ (['exp', 'expm1', 'log', 'log1p', 'sin', 'cos'])) {
  print(`${name} of any double`, 5000, () => math[name](anyDouble()))
  for (const size of [1e-3, 1, 40, 750]) print(`${name} within ${size}`, 5000, () => math[name](within(size)))
}
for (const size of [1e6, 1e9]) {
  print(`sin within ${size}`, 5000, () => math.sin(within(size)))
  print(`cos within ${size}`, 5000, () => math.cos(within(size)))
}
print('pow of any doubles', 5000, () => math.pow(anyDouble(), anyDouble()))
print('pow of any double, moderate exponent', 5000, () => math.pow(anyDouble(), within(3)))
print('pow within 10', 5000, () => math.pow(within(10), within(10)))
print('pow within 1000', 5000, () => math.pow(1000 * stream.next(), within(100)))
print('pow with whole exponent', 5000, () => math.pow(within(20), stream.int(61) - 30))
print('pow around 1', 5000, () => math.pow(1 + within(1e-6), within(7e8)))

await import('./programs/golden-studies.mjs')
