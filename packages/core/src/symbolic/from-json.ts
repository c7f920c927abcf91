import { intake, placeOf } from './check.ts'
import {
  DeclarationError,
  DuplicateNameError,
  errorOf,
  JsonError,
  MittenError,
  TypeMismatchError,
  UnknownTypeError,
} from './errors.ts'
import type { SymbolicClass } from './field.ts'
import type { Constructor } from './fields/instance.ts'
import { refusePollution } from './from-plain.ts'
import { BIGINT, DOCUMENT, NUMBER, REF, SPECIAL_NUMBERS, TYPE_KEY, UNDEFINED, unescapeKey } from './json-format.ts'
import { listOfRaw } from './list.ts'
import { isNode, TRAITS } from './node.ts'
import { construct } from './object-traits.ts'
import { appendKey, type Key, pathText } from './path.ts'
import { recordOfRaw } from './record.ts'
import { isRef, Ref, UNREAD } from './ref.ts'
import { declaredSchema, schemaOf } from './registry.ts'
import { freshDefault, type Schema } from './schema.ts'
import { UnknownObject } from './unknown-object.ts'

/** How JSON is read. */
export interface FromJsonOptions<T> {
  /**
   * The classes that may be constructed, and no others but hyper values. Without it: every class that this process has
   * declared and whose definition has run (it was registered, named as a field, or had an instance).
   */
  readonly types?: readonly SymbolicClass[]
  /** The class that the result must be an instance of; it also types the result. */
  readonly as?: Constructor<T>
  /** What becomes of an object of an unknown type: an error (the default), or an `UnknownObject` that writes back unchanged. */
  readonly unknownTypes?: 'error' | 'keep'
}

type Json = Readonly<Record<string, unknown>>

/** A container that is being read: its entries, and those that are done. */
interface Frame {
  readonly keys: readonly Key[]
  readonly inputs: readonly unknown[]
  readonly outputs: unknown[]
  readonly path: string
  readonly finish: (outputs: unknown[]) => unknown
}

/**
 * Reads what `toJSON` wrote (rule S12). Nothing but the named classes is ever constructed, and their constructors check
 * every field; nothing is imported or evaluated. O(size); iterative.
 *
 * @param json - parsed JSON, from `JSON.parse`
 * @throws UnknownTypeError for a type that is not among those allowed; UnknownKeyError for an unknown field or a key
 *   named `__proto__`; JsonError for a malformed special form; what the fields throw; all with their path
 */
export function fromJSON<T = unknown>(json: unknown, options: FromJsonOptions<T> = {}): T {
  const reader = new Reader(options.unknownTypes ?? 'error', knownTypes(options.types))
  const value = reader.document(json)
  if (options.as !== undefined && !(value instanceof options.as)) {
    throw new TypeMismatchError({
      expected: `JSON of an instance of ${options.as.name}`,
      got: value,
      remedy: 'check which file or field the JSON comes from',
    })
  }
  // Either `as` has vouched for the type, or the caller says what to expect of JSON of an unknown shape.
  return value as T
}

/** The schemas by name that may be constructed; `undefined` for all that are declared. */
function knownTypes(types: readonly SymbolicClass[] | undefined): ReadonlyMap<string, Schema> | undefined {
  if (types === undefined) return undefined
  const known = new Map<string, Schema>()
  for (const type of types) {
    const schema = schemaOf(type)
    if (schema === undefined) {
      throw new TypeMismatchError({ path: 'types', expected: 'symbolic classes', got: type, remedy: 'leave it out' })
    }
    const other = known.get(schema.name)
    if (other !== undefined && other !== schema) {
      throw new DuplicateNameError({
        path: schema.name,
        expected: 'one class to a name among the types',
        got: type,
        remedy: 'pass one of the two',
      })
    }
    schema.bind(type as never)
    known.set(schema.name, schema)
  }
  return known
}

class Reader {
  private readonly unknownTypes: 'error' | 'keep'
  private readonly types: ReadonlyMap<string, Schema> | undefined
  /** References by id; targets are filled in when they have been read. */
  private readonly refs: { value: unknown }[] = []

  constructor(unknownTypes: 'error' | 'keep', types: ReadonlyMap<string, Schema> | undefined) {
    this.unknownTypes = unknownTypes
    this.types = types
  }

