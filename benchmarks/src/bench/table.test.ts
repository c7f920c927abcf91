import { describe, expect, test } from 'vitest'
import { compare } from './comparison.ts'
import type { Row } from './row.ts'
import { tableHeader, tableLine } from './table.ts'

const row = (name: string, unit: Row['unit'], about: string): Row => ({
  name,
  unit,
  about,
  measure: () => ({ value: 0 }),
})
const construct = row('construct', 'ns', 'a small object')
const growth = row('growth', 'x', 'late over early')

describe('table', () => {
  test('shows the peer and the ratio when there is a peer', () => {
    const peer = 'pyglove 0.4.5'
    expect([
      tableHeader(10, peer),
      tableLine(compare(construct, { value: 3.2e-8, spread: 0.021 }, peer, { value: 3.2e-4 }), 10, peer),
      tableLine(compare(growth, { value: 1.041 }), 10, peer),
    ]).toEqual([
      'row             ours      ± pyglove 0.4.5     ratio   what',
      'construct      32 ns    2 %        320 µs   10,000x   a small object',
      'growth         1.04x                    –         –   late over early',
    ])
  })

  test('has no empty columns when ours runs alone', () => {
    expect([tableHeader(10, undefined), tableLine(compare(construct, { value: 3.2e-8 }), 10, undefined)]).toEqual([
      'row             ours      ±   what',
      'construct      32 ns          a small object',
    ])
  })
})
