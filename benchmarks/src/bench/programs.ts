/**
 * The programs and spaces that the rows work on, and how to read all of them. PyGlove's side has the same in
 * `benchmarks/peers/pyglove/rows.py`; `benchmarks/peers/README.md` describes both.
 */
import { field, manyOf, oneOf, symbolic, type List } from 'mitten'

/** How many different inputs a row takes in turn, and how many operations its check sums. */
export const INPUTS = 64

/** Choices in FLAT20 and NEST20. */
const CHOICES = 20

/** Nodes of a `Net`: itself, its list, the four in the list, and the head. */
export const TREE_NODES = 7

/** The small object: two given fields and a default. */
export class Conv extends symbolic('bench/Conv', {
  filters: field.int().min(1),
  rate: field.number(),
  act: field.string().default('relu'),
}) {}

/** The small tree. */
export class Net extends symbolic('bench/Net', {
  name: field.string(),
  layers: field.list(Conv),
  head: Conv,
}) {}

export function makeConv(i: number): Conv {
  return new Conv({ filters: (i % INPUTS) + 1, rate: 0.5 })
}

export function makeNet(i: number): Net {
  return new Net({
    name: 'net',
    layers: [makeConv(i), makeConv(i + 1), makeConv(i + 2), makeConv(i + 3)],
    head: makeConv(i),
  })
}

export function readConv(conv: Conv): number {
  return conv.filters + conv.rate + conv.act.length
}

export function readNet(net: Net): number {
  let total = net.name.length + readConv(net.head)
  for (const conv of net.layers) total += readConv(conv)
  return total
}

const KEYS = Array.from({ length: CHOICES }, (_, i) => `p${i}` as keyof Twenty<unknown>)

/** A record with the keys `p0` to `p19`. */
export type Twenty<T> = Record<
  `p${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19}`,
  T
>

function twenty<T>(make: () => T): Twenty<T> {
  // `KEYS` are exactly the keys of the type, which `fromEntries` cannot say.
  return Object.fromEntries(KEYS.map((key) => [key, make()])) as Twenty<T>
}

/** FLAT20: twenty choices of a digit. 10^20 points. */
export function flat20(): Twenty<number> {
  return twenty(() => oneOf([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
}

/** A value of NEST20: 0 to 3, or two different ones of 4 to 7. */
export type Nested = number | number[]

/** NEST20: twenty choices among a value, a further choice, and two of four. 16^20 points. */
export function nest20(): Twenty<Nested> {
  return twenty(() => oneOf<Nested>([0, oneOf([1, 2, 3]), manyOf(2, [4, 5, 6, 7])]))
}

/** DNA text of the `k`-th FLAT20 input. */
export function flat20Text(k: number): string {
  return `[${KEYS.map((_, j) => (k + 3 * j) % 10).join(', ')}]`
}

/** DNA text of the `k`-th NEST20 input; a third of its genes each way. */
export function nest20Text(k: number): string {
  const genes = KEYS.map((_, j) => {
    const choice = (k + j) % 3
    if (choice === 0) return '0'
    if (choice === 1) return `(1, ${(k + 2 * j) % 3})`
    const first = (k + j) % 4
    return `(2, [${first}, ${(first + 1 + (k % 3)) % 4}])`
  })
  return `[${genes.join(', ')}]`
}

// Property names written out: what a user's code reads is `program.p0`, on both sides.
export function readFlat20(p: Twenty<number>): number {
  return (
    p.p0 +
    p.p1 +
    p.p2 +
    p.p3 +
    p.p4 +
    p.p5 +
    p.p6 +
    p.p7 +
    p.p8 +
    p.p9 +
    p.p10 +
    p.p11 +
    p.p12 +
    p.p13 +
    p.p14 +
    p.p15 +
    p.p16 +
    p.p17 +
    p.p18 +
    p.p19
  )
}

/** A value of a materialized NEST20 program. */
export type NestedValue = number | List<number>

function readNested(value: NestedValue): number {
  return typeof value === 'number' ? value : (value.at(0) ?? NaN) + 2 * (value.at(1) ?? NaN)
}

export function readNest20(p: Twenty<NestedValue>): number {
  const r = readNested
  return (
    r(p.p0) +
    r(p.p1) +
    r(p.p2) +
    r(p.p3) +
    r(p.p4) +
    r(p.p5) +
    r(p.p6) +
    r(p.p7) +
    r(p.p8) +
    r(p.p9) +
    r(p.p10) +
    r(p.p11) +
    r(p.p12) +
    r(p.p13) +
    r(p.p14) +
    r(p.p15) +
    r(p.p16) +
    r(p.p17) +
    r(p.p18) +
    r(p.p19)
  )
}
