import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { arbitraryModel, Box, buildNode, identical, nodesOf, Pair, read, Typed } from '../../test/arbitrary-program.ts'
import { equals } from './equals.ts'
import {
  CycleError,
  DeclarationError,
  DuplicateNameError,
  JsonError,
  MissingFieldError,
  OutOfRangeError,
  TypeMismatchError,
  UnknownKeyError,
  UnknownTypeError,
} from './errors.ts'
import type { SymbolicClass } from './field.ts'
import { field } from './fields/index.ts'
import { fromJSON } from './from-json.ts'
import { type List, list } from './list.ts'
import { rebindAt } from './rebind.ts'
import { record } from './record.ts'
import { ref } from './ref.ts'
import { register } from './registry.ts'
import { extend, symbolic } from './symbolic.ts'
import { toJSON } from './to-json.ts'
import { getSymbolic, parentOf, pathOf } from './tree.ts'
import { UnknownObject } from './unknown-object.ts'

/** Through text and back, as a file or a network does it. */
const throughText = (value: unknown): unknown => JSON.parse(JSON.stringify(toJSON(value)))

class Conv extends symbolic('json/Conv', { filters: field.int().min(1), kernel: field.int().default(3) }) {}
class Net extends symbolic('json/Net', { layers: field.list(Conv), note: field.string().optional() }) {}

describe('round trip', () => {
  it('[S12] through text and back is the identity, to the last bit', () => {
    fc.assert(
      fc.property(arbitraryModel({ holes: true }), (model) => {
        const back = fromJSON(throughText(buildNode(model)))
        expect(identical(read(back), model)).toBe(true)
        for (const { node, keys } of nodesOf(back)) expect(pathOf(node).keys).toEqual(keys)
      }),
    )
  })

  it('[S12] writing what was read gives the same text', () => {
    fc.assert(
      fc.property(arbitraryModel(), (model) => {
        const json = JSON.stringify(toJSON(buildNode(model)))
        expect(JSON.stringify(toJSON(fromJSON(JSON.parse(json))))).toBe(json)
      }),
    )
  })

  it('[S12] numbers, bigints and undefined come back as they were', () => {
    const values = [NaN, Infinity, -Infinity, -0, 0, 0.1, 2 ** 53 + 2, 5e-324, 10n ** 30n, -1n, undefined, null]
    const back = fromJSON<List<unknown>>(throughText(values))
    expect(back.length).toBe(values.length)
    values.forEach((value, i) => expect(Object.is(back.at(i), value)).toBe(true))
  })

  it('[S12] the format is this, for ever', () => {
    const target = record({ t: 1 })
    const program = record({
      net: new Net({ layers: [new Conv({ filters: 2 })] }),
      _type: 'x',
      '~_type': [NaN, -0, 12n, undefined],
      held: ref(target),
      again: [ref(target)],
    })
    expect(toJSON(program)).toEqual({
      _type: 'mitten/document',
      shared: [{ t: 1 }],
      root: {
        net: { _type: 'json/Net', layers: [{ _type: 'json/Conv', filters: 2, kernel: 3 }] },
        '~_type': 'x',
        '~~_type': [
          { _type: 'mitten/number', value: 'NaN' },
          { _type: 'mitten/number', value: '-0' },
          { _type: 'mitten/bigint', value: '12' },
          { _type: 'mitten/undefined' },
        ],
        held: { _type: 'mitten/ref', id: 0 },
        again: [{ _type: 'mitten/ref', id: 0 }],
      },
    })
    expect(toJSON(record({ a: 1 }))).toEqual({ a: 1 })
    expect(JSON.stringify(new Conv({ filters: 1 }))).toBe('{"_type":"json/Conv","filters":1,"kernel":3}')
    expect(JSON.stringify(list([1]))).toBe('[1]')
  })

  it('[S12] a field may be called like the type key', () => {
    class Tagged extends symbolic('json/Tagged', { _type: field.string() }) {}
    expect(toJSON(new Tagged({ _type: 'x' }))).toEqual({ _type: 'json/Tagged', '~_type': 'x' })
    expect(fromJSON<Tagged>(throughText(new Tagged({ _type: 'x' })))._type).toBe('x')
  })

  it('[S12] a field that holds undefined where it has a default comes back so', () => {
    class Both extends symbolic('json/Both', { a: field.int().default(5).optional(), b: field.int().optional() }) {}
    const both = rebindAt(new Both(), [['a', undefined]])
    expect(toJSON(both)).toEqual({ _type: 'json/Both', a: { _type: 'mitten/undefined' } })
    expect(fromJSON<Both>(throughText(both)).a).toBeUndefined()
    expect(fromJSON<Both>({ _type: 'json/Both' }).a).toBe(5)
  })

  it('[S12] frozen fields, lists among them, come back', () => {
    class Frozen extends symbolic('json/Frozen', {
      sizes: field.list(field.int()).freeze([1, 2]),
      kind: field.string().freeze('k'),
    }) {}
    expect(equals(fromJSON(throughText(new Frozen())), new Frozen())).toBe(true)
    expect(() => fromJSON({ _type: 'json/Frozen', kind: 'other' })).toThrow(
      "kind: expected no value, since the field is frozen, got 'other'; leave it out.",
    )
  })

  it('[S12] plain data is written like nodes, and left untouched', () => {
    const conv = new Conv({ filters: 1 })
    expect(toJSON({ a: [conv, -0] })).toEqual(toJSON(record({ a: [new Conv({ filters: 1 }), -0] })))
    expect(parentOf(conv)).toBeUndefined()
  })

  it('[S12] a list of 200,000 items is written and read', () => {
    const many = list(Array.from({ length: 200_000 }, (_, i) => i))
    expect(equals(fromJSON(toJSON(many)), many)).toBe(true)
  })
})

