/*
 * The JSON form of programs (rule S12), as it stands on disk: permanent.
 *
 *   program   := document | value
 *   document  := { "_type": "mitten/document", "shared": [value…], "root": value }      only if there are references
 *   value     := null | boolean | number | string | [value…] | record | object | special
 *   record    := { key: value… }            a key `_type`, `~_type`, … is written with one more `~` in front
 *   object    := { "_type": name, field: value… }     fields that hold nothing are left out
 *   special   := { "_type": "mitten/number", "value": "NaN" | "Infinity" | "-Infinity" | "-0" }
 *              | { "_type": "mitten/bigint", "value": decimal digits }
 *              | { "_type": "mitten/undefined" }
 *              | { "_type": "mitten/ref", "id": index into "shared" }
 */

export const TYPE_KEY = '_type'
export const DOCUMENT = 'mitten/document'
export const NUMBER = 'mitten/number'
export const BIGINT = 'mitten/bigint'
export const UNDEFINED = 'mitten/undefined'
export const REF = 'mitten/ref'

/** Type names that the format itself uses; no class can have them. */
export const FORMAT_TYPES: ReadonlySet<string> = new Set([DOCUMENT, NUMBER, BIGINT, UNDEFINED, REF])

/** The numbers that JSON has no notation for, by the text that stands for them. */
export const SPECIAL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
])

const COLLIDING = /^~*_type$/
const ESCAPED = /^~+_type$/

/** A record key as it is written. */
export function escapeKey(key: string): string {
  return COLLIDING.test(key) ? `~${key}` : key
}

/** A record key as it was. */
export function unescapeKey(key: string): string {
  return ESCAPED.test(key) ? key.slice(1) : key
}
