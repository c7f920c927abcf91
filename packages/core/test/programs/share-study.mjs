// One of several workers on a study in a JSON Lines file: `node share-study.mjs <JSON of the settings>`.
// Every evaluation leaves a line in the file `evaluations` when it ends, before its result goes to the study.
import { appendFileSync } from 'node:fs'
import { floatIn, intIn, oneOf, sample } from 'mitten'
import { regularizedEvolution } from 'mitten/algorithms'
import { jsonlStore } from 'mitten/node'

const { directory, evaluations, trials, concurrency, ordered, delay } = JSON.parse(process.argv[2])

const space = { depth: oneOf([0, oneOf([1, 2, 3])]), width: intIn(0, 50), rate: floatIn(1e-4, 1, { scale: 'log' }) }
const study = sample(space, regularizedEvolution({ populationSize: 20, tournamentSize: 5 }), {
  store: jsonlStore(directory),
  trials,
  ordered,
  seed: 11,
})
await study.run(
  async ({ depth, width, rate }, trial) => {
    await trial.report(width, { step: 1 })
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, Math.random() * delay))
    await trial.report(rate, { step: 2 })
    appendFileSync(evaluations, `${trial.id}\n`)
    return depth * 3 - Math.abs(width - 20) - rate
  },
  { concurrency },
)
