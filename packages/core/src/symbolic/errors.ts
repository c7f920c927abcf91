import { shortForm } from './short-form.ts'

/** What every error of mitten carries beside its message. */
export interface ErrorDetails {
  /** Where: a path into the program (`layers[0].kernel`), a decision id, or a name; empty at the root. */
  readonly path?: string
  /** What would have been right, as a phrase: `an integer in [1, 8]`. */
  readonly expected: string
  /** What was found. It is kept as it is; the message shows its short form. */
  readonly got: unknown
  /** One sentence on what to do next, without its final full stop; or a question. */
  readonly remedy?: string
  /** The phrase to print for `got` where its short form would mislead. */
  readonly gotText?: string
  /** The error that led to this one. */
  readonly cause?: unknown
}

/**
 * The root of every error that mitten throws on purpose.
 *
 * The message is built from the properties: `path: expected …, got …; remedy.` Callers tell errors apart by class, or by
 * `code` where two copies of the package meet in one process.
 */
export abstract class MittenError extends Error {
  /** A stable name of the kind of error, such as `type`, `range` or `unknown-key`. */
  abstract readonly code: string
  /** Where it went wrong; empty at the root. */
  readonly path: string
  /** What would have been right, as a phrase. */
  readonly expected: string
  /** What was found. */
  readonly got: unknown
  readonly #details: ErrorDetails

  constructor(details: ErrorDetails) {
    const got = details.gotText ?? shortForm(details.got)
    const place = details.path ? `${details.path}: ` : ''
    const remedy = details.remedy ? `; ${details.remedy}` : ''
    const stop = remedy.endsWith('?') ? '' : '.'
    super(
      `${place}expected ${details.expected}, got ${got}${remedy}${stop}`,
      details.cause === undefined ? undefined : { cause: details.cause },
    )
    this.name = new.target.name
    this.path = details.path ?? ''
    this.expected = details.expected
    this.got = details.got
    this.#details = details
  }

  /** The same error seen from further up: its path continues `prefix`. */
  under(prefix: string): this {
    const separator = prefix === '' || this.path === '' || this.path.startsWith('[') ? '' : '.'
    const type = this.constructor as new (details: ErrorDetails) => this
    return new type({ ...this.#details, path: prefix + separator + this.path })
  }
}

/** A value of the wrong type. */
export class TypeMismatchError extends MittenError {
  readonly code = 'type'
}

/** A value of the right type outside the range, pattern, set or size that its field allows. */
export class OutOfRangeError extends MittenError {
  readonly code = 'range'
}

/** A key that the class, list or record does not have. */
export class UnknownKeyError extends MittenError {
  readonly code = 'unknown-key'
}

/** A required field without a value. */
export class MissingFieldError extends MittenError {
  readonly code = 'missing'
}

/** A write to something that does not take one: a property (use `rebind`), a frozen field. */
export class ReadOnlyError extends MittenError {
  readonly code = 'read-only'
}

/** A read of a value that is still to be decided. */
export class AbstractValueError extends MittenError {
  readonly code = 'abstract'
}

/** Text that is not a path. */
export class PathSyntaxError extends MittenError {
  readonly code = 'path-syntax'
}

/** A class, field or name that cannot be declared as asked. */
export class DeclarationError extends MittenError {
  readonly code: string = 'declaration'
}

/** Two different classes under one declared name. */
export class DuplicateNameError extends DeclarationError {
  override readonly code = 'duplicate-name'
}

/** JSON that cannot be written or read. */
export class JsonError extends MittenError {
  readonly code: string = 'json'
}

/** JSON that names a type nobody registered or passed in. */
export class UnknownTypeError extends JsonError {
  override readonly code = 'unknown-type'
}

/** A plain array or object that contains itself: a symbolic tree cannot. */
export class CycleError extends MittenError {
  readonly code = 'cycle'
}

/** Updates of one rebind that speak of the same place. */
export class OverlapError extends MittenError {
  readonly code = 'overlap'
}

/** Hooks that keep rebinding each other without coming to rest. */
export class RebindLoopError extends MittenError {
  readonly code = 'rebind-loop'
}

/** A field, seen from a check: what is wrong, and where below the checked value. */
export interface Issue {
  readonly kind: 'type' | 'range' | 'unknown-key' | 'missing' | 'read-only'
  /** Keys from the checked value down to the offending one. */
  readonly keys: readonly (string | number)[]
  readonly expected: string
  readonly got: unknown
  readonly remedy?: string
}

const ERROR_OF_ISSUE = {
  type: TypeMismatchError,
  range: OutOfRangeError,
  'unknown-key': UnknownKeyError,
  missing: MissingFieldError,
  'read-only': ReadOnlyError,
} as const

/** The error of an issue whose full path is already known. */
export function errorOf(issue: Issue, path: string): MittenError {
  return new ERROR_OF_ISSUE[issue.kind]({ ...issue, path })
}
