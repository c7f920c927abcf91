import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLine, recordLine } from './jsonl-record.ts'

/** What JSON can hold, as it comes back: lone surrogates, deep nesting and strange keys among it. */
const record = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }).map((value): unknown => ({ type: 'x', value }))

describe('[D1] a line of a study file', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(record, (value) => {
        const line = recordLine(value)
        expect(line.endsWith('\n')).toBe(true)
        expect(line.indexOf('\n')).toBe(line.length - 1)
        const bytes = Buffer.from(line.slice(0, -1)).toString('utf8')
        expect(parseLine(bytes)).toEqual({ kind: 'record', record: JSON.parse(JSON.stringify(value)) as unknown })
        expect(parseLine(`${bytes}\r`)).toEqual(parseLine(bytes))
      }),
    )
  })

  it('is told from every shorter one', () => {
    fc.assert(
      fc.property(record, (value) => {
        const line = recordLine(value).slice(0, -1)
        for (let length = 0; length < line.length; length++) {
          expect(parseLine(line.slice(0, length)).kind).toBe('torn')
        }
      }),
      { numRuns: 30 },
    )
  })

  it('is told from one with any other byte', () => {
    const bytes = Buffer.from(recordLine({ type: 'events', sequence: 3, text: 'ü' }).slice(0, -1))
    for (let at = 0; at < bytes.length; at++) {
      for (const other of [0x20, 0x30, 0x22, 0x7d, 0xff]) {
        if (bytes[at] === other) continue
        const changed = Buffer.from(bytes)
        changed[at] = other
        expect(parseLine(changed.toString('utf8')).kind).not.toBe('record')
      }
    }
  })

  it.each(['hello', '{}', '[1, 2]', '{"sum":"00000000","record":{}}', 'null', '"sum"', '{"type":"study"}'])(
    'is told from other text: %s',
    (text) => {
      expect(parseLine(text)).toEqual({ kind: 'damaged' })
    },
  )

  it('has the form that is on record for ever', () => {
    // The sum is what zlib.crc32 of Python says of the record's text.
    expect(recordLine({ type: 'renew', trial: 7 })).toBe('{"sum":"a02250f7","record":{"type":"renew","trial":7}}\n')
  })
})
