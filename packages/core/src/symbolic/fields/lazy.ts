import type { Issue } from '../errors.ts'
import { FieldSpec } from '../field-spec.ts'
import { fieldSpecOf } from './field-spec-of.ts'

/** A field that is looked up at first use, for classes that contain themselves. */
export class LazySpec<T> extends FieldSpec<T> {
  readonly kind = 'lazy'
  private readonly get: () => unknown
  // Shared by the copies that modifiers make, so that all of them resolve once.
  private readonly memo: { target?: FieldSpec } = {}

  constructor(get: () => unknown) {
    super()
    this.get = get
  }

  private get target(): FieldSpec {
    return (this.memo.target ??= fieldSpecOf(this.get(), 'what field.lazy() returns'))
  }

  override get holdsContainers(): boolean {
    return true
  }

  override get element(): FieldSpec | undefined {
    return this.target.element
  }

  override resolve(value: unknown): FieldSpec {
    return this.target.resolve(value)
  }

  override convert(value: unknown): unknown {
    return this.target.convert(value)
  }

  describeKind(): string {
    // A recursive list or record would describe itself without end, so only a class is described by the target.
    return this.target.kind === 'instance' ? this.target.expected : `a ${this.target.kind} as declared`
  }

  protected examine(value: unknown): Issue | undefined {
    return this.target.shallow(value)
  }

  protected narrow(base: FieldSpec): FieldSpec | undefined {
    // Looking the target up now would defeat its purpose; only the very same field can be repeated.
    return base instanceof LazySpec && base.get === this.get ? this : undefined
  }

  override admit(narrower: FieldSpec): FieldSpec | undefined {
    return super.admit(narrower) ?? this.target.admit(narrower)
  }
}
