import { createHash } from 'node:crypto'

/** Longest name of a file without its ending, in characters: 255 bytes is what most file systems take. */
const LONGEST = 200

/** Names that Windows keeps for devices, whatever the ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/**
 * The name of a study's file: readable where it can be, and another one for another study on every file system, also one
 * that tells no capitals from small letters.
 *
 * ```
 * my-study          my-study.jsonl
 * a/b               a%2Fb.jsonl
 * MyStudy           MyStudy+5.jsonl      which letters are capitals, as bits
 * ```
 *
 * What is too long is cut, and ends in the SHA-256 of the whole.
 */
export function studyFileName(study: string): string {
  const text = study
    .replaceAll(/[^\w.-]/gu, escapeCharacter)
    .replace(DEVICE, (device) => escapeCharacter(device.charAt(0)) + device.slice(1))
  const mark = capitalsOf(study)
  const name = mark === '' ? text : `${text}+${mark}`
  if (name.length <= LONGEST) return `${name}.jsonl`
  const digest = createHash('sha256').update(JSON.stringify(study)).digest('hex')
  return `${text.slice(0, LONGEST / 2)}+${digest}.jsonl`
}

function escapeCharacter(character: string): string {
  // Half a surrogate pair is no character, yet two names may differ in it.
  if (!character.isWellFormed()) return `%u${character.charCodeAt(0).toString(16).toUpperCase()}`
  return Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** Which of the letters A–Z, a–z of a name are capitals, the first one lowest, as a hexadecimal number; none is ''. */
function capitalsOf(name: string): string {
  const letters = name.match(/[a-z]/gi) ?? []
  const bits = letters.map((letter) => (letter < 'a' ? '1' : '0')).toReversed()
  return bits.includes('1') ? BigInt(`0b${bits.join('')}`).toString(16) : ''
}
