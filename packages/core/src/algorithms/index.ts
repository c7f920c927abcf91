/**
 * Search algorithms. Each is a factory that returns an `Algorithm`: `setup`, `propose`, `feedback` (see
 * `search/algorithm.ts`), nothing else.
 *
 * | algorithm              | learns | objectives | spaces   | ends                    | a proposal costs              |
 * | ---------------------- | ------ | ---------- | -------- | ----------------------- | ----------------------------- |
 * | `randomSearch`         | no     | any        | all      | never                   | O(decisions)                  |
 * | `sweep`                | no     | any        | finite   | after the last point    | O(decisions)                  |
 * | `regularizedEvolution` | yes    | one        | all      | never                   | O(decisions + tournamentSize) |
 * | `hillClimb`            | yes    | one        | all      | never                   | O(decisions)                  |
 * | `dedupe(algorithm)`    | as it  | as it      | as it    | also when all is known  | as it, + O(1)                 |
 *
 * To add one: write it in a file of its own, export it here, run `algorithmContract` of `mitten/testing` on it, and add a
 * line to this table.
 *
 * It imports `search`, `space`, `symbolic` and `math`.
 */
export { dedupe, type DedupeOptions } from './dedupe.ts'
export { hillClimb, type HillClimbOptions } from './evolution/hill-climb.ts'
export { regularizedEvolution, type RegularizedEvolutionOptions } from './evolution/regularized-evolution.ts'
export { uniformMutation } from './evolution/uniform-mutation.ts'
export { randomSearch } from './random-search.ts'
export { sweep } from './sweep.ts'
