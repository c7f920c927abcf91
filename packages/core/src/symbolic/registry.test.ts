import { describe, expect, it, vi } from 'vitest'
import { clone } from './clone.ts'
import { equals } from './equals.ts'
import { DeclarationError, DuplicateNameError } from './errors.ts'
import type { SymbolicClass } from './field.ts'
import { field } from './fields/index.ts'
import { fromJSON } from './from-json.ts'
import { register } from './registry.ts'
import { extend, symbolic } from './symbolic.ts'
import { toJSON } from './to-json.ts'

describe('a class that was declared', () => {
  it('[S13] is unknown to JSON until something shows it: an instance, a field, `types` or register', () => {
    class Bare extends symbolic('registry/Bare', { x: field.int() }) {}
    const json = { _type: 'registry/Bare', x: 1 }
    expect(() => fromJSON(json)).toThrow(DeclarationError)
    expect(() => fromJSON({ a: json })).toThrow(
      'registry/Bare: expected the class that extends this declaration, got only the declaration; call register(Bare) where ' +
        'the class is defined, or pass it as { types: [Bare] }.',
    )
    expect(fromJSON(json, { types: [Bare] })).toBeInstanceOf(Bare)
    // From then on it is known.
    expect(fromJSON(json)).toBeInstanceOf(Bare)

    class Named extends symbolic('registry/Named', { x: field.int() }) {}
    class Holder extends symbolic('registry/Holder', { named: field.list(Named) }) {}
    register(Holder)
    const holder = { _type: 'registry/Holder', named: [{ _type: 'registry/Named', x: 1 }] }
    expect(fromJSON<Holder>(holder).named.at(0)).toBeInstanceOf(Named)

    class Base extends symbolic('registry/Base', {}) {}
    class Sub extends extend('registry/Sub', Base, {}) {}
    expect(fromJSON({ _type: 'registry/Base' })).toBeInstanceOf(Base)
    expect(() => fromJSON({ _type: 'registry/Sub' })).toThrow(DeclarationError)
    register(Sub)
    expect(fromJSON({ _type: 'registry/Sub' })).toBeInstanceOf(Sub)
  })

  it('[S13] registering takes only declared classes, and one to a name', () => {
    expect(() => register(Date as unknown as SymbolicClass)).toThrow(
      'expected a class that extends symbolic(...) or extend(...), got the class Date; declare it with symbolic.',
    )
    expect(() => register(undefined as unknown as SymbolicClass)).toThrow(DeclarationError)
    const Declared = symbolic('registry/Declared', {})
    class One extends Declared {}
    class Two extends Declared {}
    register(One, One)
    expect(() => register(Two)).toThrow(DuplicateNameError)
  })
})

describe('a module that is evaluated again', () => {
  it('[S13] replaces its own earlier classes, as another version of the same file', async () => {
    const first = await import('../../test/reload/declares.ts')
    const before = new first.Conv({ filters: 1 })
    const json = toJSON(before)
    const url: string = '../../test/reload/declares.ts?v=2'
    const second = (await import(url)) as typeof first
    expect(second.Conv).not.toBe(first.Conv)
    const after = fromJSON(json, { as: second.Conv })
    expect(after).toBeInstanceOf(second.Conv)
    expect(after).not.toBeInstanceOf(first.Conv)
    // Exact classes are compared: the instances of the old module are of another class, and go on working.
    expect(equals(after, before)).toBe(false)
    expect(equals(clone(before), before)).toBe(true)
    expect(new second.Wide({ filters: 3 }).factor).toBe(2)
    expect(() => fromJSON({ _type: 'reload/Unseen', x: 1 })).toThrow(DeclarationError)
  })

  it('[S13] another file with the same name is an error', async () => {
    await import('../../test/reload/declares.ts')
    await expect(import('../../test/reload/declares-again.ts')).rejects.toThrow(DuplicateNameError)
  })

  it('[S13] so it is when tests isolate their modules', async () => {
    vi.resetModules()
    const first = await import('../../test/reload/declares.ts')
    vi.resetModules()
    const second = await import('../../test/reload/declares.ts')
    expect(second.Conv).not.toBe(first.Conv)
    expect(new second.Conv({ filters: 1 }).filters).toBe(1)
  })

  it('[S13] a declaration from the same place is the same declaration', () => {
    const declare = (): SymbolicClass => symbolic('registry/Place', { x: field.int() })
    const first = declare()
    const second = declare()
    expect(first).not.toBe(second)
    expect(fromJSON({ _type: 'registry/Place', x: 1 }, { types: [second] })).toBeInstanceOf(second)
    expect(() => symbolic('registry/Place', {})).toThrow(DuplicateNameError)
  })

  it('[S13] where there are no stack traces nothing can be told apart, and the newer one takes over', () => {
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    try {
      symbolic('registry/Traceless', {})
      const Newer = symbolic('registry/Traceless', { x: field.int() })
      expect(fromJSON({ _type: 'registry/Traceless', x: 1 }, { types: [Newer] })).toBeInstanceOf(Newer)
    } finally {
      Error.stackTraceLimit = stackTraceLimit
    }
  })
})
