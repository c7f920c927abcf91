/**
 * Elementary functions that return the same bits on every engine.
 *
 * ECMAScript fixes + − × ÷ and square roots to the last bit, but leaves `Math.exp`, `Math.log`, `Math.pow`, `**`,
 * `Math.sin` and their kin to the engine, and engines differ, also from version to version. A search that took a
 * decision by such a value would not repeat elsewhere. So rule T8: a value that decides a DNA is computed with what
 * is fixed, or by the functions here.
 *
 * | function        | error below (ulp) | where                  |
 * | --------------- | ----------------- | ---------------------- |
 * | `exp`           | 0.55              | `exponential.ts`       |
 * | `expm1`         | 0.8               | `exponential.ts`       |
 * | `log`, `log1p`  | 0.51              | `logarithm.ts`         |
 * | `pow`           | 0.7               | `power.ts`             |
 * | `sin`, `cos`    | 0.8               | `trigonometric.ts`     |
 *
 * An error of 0.5 would be the nearest double at all times. Special cases (NaN, ±0, ±Infinity) are those of `Math`.
 * Not here, since these give them: 2^x is `pow(2, x)`, log₂ x is `log(x) / Math.LN2`, and constants and `Math.sqrt`
 * are exact in `Math` itself.
 *
 * @internal
 */

export { exp, expm1 } from './exponential.ts'
export { log, log1p } from './logarithm.ts'
export { pow } from './power.ts'
export { cos, sin } from './trigonometric.ts'
