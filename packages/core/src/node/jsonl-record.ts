import { crc32 } from 'node:zlib'

/*
 * One line of a study's file. The form is permanent:
 *
 *   line := {"sum":"<8 hexadecimal digits>","record":<record>}
 *
 * The sum is the CRC-32 of the record's text as it stands in the line, so that a line which was cut short or damaged is
 * told from a good one without knowing what it says.
 */

const PREFIX = '{"sum":"'
const MIDDLE = '","record":'
const START = PREFIX.length + 8 + MIDDLE.length

/** The line of a record, with its line break. */
export function recordLine(record: unknown): string {
  const text = JSON.stringify(record)
  return `${PREFIX}${checksum(text)}${MIDDLE}${text}}\n`
}

/** The record of a line without its line break; `undefined` if the line is not as it was written. */
export function parseLine(line: string): unknown {
  if (!line.startsWith(PREFIX) || !line.endsWith('}') || line.slice(PREFIX.length + 8, START) !== MIDDLE)
    return undefined
  const text = line.slice(START, -1)
  if (line.slice(PREFIX.length, PREFIX.length + 8) !== checksum(text)) return undefined
  return JSON.parse(text) as unknown
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}
