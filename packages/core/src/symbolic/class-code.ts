import { BRAND, withEmptyBrand } from './brand.ts'
import { intake, ownIn } from './check.ts'
import type { ClassCompiler, CompiledClass } from './class-compiler.ts'
import { copyDeep, RECURSION_LIMIT } from './clone.ts'
import type { FieldSpec } from './field-spec.ts'
import { KEY, type NodeTraits, PARENT, STATE, State, TRAITS } from './node.ts'
import { brandError, objectTraits } from './object-traits.ts'
import { own } from './ownership.ts'
import { pathText } from './path.ts'
import { readSpecial } from './read-special.ts'
import { freshDefault, givenValue, isInheritedName, type Schema } from './schema.ts'
import { assignmentError, type SymbolicObject } from './symbolic-object.ts'

/*
 * Classes by generated code: one straight line of named loads and stores a class, which the engine turns into a few
 * machine instructions a field. `class-loops.ts` says the same in ordinary code; the tests run on both.
 *
 * Only names that went through `JSON.stringify`, numbers and the tests that fields write themselves are spliced in.
 */

/** What the generated functions refer to, by parameter name. */
const SCOPE = {
  PARENT,
  KEY,
  STATE,
  BRAND,
  withEmptyBrand,
  own,
  ownIn,
  intake,
  givenValue,
  TRAITS,
  RECURSION_LIMIT,
  copyDeep,
  brandError,
  freshDefault,
  readSpecial,
  assignmentError,
}

type Traits = NodeTraits<SymbolicObject>

export const generatedClass: ClassCompiler = (schema, base, inherited) => {
  const specs = schema.fields.map((entry) => entry.spec)
  const equal = evaluate<Traits['equal']>(equalCode(schema), {})
  const copyFast = evaluate<Traits['copyFast']>(COPY_CODE, { schema })
  schema.traits = objectTraits(schema, equal, copyFast)
  schema.initialise = evaluate<Schema['initialise']>(initialiseCode(schema), { schema, specs })
  return evaluate<CompiledClass>(classCode(schema, inherited), { schema, base })
}

function evaluate<T>(code: string, extra: Readonly<Record<string, unknown>>): T {
  const scope = { ...SCOPE, ...extra }
  // oxlint-disable-next-line typescript/no-implied-eval -- the point of this file; `class-loops.ts` is for where it is forbidden
  const make = new Function(...Object.keys(scope), `'use strict'\nreturn ${code}`) as (...values: unknown[]) => T
  return make(...Object.values(scope))
}

/** The same for every class, but compiled for each: the engine then knows which constructor is called. */
const COPY_CODE = `(node, depth) => {
  if (depth >= RECURSION_LIMIT) return copyDeep(node)
  if (BRAND.content !== undefined) return withEmptyBrand(() => schema.traits.copyFast(node, depth))
  const type = schema.type
  BRAND.content = node
  BRAND.depth = depth
  let made
  try {
    made = new type(BRAND)
  } catch (error) {
    throw brandError(schema, error)
  }
  if (BRAND.content !== undefined) throw brandError(schema, undefined)
  return made
}`

function equalCode(schema: Schema): string {
  const tests = schema.fields.map(({ slot }) => {
    const name = JSON.stringify(slot)
    return `if ((a = left[${name}]) !== (b = right[${name}]) && !same(a, b, depth)) return false`
  })
  return `(left, right, depth, same) => {
  let a, b
  ${tests.join('\n  ')}
  return true
}`
}

