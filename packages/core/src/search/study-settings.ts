import { OutOfRangeError } from '../symbolic/errors.ts'
import { StudyMismatchError } from './errors.ts'
import type { StudyMeta } from './event.ts'
import type { Objectives } from './objective.ts'
import { requireCount } from './require-count.ts'
import type { StudyOptions } from './study.ts'

/** @throws OutOfRangeError for an option out of its range */
export function requireOptions({ trials, seed, leaseMs }: StudyOptions): void {
  if (trials !== undefined) requireCount('trials', trials, 0)
  if (seed !== undefined && !Number.isFinite(seed)) {
    throw new OutOfRangeError({
      path: 'seed',
      expected: 'a finite number',
      got: seed,
      remedy: 'pass an integer such as 1',
    })
  }
  if (leaseMs !== undefined && !(leaseMs > 0)) {
    throw new OutOfRangeError({
      path: 'leaseMs',
      expected: 'more than 0 milliseconds',
      got: leaseMs,
      remedy: 'allow for the longest time that an evaluation blocks the process',
    })
  }
}

/**
 * Refuses to go on with a study that is about something else.
 *
 * @param meta - what the study in the store is about
 * @param wanted - what it should be about
 * @param options - what of that was asked for: a seed or an order that was not is the study's own
 * @throws StudyMismatchError naming the first difference
 */
export function requireSameStudy(name: string, meta: StudyMeta, wanted: StudyMeta, options: StudyOptions): void {
  const differences: readonly (readonly [what: string, theirs: unknown, ours: unknown])[] = [
    ['format', meta.format, wanted.format],
    ['space', meta.fingerprint, wanted.fingerprint],
    ['objectives', inOrder(meta.objectives), inOrder(wanted.objectives)],
    ['seed', meta.seed, options.seed ?? meta.seed],
    ['order', meta.ordered, options.ordered ?? meta.ordered],
  ]
  for (const [what, theirs, ours] of differences) {
    if (JSON.stringify(theirs) === JSON.stringify(ours)) continue
    throw new StudyMismatchError({
      path: name,
      expected: `the ${what} that the study was begun with, ${JSON.stringify(theirs)}`,
      got: ours,
      gotText: JSON.stringify(ours),
      remedy: 'open it as it was begun, or begin another under another name',
    })
  }
}

/** Objectives by name: their order says nothing. */
function inOrder(objectives: Objectives): unknown {
  return Object.fromEntries(Object.entries(objectives).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
