import { DeclarationError, type Issue } from '../errors.ts'
import { FieldSpec } from '../field-spec.ts'
import { schemaOf } from '../registry.ts'
import type { NodeClass } from '../schema.ts'

/** Something that can stand behind `instanceof`. */
export type Constructor<T = unknown> = abstract new (...args: never) => T

/** An instance of a class or of a subclass, symbolic or not. */
export class InstanceSpec<T> extends FieldSpec<T> {
  readonly kind = 'instance'
  readonly type: Constructor<T>

  constructor(type: Constructor<T>) {
    super()
    this.type = type
    if (typeof type !== 'function') {
      throw new DeclarationError({
        expected: 'a class',
        got: type,
        remedy: 'if the class is declared further down, refer to it with field.lazy(() => TheClass)',
      })
    }
    // A class that is named in a field is one that JSON may name.
    schemaOf(type)?.bind(type as unknown as NodeClass)
  }

  describeKind(): string {
    return `an instance of ${this.type.name || 'an anonymous class'}`
  }

  protected examine(value: unknown): Issue | undefined {
    return value instanceof this.type ? undefined : this.mismatch(value)
  }

  override testCode(name: string, spec: string): string {
    return `${name} instanceof ${spec}.type`
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    if (!(base instanceof InstanceSpec)) return undefined
    const same = this.type === base.type || Object.prototype.isPrototypeOf.call(base.type, this.type)
    return same ? this : undefined
  }
}
