import { DeclarationError, type Issue } from '../errors.ts'
import type { ListField } from '../field.ts'
import { FieldSpec } from '../field-spec.ts'
import { isNode, TRAITS } from '../node.ts'

/** A list whose items all satisfy one field; arrays and other iterables are turned into a list. */
export class ListSpec<Out, In> extends FieldSpec<Out, In> implements ListField<Out, In> {
  readonly kind = 'list'
  readonly item: FieldSpec
  readonly smallest: number = 0
  readonly largest: number = Infinity

  constructor(item: FieldSpec) {
    super()
    this.item = item
  }

  override get element(): FieldSpec {
    return this.item
  }

  override get holdsContainers(): boolean {
    return true
  }

  override get converts(): boolean {
    return true
  }

  minSize(size: number): this {
    return this.sized({ smallest: size })
  }

  maxSize(size: number): this {
    return this.sized({ largest: size })
  }

  size(size: number): this {
    return this.sized({ smallest: size, largest: size })
  }

  describeKind(): string {
    const { smallest, largest } = this
    const items = `items that are each ${this.item.expected}`
    if (smallest === largest) return `a list of ${smallest} ${items}`
    if (largest !== Infinity) return `a list of ${smallest} to ${largest} ${items}`
    return smallest > 0 ? `a list of at least ${smallest} ${items}` : `a list of ${items}`
  }

  override convert(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || isNode(value) || !(Symbol.iterator in value)) return value
    const items = Array.isArray(value) ? (value as unknown[]) : Array.from(value as Iterable<unknown>)
    return this.item.converts ? items.map((item) => this.item.convert(item)) : items
  }

  protected examine(value: unknown): Issue | undefined {
    if (!isNode(value) || value[TRAITS].kind !== 'list') return this.mismatch(value)
    const size = value[TRAITS].keys(value).length
    return size >= this.smallest && size <= this.largest ? undefined : this.outOfRange(value)
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    if (!(base instanceof ListSpec)) return undefined
    const smallest = Math.max(this.smallest, base.smallest)
    const largest = this.largest === Infinity ? base.largest : this.largest
    if (this.smallest > 0 && this.smallest < base.smallest) return undefined
    if (largest > base.largest || smallest > largest) return undefined
    const item = this.item.within(base.item)
    return item === undefined ? undefined : this.derive({ smallest, largest, item })
  }

  private sized(change: { smallest?: number; largest?: number }): this {
    const next = { smallest: this.smallest, largest: this.largest, ...change }
    const whole = Object.values(change).every((size) => Number.isSafeInteger(size) && size >= 0)
    if (!whole || next.smallest > next.largest) {
      throw new DeclarationError({
        expected: 'sizes that are non-negative integers with minSize <= maxSize',
        got: change,
        gotText: `[${next.smallest}, ${next.largest}]`,
        remedy: 'correct the sizes',
      })
    }
    return this.derive(change)
  }
}
