// Declares classes and uses them, on the published bundle, and prints what came of it.
import { clone, equals, extend, field, format, fromJSON, hash, rebind, symbolic, toJSON } from 'mitten'

class Layer extends symbolic('program/Layer', {
  size: field.int().min(1),
  act: field.enum(['relu', 'swish']).default('relu'),
}) {
  #calls = 0
  use() {
    this.#calls++
    return this.size * this.#calls
  }
}
class Wide extends extend('program/Wide', Layer, { factor: field.number().default(1.5) }) {}
class Net extends symbolic('program/Net', {
  layers: field.list(Layer),
  rates: field.record(field.number()).default({}),
}) {
  onBound() {
    this.total = this.layers.reduce((sum, layer) => sum + layer.size, 0)
  }
}

const net = new Net({ layers: [new Layer({ size: 2 }), new Wide({ size: 3, act: 'swish' })] })
const copy = rebind(clone(net), { 'layers[0].size': 20, 'rates.start': 0.1 })
const refused = (() => {
  try {
    return rebind(copy, { 'layers[1].size': 0 })
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
})()
const lines = [
  format(net),
  format(copy),
  refused,
  `${net.total} ${copy.total} ${net.layers.at(0).use() + net.layers.at(0).use()} ${copy.layers.at(0).use()}`,
  `${equals(fromJSON(toJSON(copy), { types: [Net, Layer, Wide] }), copy)} ${hash(copy).toString(16)}`,
]
console.log(lines.join('\n'))