describe('references', () => {
  it('[S12] targets that occur more than once stay one, also through other targets', () => {
    const inner = record({ x: 1 })
    const outer = record({ inner: ref(inner) })
    const back = fromJSON<{ a: { inner: object }; b: object; c: List<object> }>(
      throughText(record({ a: ref(outer), b: ref(inner), c: [ref(outer)] })),
    )
    expect(back.a.inner).toBe(back.b)
    expect(back.c.at(0)).toBe(back.a)
    expect(parentOf(back.b)).toBeUndefined()
  })

  it('[S12] typed fields may refer to what is written later, even in a circle', () => {
    class Link extends symbolic('json/Link', {
      name: field.string(),
      next: field.lazy<Link>((): unknown => Link).optional(),
    }) {}
    const c = new Link({ name: 'c' })
    const b = new Link({ name: 'b', next: ref(c) })
    const a = new Link({ name: 'a', next: ref(b) })
    expect(fromJSON<Link>(throughText(a)).next?.next?.name).toBe('c')
    rebindAt(c, [['next', ref(b)]])
    const back = fromJSON<Link>(throughText(a))
    expect(back.next?.next?.next).toBe(back.next)
  })

  it('[S12] hooks see the targets of references that are in no circle', () => {
    const seen: unknown[] = []
    class Reader extends symbolic('json/Reader', { held: field.any(), deep: field.any().optional() }) {
      override onBound(): void {
        seen.push((this.held as { name: string }).name)
      }
    }
    const last = record({ name: 'last' })
    const middle = new Reader({ held: ref(last) })
    const json = throughText(new Reader({ held: record({ name: 'own' }), deep: [ref(middle)] }))
    seen.length = 0
    fromJSON(json)
    expect(seen).toEqual(['last', 'own'])
  })

  it('[S12] a reference is checked against its field even if its target came later', () => {
    class Wants extends symbolic('json/Wants', { conv: field.list(Conv) }) {}
    register(Wants)
    const document = {
      _type: 'mitten/document',
      shared: [
        { _type: 'json/Wants', conv: [{ _type: 'mitten/ref', id: 1 }] },
        { self: { _type: 'mitten/ref', id: 0 } },
      ],
      root: { _type: 'mitten/ref', id: 0 },
    }
    expect(() => fromJSON(document)).toThrow('conv[0]: expected an instance of Conv, got a record of 1.')
  })

  it.each(['length', '__proto__', 'push', -1, 2, 0.5, null, undefined, '0'])('[S12] refuses the id %j', (id) => {
    const document = { _type: 'mitten/document', shared: [1, 2], root: { x: { _type: 'mitten/ref', id } } }
    expect(() => fromJSON(document)).toThrow(JsonError)
    expect(() => fromJSON(document)).toThrow(/^x: expected the index of one of 2 shared values, got /)
    expect(() => fromJSON({ ...document, shared: [{ x: { _type: 'mitten/ref', id } }], root: 1 })).toThrow(JsonError)
  })
})

