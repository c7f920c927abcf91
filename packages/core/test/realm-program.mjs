// A small program for realms that are not Node: what it prints must be the same everywhere (rule T8).
import { equals, field, floatIn, format, fromJSON, oneOf, sample, symbolic, toJSON } from 'mitten'
import { regularizedEvolution } from 'mitten/algorithms'

class Point extends symbolic('realm/Point', { x: field.number(), kind: field.enum(['a', 'b']).default('a') }) {}

const space = { point: new Point({ x: floatIn(1e-3, 1, { scale: 'log' }), kind: oneOf(['a', 'b']) }) }
const study = sample(space, regularizedEvolution({ populationSize: 10, tournamentSize: 3 }), { trials: 100, seed: 1 })
for await (const trial of study) {
  const { point } = trial.program
  await trial.done(point.kind === 'b' ? -point.x : -1)
}
const program = (await study.best())?.program
print(format(program))
print(String(equals(fromJSON(toJSON(program), { types: [Point] }), program)))