  document(json: unknown): unknown {
    if (!isJsonObject(json) || json[TYPE_KEY] !== DOCUMENT) return this.value(json, '')
    const { shared, root } = json
    if (!Array.isArray(shared)) throw malformed('shared', 'a list of shared values', shared)
    for (let i = 0; i < shared.length; i++) this.refs.push(new Ref<unknown>(UNREAD))
    const targets: unknown[] = []
    for (const i of readingOrder(shared)) {
      targets.push(((this.refs[i] as { value: unknown }).value = this.value(shared[i], `shared[${i}]`)))
    }
    const value = this.value(root, '')
    checkReferences([value, ...targets])
    return value
  }

  /** Reads a value by a stack of unfinished containers. */
  private value(json: unknown, path: string): unknown {
    const stack: Frame[] = []
    let next = json
    let place = path
    for (;;) {
      const opened = this.open(next, place)
      let value: unknown
      if ('frame' in opened) {
        const { frame } = opened
        if (frame.inputs.length > 0) {
          stack.push(frame)
          next = frame.inputs[0]
          place = appendKey(frame.path, frame.keys[0] as Key)
          continue
        }
        value = frame.finish([])
      } else {
        value = opened.value
      }
      for (;;) {
        const frame = stack.at(-1)
        if (frame === undefined) return value
        frame.outputs.push(value)
        const done = frame.outputs.length
        if (done < frame.inputs.length) {
          next = frame.inputs[done]
          place = appendKey(frame.path, frame.keys[done] as Key)
          break
        }
        stack.pop()
        value = frame.finish(frame.outputs)
      }
    }
  }

  private open(json: unknown, path: string): { frame: Frame } | { value: unknown } {
    if (Array.isArray(json)) {
      const keys = json.map((_, i) => i)
      return { frame: { keys, inputs: json, outputs: [], path, finish: (items) => listOfRaw(items, undefined) } }
    }
    if (!isJsonObject(json)) return { value: leaf(json, path) }
    for (const key of Object.keys(json)) refusePollution(key, path)
    const type = Object.hasOwn(json, TYPE_KEY) ? json[TYPE_KEY] : undefined
    if (type === undefined) return { frame: recordFrame(json, path) }
    if (typeof type !== 'string') throw malformed(appendKey(path, TYPE_KEY), 'the name of a type', type)
    const special = this.special(type, json, path)
    if (special !== undefined) return special
    const schema = this.schemaFor(type)
    if (schema !== undefined) return { frame: objectFrame(schema, json, path) }
    if (this.unknownTypes === 'keep') {
      // The ids in it would speak of another document once it is written again.
      if (refIds(json).length > 0) throw malformed(path, 'no references in an object of an unknown type', json)
      return { value: new UnknownObject(type, json) }
    }
    const known = this.types === undefined ? 'known' : `among the types given (${[...this.types.keys()].join(', ')})`
    throw new UnknownTypeError({
      path,
      expected: `a type that is ${known}`,
      got: type,
      remedy: `${this.types === undefined ? 'register its class or pass it as' : 'add its class to'} { types: [...] }, or read it as it is with { unknownTypes: 'keep' }`,
    })
  }

  /** What an object of a type is made by, if it may be made. Placeholders are the library's own, and part of any program. */
  private schemaFor(type: string): Schema | undefined {
    const given = this.types?.get(type)
    if (given !== undefined) return given
    const declared = declaredSchema(type)
    return this.types === undefined || declared?.placeholder !== undefined ? declared : undefined
  }

  private special(type: string, json: Json, path: string): { value: unknown } | undefined {
    switch (type) {
      case UNDEFINED:
        return { value: undefined }
      case NUMBER: {
        const number = SPECIAL_NUMBERS.get(json['value'] as string)
        if (number === undefined) {
          throw malformed(path, `one of ${[...SPECIAL_NUMBERS.keys()].join(', ')}`, json['value'])
        }
        return { value: number }
      }
      case BIGINT: {
        const digits = json['value']
        if (typeof digits !== 'string' || !/^-?\d+$/.test(digits)) throw malformed(path, 'decimal digits', digits)
        return { value: BigInt(digits) }
      }
      case REF: {
        const { id } = json
        if (!isIndex(id, this.refs.length)) {
          throw malformed(path, `the index of one of ${this.refs.length} shared values`, id)
        }
        return { value: this.refs[id] }
      }
      case DOCUMENT:
        throw malformed(path, 'a document at the top only', type)
      default:
        return undefined
    }
  }
}

