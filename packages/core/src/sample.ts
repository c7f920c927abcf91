import { randomSearch } from './algorithms/random-search.ts'
import type { Algorithm } from './search/algorithm.ts'
import { SpaceStudy } from './search/space-study.ts'
import type { Study, StudyOptions } from './search/study.ts'
import type { Where } from './space/hyper.ts'
import type { Program } from './space/program.ts'
import { Space } from './space/space.ts'
import { DeclarationError } from './symbolic/errors.ts'

/** What `sample` can be told. */
export interface SampleOptions extends StudyOptions {
  /** Selects the hyper values that are searched; the others stay in the programs as they are. All by default. */
  readonly where?: Where
}

/**
 * Searches a space: `for await (const trial of sample(space, algorithm)) await trial.done(reward(trial.program))`.
 *
 * The one loop for any space, algorithm and store (rule T1). Nothing happens before the study is iterated, asked or run.
 *
 * @param space - a program with hyper values in it (a symbolic object, an array, a plain object), or a `Space`
 * @param algorithm - what proposes; random search by default. It serves one study at a time
 * @throws ConstantSpaceError if there is nothing to decide, and what `Space.of` throws
 */
export function sample<T extends object>(
  space: Space<T>,
  algorithm?: Algorithm,
  options?: SampleOptions,
): Study<Program<T>>
/** The same for a program that is not a `Space` yet. */
export function sample<T extends object>(space: T, algorithm?: Algorithm, options?: SampleOptions): Study<Program<T>>
export function sample<T extends object>(
  space: T | Space<T>,
  algorithm: Algorithm = randomSearch(),
  options: SampleOptions = {},
): Study<Program<T>> {
  const { where, ...studyOptions } = options
  if (space instanceof Space && where !== undefined) {
    throw new DeclarationError({
      path: 'where',
      expected: 'no selection beside a Space, which has made its own',
      got: where,
      remedy: 'pass it to Space.of(program, { where })',
    })
  }
  const searched = space instanceof Space ? space : Space.of(space, where === undefined ? {} : { where })
  return new SpaceStudy(searched, algorithm, studyOptions)
}
