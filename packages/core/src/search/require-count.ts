import { OutOfRangeError } from '../symbolic/errors.ts'

/**
 * Checks an option that counts something.
 *
 * @throws OutOfRangeError unless it is an integer in [least, most]
 */
export function requireCount(path: string, count: number, least: number, most = Infinity): number {
  if (Number.isSafeInteger(count) && count >= least && count <= most) return count
  throw new OutOfRangeError({
    path,
    expected: most === Infinity ? `an integer of at least ${least}` : `an integer in [${least}, ${most}]`,
    got: count,
    remedy: 'correct the option',
  })
}