function recordFrame(json: Json, path: string): Frame {
  const names = Object.keys(json)
  return {
    keys: names,
    inputs: names.map((name) => json[name]),
    outputs: [],
    path,
    finish: (values) => recordOfRaw(names.map(unescapeKey), values, undefined),
  }
}

function objectFrame(schema: Schema, json: Json, path: string): Frame {
  const names = Object.keys(json).filter((name) => name !== TYPE_KEY)
  const fields = names.map(unescapeKey)
  for (const name of fields) {
    if (!schema.byName.has(name)) throw schema.unknownKey(name, path)
  }
  return {
    keys: names,
    inputs: names.map((name) => json[name]),
    outputs: [],
    path,
    finish(values) {
      const given = new Map(fields.map((name, i) => [name, values[i]]))
      try {
        return construct(schema, checkedValues(schema, given))
      } catch (error) {
        // What is wrong with a declaration is wrong wherever its JSON stands.
        throw error instanceof MittenError && !(error instanceof DeclarationError) ? error.under(path) : error
      }
    },
  }
}

/** The values of all fields, checked; unlike a constructor, JSON can say that a field with a default holds `undefined`. */
function checkedValues(schema: Schema, given: ReadonlyMap<string, unknown>): unknown[] {
  return schema.fields.map(({ name, spec }) => {
    if (given.has(name)) return intake(given.get(name), spec, pathText([name]))
    if (spec.modifiers.hasDefault) return freshDefault(spec)
    if (spec.modifiers.optional) return undefined
    throw schema.missing(Object.fromEntries(given))
  })
}

/** The ids of all references in JSON, as they are written there. Iterative. */
function refIds(json: unknown): unknown[] {
  const ids: unknown[] = []
  const pending = [json]
  while (pending.length > 0) {
    const next = pending.pop()
    if (typeof next !== 'object' || next === null) continue
    if (!Array.isArray(next) && (next as Json)[TYPE_KEY] === REF) ids.push((next as Json)['id'])
    else for (const value of Object.values<unknown>(next as Json)) pending.push(value)
  }
  return ids
}

/** The order in which shared values are read: what others refer to first, as far as they do not refer to each other. */
function readingOrder(shared: readonly unknown[]): Set<number> {
  const order = new Set<number>()
  const opened = new Set<number>()
  const pending = shared.map((_, i) => i).reverse()
  for (let i = pending.at(-1); i !== undefined; i = pending.at(-1)) {
    if (opened.has(i)) {
      order.add(i)
      pending.pop()
      continue
    }
    opened.add(i)
    for (const id of refIds(shared[i])) if (isIndex(id, shared.length) && !opened.has(id)) pending.push(id)
  }
  return order
}

/** Whether a value from JSON is an index, not the name of something else that arrays have. */
function isIndex(id: unknown, length: number): id is number {
  return Number.isSafeInteger(id) && (id as number) >= 0 && (id as number) < length
}

/** Checks every reference against the field it stands in: those of a circle were read before their targets. */
function checkReferences(roots: readonly unknown[]): void {
  const pending = [...roots]
  while (pending.length > 0) {
    const node = pending.pop()
    if (!isNode(node)) continue
    const traits = node[TRAITS]
    const keys = traits.keys(node)
    traits.values(node).forEach((value, i) => {
      const key = keys[i] as Key
      const issue = isRef(value) ? traits.field(node, key)?.shallow(value) : undefined
      if (issue !== undefined) throw errorOf(issue, placeOf(node, key))
      pending.push(value)
    })
  }
}

function leaf(json: unknown, path: string): unknown {
  if (json === null || ['string', 'number', 'boolean'].includes(typeof json)) return json
  throw new JsonError({
    path,
    expected: 'JSON',
    got: json,
    remedy: 'give what JSON.parse returns',
  })
}

function isJsonObject(json: unknown): json is Json {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false
  const prototype: unknown = Object.getPrototypeOf(json)
  return prototype === Object.prototype || prototype === null
}

function malformed(path: string, expected: string, got: unknown): JsonError {
  return new JsonError({ path, expected, got, remedy: 'the JSON was damaged or written by hand' })
}
