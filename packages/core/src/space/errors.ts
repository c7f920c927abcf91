import { MittenError } from '../symbolic/errors.ts'

/** A DNA that is no point of its space. */
export class InvalidDnaError extends MittenError {
  readonly code = 'invalid-dna'
}

/** A hyper value that cannot be declared as asked: no candidates, too few, bounds that cross. */
export class HyperValueError extends MittenError {
  readonly code = 'hyper-value'
}

/** A space with nothing to decide, where a search was asked for. */
export class ConstantSpaceError extends MittenError {
  readonly code = 'constant-space'
}

/** A walk through all points of a space that has no end of them. */
export class InfiniteSpaceError extends MittenError {
  readonly code = 'infinite-space'
}

/** A program that no DNA of the space turns into. */
export class EncodeError extends MittenError {
  readonly code = 'encode'
}
