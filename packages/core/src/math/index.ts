/**
 * Mathematics that a search rests on: random streams and elementary functions, the same to the last bit on every
 * engine.
 *
 * Terms. A *stream* is a source of random numbers, named by a seed and a path of child keys; a *draw* takes a number
 * from it. A *portable* function is one whose result every engine agrees on. An *ulp* is the distance between
 * neighbouring doubles.
 *
 * | file                | what                                                                      |
 * | ------------------- | ------------------------------------------------------------------------- |
 * | `stream.ts`         | `Stream`, `randomStream`: drawing doubles and integers, and child streams |
 * | `stream-key.ts`     | the 128-bit key of a stream, derived from seed and path                   |
 * | `sample-indices.ts` | k different indices of n, or a permutation                                |
 * | `weighted-index.ts` | an index by weight                                                        |
 * | `portable.ts`       | which portable functions there are, and how exact they are                |
 * | `exponential.ts`    | `exp`, `expm1`, with equations and error bounds                           |
 * | `logarithm.ts`      | `log`, `log1p`, likewise                                                  |
 * | `power.ts`          | `pow`, likewise                                                           |
 * | `trigonometric.ts`  | `sin`, `cos`, likewise                                                    |
 * | `double-double.ts`  | what a rounded sum or product lost                                        |
 * | `double-bits.ts`    | the two 32-bit words of a double                                          |
 *
 * Rules.
 * - T8: nothing here uses an operation whose last bit an engine may choose. A lint rule refuses `Math.exp`, `**` and
 *   the like.
 * - What a seed gives, and what a portable function returns, is recorded for ever: golden values in the tests freeze
 *   both.
 * - T3 relies on children being independent of draws: `child` depends on the seed and the path alone.
 *
 * Imports nothing of this library; everything else may import it. Errors are plain `RangeError`s. Tests lie beside
 * the source; `golden/` holds values computed with many digits, and the program that made them.
 *
 * @internal
 */

export { cos, exp, expm1, log, log1p, pow, sin } from './portable.ts'
export { sampleIndices } from './sample-indices.ts'
export { randomStream } from './stream.ts'
export type { Stream } from './stream.ts'
export { weightedIndex } from './weighted-index.ts'
