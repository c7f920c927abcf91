import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { arbitraryModel, buildNode, identical, nodesOf, read } from '../../test/arbitrary-program.ts'
import { clone } from './clone.ts'
import { equals } from './equals.ts'
import { DeclarationError, TypeMismatchError } from './errors.ts'
import { field } from './fields/index.ts'
import { format } from './format.ts'
import { list } from './list.ts'
import { record } from './record.ts'
import { rebind, rebindAt } from './rebind.ts'
import { ref } from './ref.ts'
import { extend, symbolic } from './symbolic.ts'
import { getSymbolic, isAbstract, parentOf, pathOf } from './tree.ts'

class Opaque {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

describe('clone', () => {
  it('[S10] equals the original to the last bit and shares no node with it', () => {
    fc.assert(
      fc.property(arbitraryModel({ holes: true }), fc.boolean(), (model, deep) => {
        const original = buildNode(model)
        const copy = clone(original, { deep })
        expect(identical(read(copy), model)).toBe(true)
        expect(identical(read(original), model)).toBe(true)
        expect(equals(copy, original)).toBe(true)
        const nodes = new Set(nodesOf(original).map(({ node }) => node))
        expect(nodesOf(copy).filter(({ node }) => nodes.has(node))).toEqual([])
        for (const { node, keys } of nodesOf(copy)) expect(pathOf(node).keys).toEqual(keys)
        expect(isAbstract(copy)).toBe(isAbstract(original))
      }),
    )
  })

  it('[S10] a change of either does not show in the other', () => {
    const original = record({ a: [1, { b: 2 }] })
    const copy = clone(original)
    rebindAt(copy, [['a[1].b', 3]])
    copy.a.push(4)
    original.a.reverse()
    expect(format(original)).toBe('{ a: [{ b: 2 }, 1] }')
    expect(format(copy)).toBe('{ a: [1, { b: 3 }, 4] }')
  })

  it('[S10] the copy of a part is a root', () => {
    const root = record({ a: [{ b: 1 }] })
    const part = clone(root.a)
    expect(parentOf(part)).toBeUndefined()
    expect(String(pathOf(part.at(0) as object))).toBe('[0]')
  })

  it('[S10] lists and records of a copy go on being checked by the field they came from', () => {
    class Sizes extends symbolic('clone/Sizes', { sizes: field.list(field.list(field.int())) }) {}
    const sizes = clone(new Sizes({ sizes: [[1], [2]] }).sizes)
    expect(() => sizes.at(0)?.push('x' as never)).toThrow(TypeMismatchError)
    expect(() => rebindAt(sizes, [['[1][0]', 0.5]])).toThrow('[1][0]: expected an integer, got 0.5')
  })

  it('[S10] without `deep` other values are shared, with it they are copied', () => {
    const day = new Date(0)
    const when = record({ day, again: [day], map: new Map([[1, { x: 1 }]]) })
    expect(clone(when).day).toBe(day)
    const copy = clone(when, { deep: true })
    expect(copy.day).not.toBe(day)
    expect(copy.day).toEqual(day)
    expect(copy.map).not.toBe(when.map)
    expect(copy.map).toEqual(when.map)
  })

  it('[S10] what stands in two places is one object in a deep copy too', () => {
    const shared = new Map([[1, 2]])
    const copy = clone(record({ a: shared, b: [shared] }), { deep: true })
    expect(copy.a).not.toBe(shared)
    expect(copy.b.at(0)).toBe(copy.a)
  })

  it('[S10] functions and targets of references stay shared in any case', () => {
    const target = record({ big: [1, 2, 3] })
    const act = (): number => 1
    const copy = clone(record({ act, held: ref(target) }), { deep: true })
    expect(copy.act).toBe(act)
    expect(copy.held).toBe(target)
  })

  it('[S10] a deep copy refuses an instance of a class it cannot copy, instead of making a plain object of it', () => {
    const program = record({ a: [new Opaque(1)] })
    expect(clone(program).a.at(0)).toBeInstanceOf(Opaque)
    expect(() => clone(program, { deep: true })).toThrow(
      'expected a value that the platform can copy, such as data, a Map or a Date, got an instance of Opaque; ' +
        'hold it with ref(...), or clone without { deep: true }, which shares it.',
    )
  })

  it('[S10] what is no node comes back, or is copied with `deep`', () => {
    const day = new Date(0)
    expect(clone(day)).toBe(day)
    expect(clone(day, { deep: true })).not.toBe(day)
    expect(clone(3)).toBe(3)
  })

  it('[S10] checks are not run again', () => {
    let checks = 0
    class Counting {
      static [Symbol.hasInstance](): boolean {
        checks++
        return true
      }
    }
    class Holder extends symbolic('clone/Holder', { value: field.object(Counting) }) {}
    const holder = new Holder({ value: new Counting() })
    const before = checks
    clone(holder)
    clone(holder, { deep: false })
    expect(checks).toBe(before)
  })

  it('[S10] has the type of the original', () => {
    class Typed extends symbolic('clone/Typed', { a: field.int() }) {}
    expectTypeOf(clone(new Typed({ a: 1 }))).toEqualTypeOf<Typed>()
    expectTypeOf(new Typed({ a: 1 }).clone()).toEqualTypeOf<Typed>()
    expect(new Typed({ a: 1 }).clone()).toBeInstanceOf(Typed)
  })
})

describe('construction through the class', () => {
  class Secret extends symbolic('clone/Secret', { size: field.int(), parts: field.list(field.any()).default([]) }) {
    readonly #cache = new Map<string, number>()
    plain = 5
    computed = this.#cache.size
    static from(size: number): Secret {
      return new Secret({ size })
    }
    remember(key: string, value: number): this {
      this.#cache.set(key, value)
      return this
    }
    recall(key: string): number | undefined {
      return this.#cache.get(key)
    }
  }

  it('[S10] #private members and field initialisers are there on a copy, fresh', () => {
    const original = new Secret({ size: 1 }).remember('a', 1)
    original.plain = 6
    const copy = clone(list([original])).at(0) as Secret
    expect(original.recall('a')).toBe(1)
    expect(copy.recall('a')).toBeUndefined()
    expect(copy.remember('b', 2).recall('b')).toBe(2)
    expect(copy.plain).toBe(5)
    expect(copy.computed).toBe(0)
    expect(Secret.from(3).clone().size).toBe(3)
  })

  it('[S10] a constructor that passes its argument on may do more', () => {
    const seen: number[] = []
    class Noisy extends extend('clone/Noisy', Secret, { loud: field.boolean().default(true) }) {
      constructor(init: { size: number; loud?: boolean }) {
        super(init)
        seen.push(this.size)
      }
    }
    const copy = clone(new Noisy({ size: 4 }))
    expect(seen).toEqual([4, 4])
    expect(copy.loud && copy.size === 4 && copy.plain === 5).toBe(true)
  })

  it('[S10] a constructor may construct and copy others before it passes its argument on', () => {
    const part = new Secret({ size: 9 })
    const made: Secret[] = []
    class Before extends symbolic('clone/Before', { part: Secret, rest: field.list(Secret).default([]) }) {
      constructor(init: { part: Secret; rest?: Secret[] }) {
        made.push(new Secret({ size: 1, parts: [new Secret({ size: 2 })] }), clone(part))
        super(init)
      }
    }
    const before = new Before({ part: new Secret({ size: 3 }), rest: [new Secret({ size: 4 })] })
    const copy = clone(before)
    expect(equals(copy, before)).toBe(true)
    expect(copy.rest.at(0)?.size).toBe(4)
    expect(made.map(({ size }) => size)).toEqual([1, 9, 1, 9])
  })

  it('[S10] a constructor that does not pass its argument on is told so at the first copy', () => {
    class Positional extends symbolic('clone/Positional', { x: field.number(), y: field.number() }) {
      constructor(x: number, y: number) {
        super({ x, y })
      }
    }
    const point = new Positional(1, 2)
    const message =
      'clone/Positional: expected a constructor that passes its one argument on, constructor(init) { super(init) }, ' +
      'got a constructor that did not; clone, materialize and fromJSON construct through the class; ' +
      'move the other arguments to a static factory.'
    expect(() => clone(point)).toThrow(DeclarationError)
    expect(() => clone(point)).toThrow(message)
    expect(() => clone(list([point]))).toThrow(message)
    // The next copy of another class is not affected.
    expect(clone(new Secret({ size: 1 })).size).toBe(1)
  })

  it('[S10] a constructor that hides its argument in a field gets hold of nothing, and the original stays a root', () => {
    class Wrapping extends symbolic('clone/Wrapping', { value: field.any() }) {
      constructor(value: unknown) {
        super({ value })
      }
    }
    class Spreading extends symbolic('clone/Spreading', { value: field.any().default(1) }) {
      constructor(init: { value?: unknown }) {
        super({ ...init })
      }
    }
    for (const original of [new Wrapping(1), new Spreading({ value: 2 })]) {
      expect(() => clone(original)).toThrow(DeclarationError)
      expect(parentOf(original)).toBeUndefined()
    }
  })

  it('[S10] an error of the constructor itself comes through', () => {
    let armed = false
    class Failing extends symbolic('clone/Failing', { x: field.int() }) {
      constructor(init: { x: number }) {
        super(init)
        if (armed) throw new RangeError('mine')
      }
    }
    const failing = new Failing({ x: 1 })
    armed = true
    expect(() => clone(failing)).toThrow(new RangeError('mine'))
    expect(() => clone(list([failing]))).toThrow(new RangeError('mine'))
  })

  it('[S10] onBound runs once for each node of a copy, leaves first, and not on the original again', () => {
    const log: string[] = []
    class Node extends symbolic('clone/Node', { name: field.string(), below: field.any().optional() }) {
      override onBound(): void {
        log.push(this.name)
      }
    }
    const root = new Node({ name: 'root', below: [new Node({ name: 'a' }), { x: new Node({ name: 'b' }) }] })
    expect(log).toEqual(['a', 'b', 'root'])
    log.length = 0
    clone(root)
    expect(log).toEqual(['a', 'b', 'root'])
    log.length = 0
    clone(root, { deep: true })
    expect(log.toSorted()).toEqual(['a', 'b', 'root'])
    expect(log.at(-1)).toBe('root')
    rebind(root, { name: 'r' })
    expect(getSymbolic(root, 'name')).toBe('r')
  })
})