describe('what is refused', () => {
  it('[S12] an unknown type, with its path', () => {
    expect(() => fromJSON({ a: [{ _type: 'nope/X' }] })).toThrow(UnknownTypeError)
    expect(() => fromJSON({ a: [{ _type: 'nope/X' }] })).toThrow(
      "a[0]: expected a type that is known, got 'nope/X'; register its class or pass it as { types: [...] }, or read it " +
        "as it is with { unknownTypes: 'keep' }.",
    )
    expect(() => fromJSON({ _type: 'toString' })).toThrow(UnknownTypeError)
  })

  it('[S12] with `types`, all others, whatever is registered', () => {
    const json = toJSON(new Net({ layers: [new Conv({ filters: 1 })] }))
    expect(fromJSON(json, { types: [Net, Conv] })).toBeInstanceOf(Net)
    expect(() => fromJSON(json, { types: [Net] })).toThrow(
      "layers[0]: expected a type that is among the types given (json/Net), got 'json/Conv'; add its class to " +
        "{ types: [...] }, or read it as it is with { unknownTypes: 'keep' }.",
    )
    expect(() => fromJSON(json, { types: [] })).toThrow(UnknownTypeError)
    expect(() => fromJSON(json, { types: [Date as unknown as SymbolicClass] })).toThrow(TypeMismatchError)
  })

  it('[S12] an unknown object is kept when asked for, and writes back unchanged', () => {
    const json = { a: [{ _type: 'nope/X', deep: { _type: 'json/Conv', filters: -1 }, '~_type': 1 }] }
    const back = fromJSON<{ a: List<unknown> }>(json, { unknownTypes: 'keep' })
    const unknown = back.a.at(0) as UnknownObject
    expect(unknown).toBeInstanceOf(UnknownObject)
    expect(unknown.typeName).toBe('nope/X')
    expect(throughText(back)).toEqual(json)
  })

  it('[S12] an unknown object with references in it is not kept: its ids would mean something else when written', () => {
    const document = {
      _type: 'mitten/document',
      shared: [1],
      root: { a: { _type: 'nope/X', r: [{ _type: 'mitten/ref', id: 0 }] } },
    }
    expect(() => fromJSON(document, { unknownTypes: 'keep' })).toThrow(
      'a: expected no references in an object of an unknown type, got a plain object; ',
    )
  })

  it.each([
    ['{"__proto__": {"polluted": true}}', '__proto__'],
    ['{"a": [{"__proto__": 1}]}', 'a[0].__proto__'],
    ['{"_type": "json/Conv", "filters": 1, "__proto__": {"kernel": 5}}', '__proto__'],
    ['{"_type": "nope/X", "__proto__": 1}', '__proto__'],
  ])('[S12] a key named __proto__: %s', (text, path) => {
    const read = (): unknown => fromJSON(JSON.parse(text), { unknownTypes: 'keep' })
    expect(read).toThrow(UnknownKeyError)
    expect(read).toThrow(expect.objectContaining({ path, expected: 'a key that is data', got: '__proto__' }) as Error)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('[S12] a plain object with a key named __proto__ does not become a record either', () => {
    const evil = { deep: [JSON.parse('{"__proto__": {"x": 1}}') as object] }
    for (const act of [() => record(evil), () => list([evil]), () => new Pair({ left: evil }), () => toJSON(evil)]) {
      expect(act).toThrow(UnknownKeyError)
    }
    expect(() => new Pair({ left: evil })).toThrow(
      "left.deep[0].__proto__: expected a key that is data, got '__proto__'; rename the key.",
    )
    expect(() => rebindAt(record({ a: 1 }), [['__proto__', 1]])).toThrow(UnknownKeyError)
  })

  it('[S12] an unknown field, a missing one and a value that does not fit, with the full path', () => {
    const net = (layer: object): unknown => ({ x: [{ _type: 'json/Net', layers: [{ _type: 'json/Conv', ...layer }] }] })
    expect(() => fromJSON(net({ filters: 1, kernl: 1 }))).toThrow(
      "x[0].layers[0].kernl: expected a field of json/Conv, got 'kernl'; did you mean 'kernel'?",
    )
    expect(() => fromJSON(net({}))).toThrow(MissingFieldError)
    expect(() => fromJSON(net({}))).toThrow(
      /^x\[0\]\.layers\[0\]\.filters: expected an integer of at least 1, got nothing;/,
    )
    expect(() => fromJSON(net({ filters: 0 }))).toThrow(OutOfRangeError)
    expect(() => fromJSON(net({ filters: { _type: 'mitten/number', value: 'NaN' } }))).toThrow(TypeMismatchError)
    expect(() => fromJSON({ _type: 'json/Net', layers: [1] })).toThrow(
      'layers[0]: expected an instance of Conv, got 1.',
    )
  })

  it.each([
    [{ _type: 'mitten/number', value: '1' }, 'expected one of NaN, Infinity, -Infinity, -0'],
    [{ _type: 'mitten/number' }, 'expected one of NaN, Infinity, -Infinity, -0, got undefined'],
    [{ _type: 'mitten/bigint', value: '1.5' }, 'expected decimal digits'],
    [{ _type: 'mitten/bigint', value: 3 }, 'expected decimal digits, got 3'],
    [{ _type: 'mitten/ref', id: 0 }, 'expected the index of one of 0 shared values'],
    [{ _type: 'mitten/document', root: 1 }, 'shared: expected a list of shared values, got undefined'],
    [[{ _type: 'mitten/document', shared: [], root: 1 }], '[0]: expected a document at the top only'],
    [{ _type: 5 }, '_type: expected the name of a type, got 5'],
    [[undefined], '[0]: expected JSON, got undefined'],
    [{ a: () => 1 }, 'a: expected JSON, got a function'],
    [{ a: new Map() }, 'a: expected JSON, got an instance of Map'],
    [10n, 'expected JSON, got 10n'],
  ])('[S12] damaged JSON, case %#', (json, message) => {
    expect(() => fromJSON(json)).toThrow(JsonError)
    expect(() => fromJSON(json)).toThrow(message)
  })

  it('[S12] functions, symbols and opaque objects cannot be written; the error says where', () => {
    expect(() => toJSON(record({ a: [() => 1] }))).toThrow(
      'a[0]: expected data, or an instance of a symbolic class, got a function; leave it out of the program, or give it ' +
        'a symbolic class.',
    )
    expect(() => toJSON(list([Symbol('x')]))).toThrow('[0]: expected data')
    expect(() => toJSON(record({ held: ref(new Map()) }))).toThrow('held: expected data')
    const circle: unknown[] = []
    circle.push([circle])
    expect(() => toJSON(circle)).toThrow(CycleError)
  })

  it('[S12] rebind never reads JSON: a plain object with a type key is a record', () => {
    const pair = rebindAt(new Pair(), [['left', { _type: 'json/Conv', filters: 1 }]])
    expect(pair.left).not.toBeInstanceOf(Conv)
    expect(getSymbolic(pair.left as object, '_type')).toBe('json/Conv')
  })

  it('[S12] a class that does not pass its argument on is told so, instead of being constructed wrongly', () => {
    class Positional extends symbolic('json/Positional', { x: field.any(), y: field.any().default(0) }) {
      constructor(x: unknown) {
        super({ x })
      }
    }
    const json = toJSON(new Positional(1))
    expect(() => fromJSON(json)).toThrow(DeclarationError)
    expect(() => fromJSON([json])).toThrow(/^json\/Positional: expected a constructor that passes its one argument on/)
  })

  it('[S12] names of the format itself are no class names', () => {
    for (const name of ['document', 'number', 'bigint', 'undefined', 'ref']) {
      expect(() => symbolic(`mitten/${name}`, {})).toThrow(DeclarationError)
    }
  })
})

describe('types', () => {
  it('[S12] `as` vouches for the type of the result', () => {
    const json = toJSON(new Conv({ filters: 1 }))
    expectTypeOf(fromJSON(json, { as: Conv })).toEqualTypeOf<Conv>()
    expectTypeOf(fromJSON(json)).toEqualTypeOf<unknown>()
    expect(fromJSON(json, { as: Conv }).filters).toBe(1)
    expect(() => fromJSON(json, { as: Net })).toThrow(
      'expected JSON of an instance of Net, got a Conv; check which file or field the JSON comes from.',
    )
  })

  it('[S12] two classes of one name cannot both be among the types', () => {
    const first = symbolic('json/Twice', { a: field.int() })
    const again = (): SymbolicClass => {
      // Declared from the same place, as when a module is evaluated again.
      const make = (): SymbolicClass => class extends symbolic('json/Again', {}) {}
      make()
      return make()
    }
    const one = again()
    const two = again()
    expect(() => fromJSON({}, { types: [one, two] })).toThrow(DuplicateNameError)
    expect(fromJSON({ _type: 'json/Twice', a: 1 }, { types: [first] })).toBeInstanceOf(first)
  })

  it('[S12] the classes of the generated programs are found by name', () => {
    expect(fromJSON(toJSON(new Typed()), { types: [Typed, Pair, Box] })).toBeInstanceOf(Typed)
    class Wide extends extend('json/Wide', Conv, { bias: field.boolean().default(true) }) {}
    expect(fromJSON(toJSON(new Wide({ filters: 2 })), { as: Conv })).toBeInstanceOf(Wide)
  })
})
