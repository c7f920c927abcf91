/**
 * A search that is stopped in the middle and goes on: the study lies in a file, and a second process would find it there
 * just as this second call does.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format, intIn, sample, type Study } from 'mitten'
import { regularizedEvolution } from 'mitten/algorithms'
import { jsonlStore } from 'mitten/node'

const directory = await mkdtemp(join(tmpdir(), 'mitten-resume-'))
const space = { x: intIn(-100, 100), y: intIn(-100, 100) }

function open(): Study<{ readonly x: number; readonly y: number }> {
  const algorithm = regularizedEvolution({ populationSize: 20, tournamentSize: 5 })
  return sample(space, algorithm, {
    name: 'bowl',
    store: jsonlStore(directory),
    trials: 200,
    seed: 7,
    objectives: { height: 'min' },
  })
}

let evaluations = 0
function height({ x, y }: { readonly x: number; readonly y: number }): number {
  evaluations++
  return (x - 31) ** 2 + (y + 12) ** 2
}

// The first run is cut short; leaving the loop gives the open trial back.
for await (const trial of open()) {
  if (trial.id === 80) break
  await trial.done(height(trial.program))
}

const study = await open().run(height)
const best = await study.best()
console.log(`${evaluations} evaluations for ${(await study.trials()).length} trials, best ${format(best?.program)}`)
if (evaluations !== 200) throw new Error('a trial was lost or evaluated twice')
await rm(directory, { recursive: true })
