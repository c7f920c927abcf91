import { DeclarationError, type Issue } from '../errors.ts'
import { FieldSpec } from '../field-spec.ts'
import { issueIn } from '../check.ts'

/** A value that satisfies at least one of several fields; the first that fits judges it. */
export class UnionSpec<Out, In> extends FieldSpec<Out, In> {
  readonly kind = 'union'
  readonly options: readonly FieldSpec[]

  constructor(options: readonly FieldSpec[]) {
    super()
    this.options = options
    if (options.length < 2) {
      throw new DeclarationError({
        expected: 'two or more options for a union field',
        got: options,
        gotText: String(options.length),
        remedy: options.length === 1 ? 'use the one option by itself' : 'name the options',
      })
    }
  }

  describeKind(): string {
    return this.options.map((option) => option.expected).join(' or ')
  }

  override get holdsContainers(): boolean {
    return this.options.some((option) => option.holdsContainers)
  }

  override get converts(): boolean {
    return this.options.some((option) => option.converts)
  }

  override resolve(value: unknown): FieldSpec {
    const fitting = this.options.filter((option) => option.shallow(value) === undefined)
    // Only where the outside can't tell options apart (two kinds of lists) are the insides compared.
    const option = fitting.length > 1 ? fitting.find((one) => issueIn(value, one) === undefined) : fitting[0]
    return (option ?? fitting[0])?.resolve(value) ?? this
  }

  override convert(value: unknown): unknown {
    // What an option takes as it is stays as it is.
    if (this.options.some((option) => option.shallow(value) === undefined)) return value
    for (const option of this.options) {
      const converted = option.convert(value)
      if (converted !== value) return converted
    }
    return value
  }

  protected examine(value: unknown): Issue | undefined {
    return this.options.some((option) => option.shallow(value) === undefined) ? undefined : this.mismatch(value)
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    const options = this.options.map((option) => option.within(base))
    return options.includes(undefined) ? undefined : this.derive({ options })
  }

  override admit(narrower: FieldSpec): FieldSpec | undefined {
    // A union or an enumeration is within this one part by part, anything else within one option.
    const whole = super.admit(narrower)
    if (whole !== undefined) return whole
    for (const option of this.options) {
      const narrowed = option.admit(narrower)
      if (narrowed !== undefined) return narrowed
    }
    return undefined
  }
}
