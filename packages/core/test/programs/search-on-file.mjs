// A search kept in a JSON Lines file, for the tests to kill: `node search-on-file.mjs <directory> <trials> <evaluations>`.
// Every evaluation leaves a line in the file <evaluations> when it ends, before its result goes to the study.
import { appendFileSync } from 'node:fs'
import process from 'node:process'
import { floatIn, intIn, oneOf, sample } from 'mitten'
import { regularizedEvolution } from 'mitten/algorithms'
import { jsonlStore } from 'mitten/node'

const [, , directory, trials, evaluations] = process.argv

const space = {
  layers: [oneOf([0, oneOf([1, 2, 3])]), intIn(0, 50), intIn(0, 50)],
  rate: floatIn(1e-4, 1, { scale: 'log' }),
}
const study = sample(space, regularizedEvolution({ populationSize: 20, tournamentSize: 5 }), {
  store: jsonlStore(directory),
  trials: Number(trials),
  seed: 11,
})
for await (const trial of study) {
  const [depth, width, height] = trial.program.layers
  const reward = depth * 3 - Math.abs(width - 20) - Math.abs(height - 30) - trial.program.rate
  if (evaluations !== undefined) appendFileSync(evaluations, `${trial.id}\n`)
  await trial.done(reward)
}
const lines = (await study.trials()).map(({ id, dna, status, values }) => `${id} ${status} ${dna} ${values?.reward}`)
console.log(lines.join('\n'))
