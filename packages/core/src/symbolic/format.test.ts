import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arbitraryKey,
  arbitraryLeaf,
  arbitraryModel,
  build,
  Hole,
  identical,
  type Model,
  Pair,
  read,
} from '../../test/arbitrary-program.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { list } from './list.ts'
import { record } from './record.ts'
import { ref } from './ref.ts'
import { symbolic } from './symbolic.ts'

class Conv extends symbolic('my-lib/Conv', {
  filters: field.int(),
  kernel: field.int().default(3),
  shape: field.list(field.int()).default([1, 1]),
  note: field.string().optional(),
}) {}

/** Reads what `format` prints, to tell whether anything got lost: calls are given the classes by name. */
function parse(text: string): unknown {
  const { names, values } = scope
  // oxlint-disable-next-line typescript/no-implied-eval -- a program prints as the code that builds it, so that is how it is read
  return (new Function(...names, `return (${text})`) as (...scope: unknown[]) => unknown)(...values)
}
const scope = (() => {
  const make =
    (kind: string) =>
    (fields: object = {}) => ({ kind, fields: new Map(Object.entries(fields)) })
  return { names: ['Pair', 'Box', 'Typed'], values: ['Pair', 'Box', 'Typed'].map(make) }
})()

const codeIsAllowed = (() => {
  try {
    parse('1')
    return true
  } catch {
    return false
  }
})()

/** A parsed value as a model; fields that were left out hold nothing. */
function modelOf(value: unknown): Model {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(modelOf) }
  if (typeof value !== 'object' || value === null) return value as Model
  const { kind, fields } = value as { kind?: 'Pair' | 'Box' | 'Typed'; fields?: unknown }
  if (kind !== undefined && fields instanceof Map) {
    return { kind, fields: new Map(names[kind].map((name) => [name, modelOf(fields.get(name))])) }
  }
  return { kind: 'record', entries: new Map(Object.entries(value).map(([key, part]) => [key, modelOf(part)])) }
}
const names = { Pair: ['left', 'right'], Box: ['right', 'left'], Typed: ['n', 's', 'tags', 'sizes', 'child'] }

