import { isClass } from './is-class.ts'
import { TRAITS, type NodeTraits } from './node.ts'

/** Longest text that an error message spends on one value. */
const LIMIT = 60

/**
 * A value in a few words, for error messages: `'relu'`, `3.5`, `a list of 3`, `a Conv`, `a function`.
 *
 * Never throws, never walks into the value; O(1) but for strings, which are cut at 60 characters.
 */
export function shortForm(value: unknown): string {
  switch (typeof value) {
    case 'string': {
      const text = value.length > LIMIT ? `${value.slice(0, LIMIT)}…` : value
      return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
    }
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value)
    case 'bigint':
      return `${value}n`
    case 'function':
      return isClass(value) ? `the class ${value.name || '(anonymous)'}` : 'a function'
    case 'symbol':
      return 'a symbol'
    case 'object':
      return value === null ? 'null' : describeObject(value)
    default:
      return String(value)
  }
}

function describeObject(value: object): string {
  const traits = (value as { [TRAITS]?: NodeTraits })[TRAITS]
  if (traits !== undefined) return traits.describe(value as never)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${value.length}`
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return 'a plain object'
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an object'
}
