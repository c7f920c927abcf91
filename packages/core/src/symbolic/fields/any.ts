import type { Issue } from '../errors.ts'
import { FieldSpec } from '../field-spec.ts'

/** Anything, `null` and NaN included; `undefined` counts as left out. */
export class AnySpec<T> extends FieldSpec<T> {
  readonly kind = 'any'

  describeKind(): string {
    return 'a value'
  }

  protected examine(value: unknown): Issue | undefined {
    return value === undefined ? this.mismatch(value) : undefined
  }

  protected narrow(): FieldSpec | undefined {
    return undefined
  }

  override admit(narrower: FieldSpec): FieldSpec {
    return narrower
  }
}
