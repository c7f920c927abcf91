import { DeclarationError, type Issue } from './errors.ts'
import type { DefaultField, Field, FrozenField } from './field.ts'
import { isNode, TRAITS } from './node.ts'
import { sameRaw } from './node-equality.ts'
import type { Key } from './path.ts'
import { isRef, UNREAD } from './ref.ts'
import { shortForm } from './short-form.ts'

/** What can be said of any field, whatever its kind. */
interface Modifiers {
  readonly optional: boolean
  readonly nullable: boolean
  readonly hasDefault: boolean
  readonly defaultValue: unknown
  readonly frozen: boolean
  readonly description: string | undefined
  readonly metadata: Readonly<Record<string, unknown>> | undefined
}

const PLAIN: Modifiers = {
  optional: false,
  nullable: false,
  hasDefault: false,
  defaultValue: undefined,
  frozen: false,
  description: undefined,
  metadata: undefined,
}

/**
 * The run-time half of a field. A kind of field is a subclass with all its duties together: what it expects in words,
 * how a value is examined, how it tightens an inherited field, and (where it pays) the same test as code.
 */
export abstract class FieldSpec<Out = unknown, In = Out> implements Field<Out, In> {
  declare readonly '~out': Out
  declare readonly '~in': In
  readonly modifiers: Modifiers = PLAIN

  /** The kind in one word; two fields of the same kind can tighten each other. */
  abstract readonly kind: string
  /** What this field expects, as a phrase for messages, modifiers apart. */
  abstract describeKind(): string
  /** What is wrong with a concrete, non-null value by itself, its children apart. */
  protected abstract examine(value: unknown): Issue | undefined
  /** This field with whatever `base` demands and it leaves open; `undefined` if it allows more than `base`. */
  protected abstract narrow(base: FieldSpec): FieldSpec | undefined

  /** The field for children of a list or record that stands in this field. */
  get element(): FieldSpec | undefined {
    return undefined
  }

  /** The field that in the end judges `value`: an option of a union, the target of a lazy field, else this one. */
  resolve(_value: unknown): FieldSpec {
    return this
  }

  /** Whether values of this field can be lists or records, which then learn the field of their items. */
  get holdsContainers(): boolean {
    return false
  }

  /** Whether `convert` ever gives back something else. */
  get converts(): boolean {
    return false
  }

  /** A chance to turn what a user gave into what the field holds, before it is examined. */
  convert(value: unknown): unknown {
    return value
  }

  /**
   * The examination as an expression over the variable `name`, true only if `examine` finds nothing; `undefined` where
   * it can't be said in one. `spec` is an expression for this field; besides it, only literals of numbers, booleans and
   * JSON strings may be spliced in.
   */
  testCode(_name: string, _spec: string): string | undefined {
    return undefined
  }

  /** What this field expects, modifiers included. */
  get expected(): string {
    const { nullable, optional } = this.modifiers
    return `${this.describeKind()}${nullable ? ' or null' : ''}${optional ? ' or undefined' : ''}`
  }

  /** What is wrong with a value by itself: its children are the caller's to check. */
  shallow(value: unknown): Issue | undefined {
    const { nullable, optional, frozen } = this.modifiers
    if (frozen) return sameRaw(value, this.modifiers.defaultValue, 0) ? undefined : this.frozenIssue(value)
    if (value === null && nullable) return undefined
    if (value === undefined && optional) return undefined
    if (isNode(value)) {
      const placeholder = value[TRAITS].placeholder
      if (placeholder !== undefined) return placeholder.issue(value, this)
    } else if (isRef(value)) {
      // A reference is judged by its target; one that is still being read is judged when it has been.
      return value.value === UNREAD ? undefined : this.shallow(value.value)
    }
    return this.examine(value)
  }

  default(value: In): DefaultField<Out, In> {
    return this.with({ hasDefault: true, defaultValue: value }) as unknown as DefaultField<Out, In>
  }

  optional(): DefaultField<Out | undefined, In | undefined> {
    return this.with({ optional: true }) as unknown as DefaultField<Out | undefined, In | undefined>
  }

  // The cast covers `DefaultField`, whose `nullable` keeps it optional: the modifiers do.
  nullable(): DefaultField<Out | null, In | null> {
    return this.with({ nullable: true }) as unknown as DefaultField<Out | null, In | null>
  }

  freeze(value: In): FrozenField<Out> {
    return this.with({ hasDefault: true, defaultValue: value, frozen: true }) as unknown as FrozenField<Out>
  }

  describe(text: string): this {
    return this.with({ description: text })
  }

  meta(data: Readonly<Record<string, unknown>>): this {
    return this.with({ metadata: { ...this.modifiers.metadata, ...data } })
  }

  /**
   * This field as the redefinition of an inherited one (rule S7), defaults apart.
   *
   * @throws DeclarationError if it would allow something that `base` does not
   */
  tighten(base: FieldSpec, path: string): FieldSpec {
    const own = this.modifiers
    const old = base.modifiers
    const narrowed = this.within(base)
    if (narrowed === undefined || (old.frozen && !own.frozen)) throw this.looserError(base, path)
    return narrowed.with({
      description: own.description ?? old.description,
      metadata: own.metadata === undefined ? old.metadata : { ...old.metadata, ...own.metadata },
    })
  }

  /** This field with whatever `base` demands and it leaves open, `null` and absence included; `undefined` if it allows more. */
  within(base: FieldSpec): FieldSpec | undefined {
    const { nullable, optional } = this.modifiers
    const looser = (nullable && base.shallow(null) !== undefined) || (optional && base.shallow(undefined) !== undefined)
    return looser ? undefined : base.admit(this)
  }

  /** `narrower` with whatever this field demands; a field that stands for others asks them. */
  admit(narrower: FieldSpec): FieldSpec | undefined {
    return narrower.narrow(this)
  }

  /** The error for a field that is to replace `base` and allows more. */
  looserError(base: FieldSpec, path: string): DeclarationError {
    const frozen = base.modifiers.frozen ? `, which is frozen to ${shortForm(base.modifiers.defaultValue)}` : ''
    return new DeclarationError({
      path,
      expected: `something at least as strict as the inherited ${base.expected}${frozen}`,
      got: this,
      gotText: this.expected,
      remedy: 'a subclass may only tighten a field; give the new one another name, or widen it in the base class',
    })
  }

  /** This field with another default, frozen to it or not. */
  withDefault(defaultValue: unknown, frozen: boolean): this {
    return this.with({ hasDefault: true, defaultValue, frozen })
  }

  /** A copy with other modifiers. */
  protected with(changes: Partial<Modifiers>): this {
    return this.derive({ modifiers: { ...this.modifiers, ...changes } })
  }

  /** A copy of the same class with some properties replaced. */
  protected derive(changes: object): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object), this, changes) as this
  }

  protected mismatch(value: unknown): Issue {
    return { kind: 'type', keys: [], expected: this.expected, got: value }
  }

  protected outOfRange(value: unknown, remedy?: string): Issue {
    const issue: Issue = { kind: 'range', keys: [], expected: this.expected, got: value }
    return remedy === undefined ? issue : { ...issue, remedy }
  }

  private frozenIssue(value: unknown): Issue {
    return {
      kind: 'read-only',
      keys: [],
      expected: 'no value, since the field is frozen',
      got: value,
      remedy: 'leave it out',
    }
  }
}

/** An issue found under `key`, seen from one level up. */
export function issueUnder(key: Key, issue: Issue): Issue {
  return { ...issue, keys: [key, ...issue.keys] }
}
