import type { Issue } from '../errors.ts'
import { FieldSpec } from '../field-spec.ts'

/** A function. Its signature is a matter of types alone. */
export class FunctionSpec<Fn> extends FieldSpec<Fn> {
  readonly kind = 'function'

  describeKind(): string {
    return 'a function'
  }

  protected examine(value: unknown): Issue | undefined {
    return typeof value === 'function' ? undefined : this.mismatch(value)
  }

  override testCode(name: string): string {
    return `typeof ${name} === 'function'`
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    return base instanceof FunctionSpec ? this : undefined
  }
}
