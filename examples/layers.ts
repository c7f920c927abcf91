/**
 * Existing settings become a search space by putting hyper values where values stood, and a search over one part of them
 * can follow a search over another: `where` says which hyper values a search decides, the others stay.
 */
import { extend, field, floatIn, format, intIn, isAbstract, manyOf, oneOf, sample, symbolic } from 'mitten'
import { regularizedEvolution, sweep } from 'mitten/algorithms'

class Layer extends symbolic('Layer', {}) {
  get cost(): number {
    return 0
  }
}
class Conv extends extend('Conv', Layer, { filters: field.int().min(1), kernel: field.int().default(3) }) {
  override get cost(): number {
    return this.filters * this.kernel ** 2
  }
}
class Pool extends extend('Pool', Layer, { size: field.int().min(2).default(2) }) {
  override get cost(): number {
    return this.size
  }
}
class Net extends symbolic('Net', { layers: field.list(Layer).minSize(1), rate: field.number().min(0) }) {
  get cost(): number {
    return this.layers.reduce((sum, layer) => sum + layer.cost, 0)
  }
}

/** A stand-in for training: likes a cost of about 300 and a rate of about 0.01. */
function quality(net: Net): number {
  return -Math.abs(net.cost - 300) / 300 - Math.abs(Math.log10(net.rate) + 2)
}

const space = new Net({
  layers: manyOf(
    3,
    [new Conv({ filters: intIn(8, 64, { step: 8 }) }), new Pool(), new Conv({ filters: 4, kernel: oneOf([1, 5]) })],
    {
      distinct: false,
    },
  ),
  rate: floatIn(1e-4, 1, { scale: 'log', name: 'rate' }),
})

// The shape first, with the rate left open: a program of this search is a space of the next.
const shapes = sample(space, sweep(), { where: (hyper) => hyper.name !== 'rate', objectives: { distance: 'min' } })
for await (const trial of shapes) await trial.done(Math.abs(trial.program.cost - 300))
const shape = (await shapes.best())?.program
if (shape === undefined || !isAbstract(shape)) throw new Error('the rate should still be open')
console.log(`${(await shapes.trials()).length} shapes, best: ${format(shape)}`)

const rates = await sample(shape, regularizedEvolution({ populationSize: 20 }), { trials: 200, seed: 1 }).run(quality)
console.log(`then ${format((await rates.best())?.program)}`)
