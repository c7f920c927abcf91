/**
 * Search spaces: programs with hyper values, and the decisions they stand for.
 *
 * - A *hyper value* (`oneOf`, `manyOf`, `permutationOf`, `floatIn`, `intIn`) stands in a program where a value stands.
 * - A *space* is such a program; its *decision points* form a tree, since what a candidate holds is decided only if the
 *   candidate is chosen.
 * - A *DNA* is one point of a space: a list of *genes*, one for each active decision. To *materialize* makes a program of
 *   it, to *encode* a DNA of a program.
 *
 * | the user writes              | the algorithm sees            | file                                       |
 * | ---------------------------- | ----------------------------- | ------------------------------------------ |
 * | `oneOf`, `manyOf`            | `ChoicePoint`, `ManyPoint`    | `choice.ts`                                |
 * | `floatIn`, `intIn`           | `FloatPoint`, `IntPoint`      | `range.ts`, values in `scale.ts`           |
 * | `Space`                      | `DnaSpace`                    | `space.ts`, `template.ts`; `dna-space.ts`  |
 * | a program                    | `Dna`                         | `assemble.ts`, `match.ts`; `dna.ts`, text in `dna-value.ts`, by name in `dna-record.ts` |
 *
 * It imports `symbolic` and `math`. Rules G1–G5 of docs/spec.md.
 */
export { manyOf, oneOf, permutationOf } from './choice.ts'
export type {
  Branch,
  ChoicePoint,
  DecisionPoint,
  FloatPoint,
  IntPoint,
  Literal,
  ManyPoint,
  Point,
  Subchoice,
} from './decision-point.ts'
export { Dna } from './dna.ts'
export type { DnaRecord, DnaRecordOptions, DnaRecordReadOptions, DnaRecordValue } from './dna-record.ts'
export { DnaSpace } from './dna-space.ts'
export type { DnaChain, DnaValue } from './dna-value.ts'
export { ConstantSpaceError, EncodeError, HyperValueError, InfiniteSpaceError, InvalidDnaError } from './errors.ts'
export type { Hyper, HyperKind, HyperOptions, Where } from './hyper.ts'
export type { Program } from './program.ts'
export { floatIn, intIn } from './range.ts'
export type { Scale } from './scale.ts'
export { Space, type SpaceOptions } from './space.ts'
export type { SpaceSize } from './space-size.ts'
