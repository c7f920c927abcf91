import { describe, expect, test } from 'vitest'
import { dimensionOf, formatQuantity, inUnit } from './quantity.ts'

describe('inUnit', () => {
  test('converts from seconds and bytes', () => {
    expect(inUnit(3.2e-8, 'ns')).toBeCloseTo(32)
    expect(inUnit(0.0149, 'ms')).toBeCloseTo(14.9)
    expect(inUnit(25_000, 'kB')).toBe(25)
    expect(inUnit(1.3, 'x')).toBe(1.3)
  })
})

describe('dimensionOf', () => {
  test('tells time, memory and factors apart', () => {
    expect(['µs', 's', 'B', 'x'].map((unit) => dimensionOf(unit as 'µs'))).toEqual(['time', 'time', 'memory', 'factor'])
  })
})

describe('formatQuantity', () => {
  test.each([
    [1.14e-8, 'time', '11.4 ns'],
    [3.2165e-4, 'time', '322 µs'],
    [0.0309, 'time', '30.9 ms'],
    [1.86, 'time', '1.86 s'],
    [125, 'time', '125 s'],
    [2e-10, 'time', '0.2 ns'],
    [0, 'time', '0 ns'],
    [412, 'memory', '412 B'],
    [24_321, 'memory', '24.3 kB'],
    [1.0234, 'factor', '1.02x'],
    [12_345, 'factor', '12,300x'],
  ] as const)('%d as %s is %s', (base, dimension, text) => {
    expect(formatQuantity(base, dimension)).toBe(text)
  })

  test('never shows a thousand of a unit that has a larger one', () => {
    expect(formatQuantity(9.998e-7, 'time')).toBe('1 µs')
  })
})
