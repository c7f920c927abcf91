import { Space } from 'mitten'
import { describe, expect, test } from 'vitest'
import {
  flat20,
  flat20Text,
  INPUTS,
  makeConv,
  makeNet,
  nest20,
  nest20Text,
  readConv,
  readFlat20,
  readNest20,
  readNet,
} from './programs.ts'
import { repeat } from './timing.ts'

// The sums are what PyGlove 0.4.5 reads from the same workloads in benchmarks/peers/pyglove/rows.py.
describe('the workloads read as in PyGlove', () => {
  test('objects and trees', () => {
    expect(repeat((i) => readConv(makeConv(i)), INPUTS)).toBe(2368)
    expect(repeat((i) => readNet(makeNet(i)), INPUTS)).toBe(12_032)
  })

  test('FLAT20', () => {
    const space = Space.of(flat20())
    expect(space.dna.size).toBe(10n ** 20n)
    expect(repeat((k) => readFlat20(space.materialize(space.dna.parse(flat20Text(k)))), INPUTS)).toBe(5760)
  })

  test('NEST20', () => {
    const space = Space.of(nest20())
    // 1 value, 3 inner candidates, and 4 × 3 ordered pairs.
    expect(space.dna.size).toBe(16n ** 20n)
    expect(repeat((k) => readNest20(space.materialize(space.dna.parse(nest20Text(k)))), INPUTS)).toBe(7910)
  })
})
