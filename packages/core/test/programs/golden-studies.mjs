// [T8] Prints what short studies of each algorithm come to: a seed gives these trials, on every engine and in every version.
import { floatIn, intIn, manyOf, oneOf, permutationOf, sample } from 'mitten'
import { dedupe, hillClimb, randomSearch, regularizedEvolution, sweep } from 'mitten/algorithms'

const numbers = {
  rate: floatIn(1e-6, 1, { scale: 'log' }),
  decay: floatIn(0.9, 0.9999, { scale: 'reverseLog' }),
  step: floatIn(0, 1, { step: 0.05 }),
  shift: floatIn(-3, 5),
  width: intIn(1, 1024, { scale: 'log' }),
  depth: intIn(-4, 20, { step: 4 }),
}
const choices = {
  kind: oneOf(['a', oneOf(['b', 'c'], { weights: [1, 4] }), manyOf(2, ['d', oneOf(['e', 'f']), 'g'])]),
  order: permutationOf([1, 2, 3, 4]),
  some: manyOf(3, [1, 2, 3, 4, 5, 6], { sorted: true }),
  again: manyOf(2, [0, intIn(1, 3)], { distinct: false }),
}

const algorithms = {
  'random search': [{ ...numbers, ...choices }, () => randomSearch()],
  'hill climbing': [{ ...numbers, ...choices }, () => hillClimb({ initialSize: 5 })],
  'regularized evolution': [
    { ...numbers, ...choices },
    () => regularizedEvolution({ populationSize: 20, tournamentSize: 5 }),
  ],
  'regularized evolution without repeats': [
    { kind: choices.kind, depth: numbers.depth },
    () => dedupe(regularizedEvolution({ populationSize: 10 })),
  ],
  sweep: [choices, () => sweep()],
}

for (const [name, [space, make]] of Object.entries(algorithms)) {
  for (const objectives of [{ reward: 'max' }, { loss: 'min' }]) {
    const study = sample(space, make(), { seed: 20201206, trials: 300, objectives })
    for await (const trial of study) {
      // Sums and products alone, which no engine rounds in its own way.
      const value = trial.dna.genes.reduce((sum, gene, i) => sum * 0.75 + gene * (1 - (i % 3)), 0)
      await (trial.id % 11 === 7 ? trial.skip() : trial.done(value))
    }
    const trials = await study.trials()
    const texts = trials.map(({ dna, values }) => `${dna} ${Object.values(values ?? {})[0]}`)
    const best = await study.best()
    console.log(
      JSON.stringify({
        name: `${name}, ${Object.values(objectives)[0]}`,
        trials: trials.length,
        digest: digest(texts.join('\n')),
        first: String(trials[0].dna),
        last: String(trials.at(-1).dna),
        best: best.id,
      }),
    )
  }
}

// FNV-1a, 64 bits, over UTF-16 code units.
function digest(text) {
  let hash = 0xcbf29ce484222325n
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}
