import type { Issue } from '../errors.ts'
import { FieldSpec } from '../field-spec.ts'
import { isPlainContainer } from '../from-plain.ts'
import { isNode, TRAITS } from '../node.ts'

/** A record with any keys, whose values all satisfy one field; plain objects are turned into a record. */
export class RecordSpec<Out, In> extends FieldSpec<Out, In> {
  readonly kind = 'record'
  readonly value: FieldSpec

  constructor(value: FieldSpec) {
    super()
    this.value = value
  }

  override get element(): FieldSpec {
    return this.value
  }

  override get holdsContainers(): boolean {
    return true
  }

  override get converts(): boolean {
    return this.value.converts
  }

  override convert(value: unknown): unknown {
    if (!this.converts || !isPlainContainer(value) || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value.convert(item)]))
  }

  describeKind(): string {
    return `a record of values that are each ${this.value.expected}`
  }

  protected examine(value: unknown): Issue | undefined {
    return isNode(value) && value[TRAITS].kind === 'record' ? undefined : this.mismatch(value)
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    if (!(base instanceof RecordSpec)) return undefined
    const value = this.value.within(base.value)
    return value === undefined ? undefined : this.derive({ value })
  }
}
