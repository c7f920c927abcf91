import type { Issue } from '../errors.ts'
import type { StringField } from '../field.ts'
import { FieldSpec } from '../field-spec.ts'

/** Text, optionally one that matches a regular expression as a whole. */
export class StringSpec extends FieldSpec<string> implements StringField {
  readonly kind = 'string'
  readonly expression: RegExp | undefined = undefined
  private readonly whole: RegExp | undefined = undefined

  pattern(expression: RegExp): this {
    // A stateful flag would make the answer depend on the last one.
    const flags = expression.flags.replace(/[gy]/g, '')
    return this.derive({ expression, whole: new RegExp(`^(?:${expression.source})$`, flags) })
  }

  describeKind(): string {
    return this.expression === undefined ? 'a string' : `a string that matches ${this.expression}`
  }

  protected examine(value: unknown): Issue | undefined {
    if (typeof value !== 'string') return this.mismatch(value)
    return this.whole === undefined || this.whole.test(value) ? undefined : this.outOfRange(value)
  }

  override testCode(name: string): string | undefined {
    return this.expression === undefined ? `typeof ${name} === 'string'` : undefined
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    if (!(base instanceof StringSpec)) return undefined
    if (base.expression === undefined) return this
    if (this.expression === undefined) return this.derive({ expression: base.expression, whole: base.whole })
    // Whether one regular expression is narrower than another can't be told; only the same one is accepted.
    return String(this.expression) === String(base.expression) ? this : undefined
  }
}
