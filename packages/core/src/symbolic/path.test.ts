import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryKey, arbitraryModel, buildNode, nodesOf } from '../../test/arbitrary-program.ts'
import { PathSyntaxError, UnknownKeyError } from './errors.ts'
import { List, list } from './list.ts'
import { compareKeys, Path } from './path.ts'
import { record } from './record.ts'
import { getSymbolic, parentOf, pathOf, rootOf } from './tree.ts'

const arbitraryStep = fc.oneof(fc.nat(), fc.integer({ min: -20, max: -1 }), arbitraryKey)

describe('text', () => {
  it('[S3] parsing the text of a path gives the same keys back', () => {
    fc.assert(
      fc.property(fc.array(arbitraryStep, { maxLength: 6 }), (keys) => {
        const path = new Path(keys)
        expect(Path.parse(path.toString()).keys).toEqual(keys)
        expect(Path.parse(path.toString()).equals(path)).toBe(true)
      }),
    )
  })

  it('[S3] different paths have different texts', () => {
    const path = fc.array(fc.oneof(fc.nat({ max: 2 }), fc.constantFrom('0', '1', 'a', 'a.b', '', '[0]', '"', '-1')), {
      maxLength: 3,
    })
    fc.assert(
      fc.property(path, path, (left, right) => {
        const same = left.length === right.length && left.every((key, i) => key === right[i])
        expect(new Path(left).toString() === new Path(right).toString()).toBe(same)
      }),
    )
  })

  it('[S3] any text is read or refused with the position, never misread', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', '0', '.', '[', ']', '"', '\\', ' ', '-') }),
      fc.string({ unit: 'binary', maxLength: 8 }),
    )
    fc.assert(
      fc.property(text, (given) => {
        try {
          const path = Path.parse(given)
          expect(Path.parse(path.toString()).keys).toEqual(path.keys)
        } catch (error) {
          expect(error).toBeInstanceOf(PathSyntaxError)
        }
      }),
    )
  })

  it.each([
    ['', []],
    ['a', ['a']],
    ['a[0].b.c[x.y]', ['a', 0, 'b', 'c', 'x.y']],
    ['[0][1]', [0, 1]],
    ['[-1]', [-1]],
    ['a.0', ['a', '0']],
    ['["0"]', ['0']],
    ['[""].x', ['', 'x']],
    ['["a]"]', ['a]']],
    ['["\\u0041\\n"]', ['A\n']],
    ['[a b]', ['a b']],
    ['x.-1', ['x', '-1']],
  ])('[S3] reads %j', (text, keys) => {
    expect(Path.parse(text).keys).toEqual(keys)
  })

  it.each([
    ['a]', "no ']' without its '[' at position 1"],
    ['a[0', "a ']' for this '[' at position 1"],
    ['a..b', "a name after '.' at position 2"],
    ['a.', "a name after '.' at position 2"],
    ['.a', 'a name at position 0'],
    ['a.[0]', "a name after '.' at position 2"],
    ['a[0]b', "'.' or '[' at position 4"],
    ['a[]', 'an index or a key at position 2'],
    ['a[b[c]', "no '[' inside brackets at position 3"],
    ['["a', 'a closing quote at position 1'],
    ['["a"x]', "a ']' after the quoted key at position 4"],
    ['["\\x"]', 'a quoted key as in JSON at position 1'],
  ])('[S3] refuses %j', (text, expected) => {
    expect(() => Path.parse(text)).toThrow(
      expect.objectContaining({ code: 'path-syntax', expected, got: text, path: '' }) as Error,
    )
  })

  it('[S3] a path knows its key, its parent and its children', () => {
    const path = Path.parse('a[0].b')
    expect(path.key).toBe('b')
    expect(String(path.parent)).toBe('a[0]')
    expect(Path.root.parent).toBe(Path.root)
    expect(Path.root.isRoot && Path.root.key === undefined).toBe(true)
    expect(String(path.child('x.y').child(2))).toBe('a[0].b[x.y][2]')
    expect(String(path.join(Path.parse('[1].c')))).toBe('a[0].b[1].c')
    expect(Path.of(path)).toBe(path)
    expect(JSON.stringify({ path })).toBe('{"path":"a[0].b"}')
    expect(Path.parse('')).toBe(Path.root)
  })

  it('[S3] sibling keys order: indices by value, then names as text', () => {
    expect(['b', 10, 'a', 2, '10', '2'].sort(compareKeys)).toEqual([2, 10, '10', '2', 'a', 'b'])
  })
})

describe('place in the tree', () => {
  it('[S3] every node knows its parent, its path and its root', () => {
    fc.assert(
      fc.property(arbitraryModel({ holes: true }), fc.boolean(), (model, plain) => {
        const root = buildNode(model, plain)
        for (const { node, keys } of nodesOf(root)) {
          expect(pathOf(node).keys).toEqual(keys)
          expect(rootOf(node)).toBe(root)
          const parent = parentOf(node)
          if (keys.length === 0) expect(parent).toBeUndefined()
          else expect(getSymbolic(parent as object, keys.at(-1) as string)).toBe(node)
        }
      }),
    )
  })

  it('[S3] a path stays right when a list shifts, however often it is asked', () => {
    const root = record({ xs: Array.from({ length: 50 }, (_, i) => ({ i })) })
    const nodes = [...root.xs]
    expect(nodes.map((node) => pathOf(node).toString())).toEqual(nodes.map((_, i) => `xs[${i}]`))
    root.xs.insert(0, record({ i: -1 }))
    expect(nodes.map((node) => pathOf(node).toString())).toEqual(nodes.map((_, i) => `xs[${i + 1}]`))
    root.xs.reverse()
    expect(nodes.map((node) => pathOf(node).toString())).toEqual(nodes.map((_, i) => `xs[${49 - i}]`))
    root.xs.splice(0, 10)
    expect(pathOf(nodes[49] as object).isRoot).toBe(true)
    expect(pathOf(nodes[39] as object).toString()).toBe('xs[0]')
  })

  it('[S3] asking the path of every item after a shift is linear', () => {
    const xs = list(Array.from({ length: 20_000 }, (_, i) => ({ i })))
    const nodes = [...xs]
    xs.insert(0, record({ i: -1 }))
    const start = performance.now()
    for (const node of nodes) pathOf(node)
    // Renewing hints one by one would take 20,000² / 2 steps.
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('[S3] what is no node has no place', () => {
    for (const ask of [parentOf, pathOf, rootOf]) {
      expect(() => ask([])).toThrow(
        expect.objectContaining({ code: 'type', expected: 'a symbolic object, list or record' }) as Error,
      )
    }
  })

  it('[S3] getSymbolic refuses a key that is not there, with the path', () => {
    const root = record({ a: [{ b: 1 }] })
    const inner = root.a.at(0) as object
    expect(getSymbolic(inner, 'b')).toBe(1)
    expect(() => getSymbolic(inner, 'c')).toThrow(UnknownKeyError)
    expect(() => getSymbolic(inner, 'c')).toThrow("a[0].c: expected a key of a record of 1, got 'c'; it has b.")
    expect(() => getSymbolic(inner, 'toString')).toThrow(UnknownKeyError)
    expect(() => getSymbolic(new List(), 0)).toThrow('[0]: expected a key of an empty list, got 0; it has none.')
    expect(() => getSymbolic(root.a, '0')).toThrow(UnknownKeyError)
    expect(() => getSymbolic(record({ 0: 1 }), 0)).toThrow(UnknownKeyError)
  })
})