function initialiseCode(schema: Schema): string {
  const { fields } = schema
  const slots = fields.map((entry) => JSON.stringify(entry.slot))
  const names = fields.map((entry) => JSON.stringify(entry.name))
  const initialState = schema.placeholder === undefined ? 0 : State.abstract
  return `(self, init, type) => {
  if (schema.type !== type) schema.bind(type)
  const content = BRAND.content
  if (init === BRAND && content !== undefined) {
    const depth = BRAND.depth
    BRAND.content = undefined
    if (depth >= 0) {
      const source = content
      let value, traits, copy
      self[PARENT] = undefined
      self[KEY] = undefined
      self[STATE] = source[STATE]
      ${lines(
        fields,
        (
          _,
          i,
        ) => `if (typeof (value = source[${slots[i]}]) === 'object' && value !== null && (traits = value[TRAITS]) !== undefined) {
        copy = traits.copyFast(value, depth + 1)
        copy[PARENT] = self
        copy[KEY] = ${names[i]}
        self[${slots[i]}] = copy
      } else self[${slots[i]}] = value`,
      )}
    } else {
      const values = content
      let value
      self[PARENT] = undefined
      self[KEY] = undefined
      self[STATE] = ${initialState}
      ${lines(fields, (_, i) => `self[${slots[i]}] = typeof (value = values[${i}]) === 'object' && value !== null ? ownIn(value, specs[${i}], self, ${names[i]}) : value`)}
    }
  } else {
    if (init === undefined) init = {}
    else if (typeof init !== 'object' || init === null) throw schema.notAnInit(init)
    ${lines(fields, ({ spec }, i) => takeCode(spec, i, names[i] as string))}
    for (const key in init) {
      switch (key) {
        ${names.map((name) => `case ${name}:`).join(' ')}
        ${names.length === 0 ? '' : 'break'}
        default: throw schema.unknownKey(key, '')
      }
    }
    self[PARENT] = undefined
    self[KEY] = undefined
    self[STATE] = ${initialState}
    ${lines(fields, ({ spec }, i) => `self[${slots[i]}] = ${ownCode(spec, i, names[i] as string)}`)}
  }
  if (schema.hasOnBound && (self[STATE] & ${State.abstract}) === 0) self.onBound()
}`
}

/** Takes one field from the constructor argument into the variable `v<i>`. */
function takeCode(spec: FieldSpec, i: number, name: string): string {
  const { hasDefault, optional, frozen } = spec.modifiers
  const absent = hasDefault ? defaultCode(spec, i) : optional ? 'undefined' : undefined
  const otherwise = absent === undefined ? 'throw schema.missing(init)' : `v${i} = ${absent}`
  const test = frozen ? undefined : spec.testCode(`v${i}`, `specs[${i}]`)
  const place = JSON.stringify(pathText([JSON.parse(name) as string]))
  const check = `v${i} = intake(v${i}, specs[${i}], ${place})`
  return `let v${i} = ${isInheritedName(JSON.parse(name) as string) ? `givenValue(init, ${name})` : `init[${name}]`}
    if (v${i} === undefined) ${otherwise}
    else ${test === undefined ? check : `if (!(${test})) ${check}`}`
}

/** Takes possession of the variable `v<i>`; only what can hold a list or record needs to learn its element fields. */
function ownCode(spec: FieldSpec, i: number, name: string): string {
  const take = spec.holdsContainers ? `ownIn(v${i}, specs[${i}], self, ${name})` : `own(v${i}, self, ${name})`
  return `typeof v${i} === 'object' && v${i} !== null ? ${take} : v${i}`
}

function defaultCode(spec: FieldSpec, i: number): string {
  const value = spec.modifiers.defaultValue
  const literal =
    typeof value === 'number'
      ? Number.isFinite(value) && !Object.is(value, -0)
      : typeof value === 'string' || typeof value === 'boolean' || value === null
  return literal ? JSON.stringify(value) : `freshDefault(specs[${i}])`
}

function classCode(schema: Schema, inherited: Schema | undefined): string {
  const accessors = schema.fields
    .filter((entry) => inherited?.byName.has(entry.name) !== true)
    .map(({ name, slot }) => {
      const key = JSON.stringify(name)
      const stored = JSON.stringify(slot)
      return `get [${key}]() { const value = this[${stored}]; return (this[STATE] & ${State.special}) === 0 ? value : readSpecial(this, ${key}, value) }
  set [${key}](_) { throw assignmentError(this, ${key}) }`
    })
  // Only the class at the root of a family has a constructor: the ones below would just pass the argument on.
  const constructor =
    inherited !== undefined
      ? ''
      : `constructor(init) {
    super()
    const nearest = new.target['~schema']
    nearest.initialise(this, init, new.target)
  }`
  return `class extends base {
  ${constructor}
  ${accessors.join('\n  ')}
}`
}

function lines<T>(items: readonly T[], line: (item: T, index: number) => string): string {
  return items.map(line).join('\n      ')
}
