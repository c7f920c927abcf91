import { DeclarationError, type Issue } from '../errors.ts'
import type { NumberField } from '../field.ts'
import { FieldSpec } from '../field-spec.ts'

/**
 * A number or an integer in an inclusive range. NaN is refused; an integer must be a safe one (|n| < 2^53), since larger
 * ones do not survive arithmetic.
 */
export class NumberSpec extends FieldSpec<number> implements NumberField {
  readonly kind = 'number'
  readonly integer: boolean
  readonly lowest: number = -Infinity
  readonly highest: number = Infinity

  constructor(integer: boolean) {
    super()
    this.integer = integer
  }

  min(bound: number): this {
    return this.bounded({ lowest: bound }, bound)
  }

  max(bound: number): this {
    return this.bounded({ highest: bound }, bound)
  }

  describeKind(): string {
    const { lowest, highest } = this
    const noun = this.integer ? 'an integer' : 'a number'
    if (lowest === -Infinity && highest === Infinity) return noun
    if (highest === Infinity) return `${noun} of at least ${lowest}`
    if (lowest === -Infinity) return `${noun} of at most ${highest}`
    return `${noun} in [${lowest}, ${highest}]`
  }

  protected examine(value: unknown): Issue | undefined {
    if (typeof value !== 'number') return this.mismatch(value)
    if (Number.isNaN(value)) return this.mismatch(value)
    if (this.integer && !Number.isSafeInteger(value)) {
      return { ...this.mismatch(value), remedy: 'round it, or declare the field with field.number()' }
    }
    return value >= this.lowest && value <= this.highest ? undefined : this.outOfRange(value)
  }

  override testCode(name: string): string {
    const type = this.integer ? `Number.isSafeInteger(${name})` : `typeof ${name} === 'number' && ${name} === ${name}`
    const low = this.lowest === -Infinity ? '' : ` && ${name} >= ${this.lowest}`
    const high = this.highest === Infinity ? '' : ` && ${name} <= ${this.highest}`
    return `${type}${low}${high}`
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    if (!(base instanceof NumberSpec) || (base.integer && !this.integer)) return undefined
    // A bound left open is inherited; one that is stated must be inside.
    const lowest = this.lowest === -Infinity ? base.lowest : this.lowest
    const highest = this.highest === Infinity ? base.highest : this.highest
    if (lowest < base.lowest || highest > base.highest || lowest > highest) return undefined
    return this.derive({ lowest, highest })
  }

  private bounded(change: { lowest?: number; highest?: number }, bound: number): this {
    const next = { lowest: this.lowest, highest: this.highest, ...change }
    if (typeof bound !== 'number' || Number.isNaN(bound) || next.lowest > next.highest) {
      throw new DeclarationError({
        expected: 'bounds with min <= max',
        got: bound,
        gotText: `[${next.lowest}, ${next.highest}]`,
        remedy: 'exchange or correct the bounds',
      })
    }
    return this.derive(change)
  }
}
