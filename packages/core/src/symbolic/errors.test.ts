import { describe, expect, it } from 'vitest'
import {
  AbstractValueError,
  CycleError,
  DeclarationError,
  DuplicateNameError,
  JsonError,
  MissingFieldError,
  MittenError,
  OutOfRangeError,
  OverlapError,
  PathSyntaxError,
  ReadOnlyError,
  RebindLoopError,
  TypeMismatchError,
  UnknownKeyError,
  UnknownTypeError,
} from './errors.ts'
import { field } from './fields/index.ts'
import { list } from './list.ts'
import { record } from './record.ts'
import { shortForm } from './short-form.ts'
import { symbolic } from './symbolic.ts'

const classes = {
  abstract: AbstractValueError,
  cycle: CycleError,
  declaration: DeclarationError,
  'duplicate-name': DuplicateNameError,
  json: JsonError,
  missing: MissingFieldError,
  range: OutOfRangeError,
  overlap: OverlapError,
  'path-syntax': PathSyntaxError,
  'read-only': ReadOnlyError,
  'rebind-loop': RebindLoopError,
  type: TypeMismatchError,
  'unknown-key': UnknownKeyError,
  'unknown-type': UnknownTypeError,
}

describe.each(Object.entries(classes))('the error with the code %s', (code, type) => {
  it('[S6] can be told by class and by code, and carries path, expected and got', () => {
    const got = { any: 'thing' }
    const error = new type({ path: 'a.b[0]', expected: 'an integer', got, remedy: 'round it' })
    expect(error).toBeInstanceOf(MittenError)
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe(type.name)
    expect([error.code, error.path, error.expected]).toEqual([code, 'a.b[0]', 'an integer'])
    expect(error.got).toBe(got)
    expect(error.message).toBe('a.b[0]: expected an integer, got a plain object; round it.')
    expect(String(error)).toBe(`${type.name}: ${error.message}`)
    expect(error.cause).toBeUndefined()
    const others = Object.values(classes).filter((other) => other !== type && error instanceof other)
    expect(others).toEqual(code === 'duplicate-name' ? [DeclarationError] : code === 'unknown-type' ? [JsonError] : [])
  })
})

describe('the message', () => {
  it('[S6] leaves out what is not there', () => {
    expect(new TypeMismatchError({ expected: 'a list', got: 5 }).message).toBe('expected a list, got 5.')
    expect(new TypeMismatchError({ path: '', expected: 'a list', got: 5, gotText: 'five' }).message).toBe(
      'expected a list, got five.',
    )
    expect(new TypeMismatchError({ expected: 'a list', got: 5, remedy: 'why not a list?' }).message).toBe(
      'expected a list, got 5; why not a list?',
    )
    const cause = new Error('first')
    expect(new TypeMismatchError({ expected: 'x', got: 1, cause }).cause).toBe(cause)
  })

  it('[S6] seen from further up has a longer path, and is otherwise the same', () => {
    const cause = new Error('first')
    const error = new OutOfRangeError({ path: 'a', expected: 'x', got: 1, gotText: 'one', remedy: 'y', cause })
    const above = error.under('b[0]')
    expect(above).toBeInstanceOf(OutOfRangeError)
    expect(above.message).toBe('b[0].a: expected x, got one; y.')
    expect([above.got, above.cause]).toEqual([1, cause])
    expect(error.under('').path).toBe('a')
    expect(new OutOfRangeError({ path: '[0]', expected: 'x', got: 1 }).under('a').path).toBe('a[0]')
    expect(new OutOfRangeError({ expected: 'x', got: 1 }).under('a').path).toBe('a')
  })
})

describe('the short form of a value', () => {
  class Conv extends symbolic('errors/Conv', {}) {}
  class Item extends symbolic('errors/Item', {}) {}
  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'true'],
    [-0, '-0'],
    [NaN, 'NaN'],
    [0.1, '0.1'],
    [5n, '5n'],
    ['', "''"],
    ["it's\n\\", "'it\\'s\\n\\\\'"],
    ['x'.repeat(61), `'${'x'.repeat(60)}…'`],
    [Symbol('s'), 'a symbol'],
    [() => 1, 'a function'],
    [Math.abs, 'a function'],
    [Conv, 'the class Conv'],
    [class {}, 'the class (anonymous)'],
    [[], 'an empty array'],
    [[1, 2], 'an array of 2'],
    [{}, 'a plain object'],
    [Object.create(null), 'a plain object'],
    [new Map(), 'an instance of Map'],
    [Object.create({ constructor: null }), 'an object'],
    [Object.create({ constructor: { name: '' } }), 'an object'],
    [list([]), 'an empty list'],
    [list([1]), 'a list of 1'],
    [record({}), 'an empty record'],
    [record({ a: 1, b: 2 }), 'a record of 2'],
    [new Conv(), 'a Conv'],
    [new Item(), 'an Item'],
  ])('[S6] case %#: %s', (value, text) => {
    expect(shortForm(value)).toBe(text)
  })

  it('[S6] does not walk into what it describes', () => {
    const circle: unknown[] = []
    circle.push(circle)
    expect(shortForm(circle)).toBe('an array of 1')
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('walked')
        },
      },
    )
    expect(shortForm(trap)).toBe('a plain object')
    expect(new TypeMismatchError({ expected: 'x', got: field.int() }).message).toBe(
      'expected x, got an instance of NumberSpec.',
    )
  })
})
