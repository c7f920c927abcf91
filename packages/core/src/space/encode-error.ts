import { isNode, TRAITS } from '../symbolic/node.ts'
import { pathText } from '../symbolic/path.ts'
import { shortForm } from '../symbolic/short-form.ts'
import { EncodeError } from './errors.ts'
import { isHyper } from './hyper.ts'
import { keysTo, type Pair } from './match.ts'
import type { Template } from './template.ts'

/** The error of a program that differs from its space in more than its decisions. */
export function differenceError(template: Template, difference: Pair): EncodeError {
  const { expected, found } = difference
  const decided = isNode(expected) && template.matchers.has(expected)
  return new EncodeError({
    path: pathText(keysTo(difference)),
    expected: decided ? `a value of ${shortForm(expected)}` : describe(expected),
    got: found,
    remedy: decided
      ? 'take one of its candidates, or a number of its range'
      : 'encode programs that were made from this space, or compare the two with format()',
  })
}

function describe(expected: unknown): string {
  if (!isNode(expected) || isHyper(expected) || expected[TRAITS].kind !== 'record') return shortForm(expected)
  return `a record with the keys ${expected[TRAITS].keys(expected).join(', ')}`
}
