import { equals } from '../symbolic/equals.ts'
import { isNode, TRAITS } from '../symbolic/node.ts'
import { pathText } from '../symbolic/path.ts'
import { shortForm } from '../symbolic/short-form.ts'
import { EncodeError } from './errors.ts'
import { isHyper } from './hyper.ts'
import { literalOfCandidate } from './literal.ts'
import { counterpartsOf, keysTo, type Pair } from './match.ts'
import type { Template } from './template.ts'

/** The error of a program that differs from its space in more than its decisions. */
export function differenceError(template: Template, difference: Pair): EncodeError {
  const isDecided = isNode(difference.expected) && template.matchers.has(difference.expected)
  const place = isDecided ? difference : innermost(difference)
  const { expected, found } = place
  return new EncodeError({
    path: pathText(keysTo(place)),
    expected: isDecided ? `a value of ${literalOfCandidate(expected)}` : describe(expected),
    got: found,
    remedy: isDecided
      ? 'take one that its space can make'
      : 'encode programs that were made from this space, or compare the two with format()',
  })
}

/** The first place within two different values without decisions where they part. */
function innermost(difference: Pair): Pair {
  let pair = difference
  for (;;) {
    const { expected, found } = pair
    const counterparts = isNode(expected) ? counterpartsOf(expected, found) : undefined
    if (!isNode(expected) || counterparts === undefined) return pair
    const values = expected[TRAITS].values(expected)
    const at = values.findIndex((value, i) => !equals(value, counterparts[i]))
    if (at < 0) return pair
    pair = { expected: values[at], found: counterparts[at], key: expected[TRAITS].keys(expected)[at], above: pair }
  }
}

function describe(expected: unknown): string {
  if (!isNode(expected) || isHyper(expected) || expected[TRAITS].kind !== 'record') return shortForm(expected)
  return `a record with the keys ${expected[TRAITS].keys(expected).join(', ')}`
}
