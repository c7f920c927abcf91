import { describe, expect, test } from 'vitest'
import { compare, DifferentWorkError, jsonRow, ratioOf } from './comparison.ts'
import type { Row } from './row.ts'

const row: Row = { name: 'construct', unit: 'ns', about: '', measure: () => ({ value: 0 }) }

describe('compare', () => {
  test('the ratio says how many times better ours is', () => {
    expect(ratioOf(compare(row, { value: 5e-8 }, 'pyglove 0.4.5', { value: 2e-4 }))).toBeCloseTo(4000)
    expect(ratioOf(compare(row, { value: 2 }, 'pyglove 0.4.5', { value: 1 }))).toBe(0.5)
    expect(ratioOf(compare(row, { value: 2 }))).toBeUndefined()
  })

  test('two sides that read different values are refused', () => {
    const different = () => compare(row, { value: 1, check: 2368 }, 'pyglove 0.4.5', { value: 1, check: 2367 })
    expect(different).toThrow(DifferentWorkError)
    expect(different).toThrow('construct: expected both sides to read the same values, got the sums 2368 here and 2367')
  })

  test('a side without a check is not held against the other', () => {
    expect(compare(row, { value: 1, check: 3 }, 'p', { value: 2 }).peer).toEqual({ value: 2 })
    expect(compare(row, { value: 1, check: 3 }, 'p', { value: 2, check: 3 }).peerName).toBe('p')
  })
})

describe('jsonRow', () => {
  test('gives both sides in the unit of the row', () => {
    const comparison = compare(row, { value: 3.21654987e-8, spread: 0.1 }, 'pyglove 0.4.5', { value: 3.2165305e-4 })
    expect(jsonRow(comparison)).toEqual({
      name: 'construct',
      ours: 32.1655,
      unit: 'ns',
      peerName: 'pyglove 0.4.5',
      peer: 321653,
      ratio: 9999.94,
    })
  })

  test('has null for a peer that there is not', () => {
    expect(JSON.stringify(jsonRow(compare({ ...row, name: 'growth', unit: 'x' }, { value: 1.04 })))).toBe(
      '{"name":"growth","ours":1.04,"unit":"x","peerName":null,"peer":null,"ratio":null}',
    )
  })
})