describe('format', () => {
  it('[S14] prints as the code that builds the program: nothing is lost, on one line or on many', () => {
    fc.assert(
      fc.property(arbitraryModel(), fc.nat({ max: 4 }), fc.nat({ max: 100 }), (model, indent, width) => {
        const text = format(build(model), { indent, width })
        expect(format(build(model, true), { indent, width })).toBe(text)
        if (indent === 0) expect(text).not.toContain('\n')
        if (codeIsAllowed) expect(identical(modelOf(parse(text)), read(build(model)))).toBe(true)
      }),
    )
  })

  it('[S14] never throws, whatever it is given', () => {
    const odd = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withNullPrototype: true,
        withObjectString: true,
        withSet: true,
        withSparseArray: true,
        withTypedArray: true,
      }),
      fc.constantFrom<unknown>(
        Symbol('s'),
        () => 1,
        class {},
        class Named {
          static readonly 'name' = 5
        },
        Object.create(null),
        new Proxy({}, {}),
        Object.create({ constructor: null }),
        Object.create({ constructor: { name: 5 } }),
        JSON.parse('{"__proto__": 1}'),
        new Hole({ candidates: [] }),
      ),
      arbitraryModel({ holes: true }).map((model) => build(model)),
    )
    fc.assert(
      fc.property(odd, fc.nat({ max: 3 }), (value, indent) => {
        expect(typeof format(value, { indent })).toBe('string')
        expect(typeof format([new Pair({ right: 1 }), value], { indent, maxStringLength: 3 })).toBe('string')
      }),
    )
  })

  it('[S14] shows recursion instead of following it', () => {
    const circle: unknown[] = [1]
    circle.push({ again: circle }, circle)
    expect(format(circle)).toBe('[1, { again: <circular> }, <circular>]')
    const twice = { a: 1 }
    expect(format([twice, twice])).toBe('[{ a: 1 }, { a: 1 }]')
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [-0, '-0'],
    [NaN, 'NaN'],
    [10n, '10n'],
    ['it\'s "so"\\', `'it\\'s "so"\\\\'`],
    ['a\nb\u2028\ud800', "'a\\nb\u2028\\ud800'"],
    [Math.abs, 'abs'],
    [() => 1, '<a function>'],
    [class A {}, 'A'],
    [Symbol('s'), 'a symbol'],
    [new Map(), '<an instance of Map>'],
    [[], '[]'],
    [{}, '{}'],
    [new Pair(), 'Pair()'],
    [{ a: 1, 'b c': [2] }, "{ a: 1, 'b c': [2] }"],
    [ref([1]), 'ref(<an array of 1>)'],
    [new Conv({ filters: 1 }), 'Conv({ filters: 1, kernel: 3, shape: [1, 1] })'],
  ])('[S14] prints case %#', (value, text) => {
    expect(format(value)).toBe(text)
  })

  it('[S14] takes many lines where one is not enough, counting what stands before', () => {
    const net = record({ layers: [new Conv({ filters: 16 }), new Conv({ filters: 32, note: 'last' })], rate: 0.1 })
    expect(format(net, { indent: 2 })).toBe(
      [
        '{',
        '  layers: [',
        '    Conv({ filters: 16, kernel: 3, shape: [1, 1] }),',
        "    Conv({ filters: 32, kernel: 3, shape: [1, 1], note: 'last' }),",
        '  ],',
        '  rate: 0.1,',
        '}',
      ].join('\n'),
    )
    expect(format(net, { indent: 2, width: 0 }).split('\n').length).toBe(22)
    expect(format(net, { indent: 2, width: 1000 })).toBe(format(net))
    // The line is 25 wide, and 26 with the comma behind it.
    const tight = { ab: { c: [1, 2], d: 5 } }
    expect(format(tight, { indent: 2, width: 26 })).toBe('{\n  ab: { c: [1, 2], d: 5 },\n}')
    expect(format(tight, { indent: 2, width: 25 })).toBe('{\n  ab: {\n    c: [1, 2],\n    d: 5,\n  },\n}')
  })

  it('[S14] no line is longer than the width if it could have been broken', () => {
    fc.assert(
      fc.property(arbitraryModel(), fc.integer({ min: 10, max: 60 }), (model, width) => {
        for (const line of format(build(model), { indent: 2, width }).split('\n')) {
          const brackets = line.replace(/'(?:[^'\\]|\\.)*'/g, '').replace(/[({[]+$|^[\s\])}]+,?$/g, '')
          if (line.length > width) expect(brackets).not.toMatch(/[[{]\s?[^\]} ]/)
        }
      }),
    )
  })

  it("[S14] options: defaults, absence, names, length, and a say of one's own", () => {
    const conv = new Conv({ filters: 16 })
    expect(format(conv, { hideDefaults: true })).toBe('Conv({ filters: 16 })')
    expect(format(new Conv({ filters: 1, shape: [1, 2] }), { hideDefaults: true })).toBe(
      'Conv({ filters: 1, shape: [1, 2] })',
    )
    expect(format(conv, { hideUndefined: false })).toBe(
      'Conv({ filters: 16, kernel: 3, shape: [1, 1], note: undefined })',
    )
    expect(format(record({ conv, x: 1 }), { include: ['conv', 'kernel'] })).toBe('{ conv: Conv({ kernel: 3 }) }')
    expect(format([record({ conv, x: 1 })], { exclude: ['shape', 'x'] })).toBe(
      '[{ conv: Conv({ filters: 16, kernel: 3 }) }]',
    )
    expect(format(['abcdef', 'abc'], { maxStringLength: 3 })).toBe("['abc…', 'abc']")
    expect(
      format([conv, 1.25], { custom: (value) => (typeof value === 'number' ? value.toFixed(1) : undefined) }),
    ).toBe('[Conv({ filters: 16.0, kernel: 3.0, shape: [1.0, 1.0] }), 1.3]')
    expect(format({ a: [1] }, { indent: 2, custom: (value) => (value === 1 ? 'x\ny' : undefined) })).toBe(
      '{\n  a: [\n    x\n    y,\n  ],\n}',
    )
    expect(format(new Conv({ filters: 1 }), { include: [] })).toBe('Conv()')
  })

  it('[S14] any key is printed so that it can be told', () => {
    fc.assert(
      fc.property(arbitraryKey, arbitraryLeaf, (key, value) => {
        const text = format({ [key]: value })
        if (codeIsAllowed) expect(Object.entries(parse(text) as object)).toEqual([[key, value]])
        expect(format(list([record({ [key]: value })]))).toBe(`[${text}]`)
      }),
    )
  })
})
