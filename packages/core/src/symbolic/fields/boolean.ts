import type { Issue } from '../errors.ts'
import { FieldSpec } from '../field-spec.ts'

/** `true` or `false`; nothing is coerced. */
export class BooleanSpec extends FieldSpec<boolean> {
  readonly kind = 'boolean'

  describeKind(): string {
    return 'a boolean'
  }

  protected examine(value: unknown): Issue | undefined {
    return typeof value === 'boolean' ? undefined : this.mismatch(value)
  }

  override testCode(name: string): string {
    return `typeof ${name} === 'boolean'`
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    return base instanceof BooleanSpec ? this : undefined
  }
}
