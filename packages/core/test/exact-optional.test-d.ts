/** The types as users with `exactOptionalPropertyTypes` see them: a field may be left out, but `undefined` is a value. */
import { field, type InitOf, symbolic } from 'mitten'

class Options extends symbolic('Options', {
  rate: field.number().default(0.1),
  note: field.string().optional(),
  size: field.int(),
}) {}

new Options({ size: 1 })
new Options({ size: 1, rate: 0.2, note: 'x' })
// An optional field holds `undefined`, so it takes it; one with a default does not.
new Options({ size: 1, note: undefined })
// @ts-expect-error undefined is no number
new Options({ size: 1, rate: undefined })

/** Options that are handed on, as they come from somebody else with the same setting. */
function make(init: InitOf<(typeof Options)['~fields']>, extra?: { note?: string }): Options {
  return new Options({ ...init, ...extra })
}
export const made: readonly Options[] = [make({ size: 1 }), make({ size: 2, rate: 3 }, { note: 'y' })]
