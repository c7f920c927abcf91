/**
 * The shortest round trip through twelve towns: a search over permutations, with an algorithm that finds its way by
 * exchanging two of them, beside random search.
 */
import { permutationOf, sample } from 'mitten'
import { dedupe, hillClimb, randomSearch } from 'mitten/algorithms'

/** Places in kilometres on a made-up map. */
const towns: readonly (readonly [x: number, y: number])[] = [
  [12, 80],
  [45, 91],
  [77, 83],
  [90, 55],
  [81, 22],
  [52, 8],
  [20, 15],
  [5, 44],
  [30, 55],
  [60, 62],
  [58, 35],
  [35, 33],
]

function length(order: readonly number[]): number {
  return order.reduce((sum, town, i) => {
    const [x, y] = towns[town] as readonly [number, number]
    const [nextX, nextY] = towns[order[(i + 1) % order.length] as number] as readonly [number, number]
    return sum + Math.hypot(nextX - x, nextY - y)
  }, 0)
}

const space = { order: permutationOf(towns.map((_, i) => i)) }

for (const [name, algorithm] of [
  ['random search', randomSearch()],
  ['hill climbing', dedupe(hillClimb())],
] as const) {
  const study = sample(space, algorithm, { trials: 2000, seed: 1, objectives: { kilometres: 'min' } })
  await study.run(({ order }) => length(order.toArray()))
  const best = await study.best()
  console.log(
    `${name}: ${best?.values['kilometres']?.toFixed(1)} km, trial ${best?.id}, by ${best?.program.order.join(' → ')}`,
  )
}
