import { DeclarationError, type Issue } from '../errors.ts'
import type { EnumValue } from '../field.ts'
import { FieldSpec } from '../field-spec.ts'
import { shortForm } from '../short-form.ts'

/** More values than this are looked up rather than spelled out in code. */
const SPELLED_OUT = 8

/** One of a fixed set of primitive values. */
export class EnumSpec<V extends EnumValue> extends FieldSpec<V> {
  readonly kind = 'enum'
  readonly values: ReadonlySet<unknown>

  constructor(values: readonly V[]) {
    super()
    this.values = new Set(values)
    if (this.values.size === 0 || this.values.size !== values.length) {
      throw new DeclarationError({
        expected: 'one or more different values for an enum field',
        got: values,
        gotText: `[${values.map(shortForm).join(', ')}]`,
        remedy: 'list each value once',
      })
    }
  }

  describeKind(): string {
    return `one of ${[...this.values].map(shortForm).join(', ')}`
  }

  protected examine(value: unknown): Issue | undefined {
    if (this.values.has(value)) return undefined
    const types = new Set([...this.values].map((known) => typeof known))
    return types.has(typeof value) ? this.outOfRange(value) : this.mismatch(value)
  }

  override testCode(name: string): string | undefined {
    const spellable = [...this.values].every((value) => typeof value !== 'number' || Number.isFinite(value))
    if (this.values.size > SPELLED_OUT || !spellable) return undefined
    return `(${[...this.values].map((value) => `${name} === ${JSON.stringify(value)}`).join(' || ')})`
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    const inside =
      base instanceof EnumSpec
        ? [...this.values].every((value) => base.values.has(value))
        : [...this.values].every((value) => base.shallow(value) === undefined)
    return inside ? this : undefined
  }
}
