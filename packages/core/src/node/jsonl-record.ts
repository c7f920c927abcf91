import { crc32 } from 'node:zlib'

/*
 * One line of a study's file. The form is permanent:
 *
 *   line := {"sum":"<8 hexadecimal digits>","record":<record>}
 *
 * The sum is the CRC-32 of the record's text as it stands in the line, so that a line which was cut short or damaged is
 * told from a good one without knowing what it says. Lines end in LF; a CR before it, which some tools put there, is no
 * part of the line.
 */

const PREFIX = '{"sum":"'
const MIDDLE = '","record":'
const START = PREFIX.length + 8 + MIDDLE.length

/** What a line turns out to be: a good one, one that a crash cut short, or anything else. */
export type ParsedLine =
  | { readonly kind: 'record'; readonly record: unknown }
  | { readonly kind: 'torn' }
  | { readonly kind: 'damaged' }

/** The line of a record, with its line break. */
export function recordLine(record: unknown): string {
  const text = JSON.stringify(record)
  return `${PREFIX}${checksum(text)}${MIDDLE}${text}}\n`
}

/** Reads a line without its line break. */
export function parseLine(line: string): ParsedLine {
  const end = line.endsWith('\r') ? line.length - 1 : line.length
  if (line.startsWith(PREFIX) && line[end - 1] === '}' && line.slice(PREFIX.length + 8, START) === MIDDLE) {
    const text = line.slice(START, end - 1)
    if (line.slice(PREFIX.length, PREFIX.length + 8) === checksum(text))
      return { kind: 'record', record: JSON.parse(text) as unknown }
  }
  return { kind: isCutShort(line) ? 'torn' : 'damaged' }
}

/** Whether a line begins as a record does and breaks off. */
function isCutShort(line: string): boolean {
  if (!line.startsWith(PREFIX)) return PREFIX.startsWith(line)
  try {
    JSON.parse(line)
    return false
  } catch {
    return true
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}
