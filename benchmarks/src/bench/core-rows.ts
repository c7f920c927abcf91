import { clone, equals, hash, rebind } from 'mitten'
import { INPUTS, makeConv, makeNet, readConv, readNet, TREE_NODES, type Conv, type Net } from './programs.ts'
import type { Row } from './row.ts'
import { repeat, timeOperation } from './timing.ts'

const nets = (): Net[] => Array.from({ length: INPUTS }, (_, i) => makeNet(i))

/**
 * Keeps the last few results reachable. Without it the optimiser would see that an object never leaves the loop and
 * would not allocate it at all.
 */
function keeper<T>(): (i: number, value: T) => T {
  const kept: T[] = []
  return (i, value) => (kept[i % INPUTS] = value)
}

/** The `i`-th of inputs that a row takes in turn. */
function inTurn<T>(inputs: readonly T[]): (i: number) => T {
  return (i) => inputs[i % inputs.length] as T // always within the array
}

/** What symbolic objects cost. */
export const coreRows: readonly Row[] = [
  {
    name: 'construct',
    unit: 'ns',
    about: 'a small object of three fields',
    measure() {
      const keep = keeper<Conv>()
      const operation = (i: number): number => readConv(keep(i, makeConv(i)))
      return { check: repeat(operation, INPUTS), ...timeOperation(operation) }
    },
  },
  {
    name: 'build-tree',
    unit: 'ns',
    about: 'a tree of seven nodes',
    measure() {
      const keep = keeper<Net>()
      const operation = (i: number): number => readNet(keep(i, makeNet(i)))
      return { check: repeat(operation, INPUTS), ...timeOperation(operation) }
    },
  },
  {
    name: 'clone',
    unit: 'ns',
    about: 'a node of that tree',
    measure() {
      const input = inTurn(nets())
      const keep = keeper<Net>()
      const operation = (i: number): number => readNet(keep(i, clone(input(i))))
      const check = repeat(operation, INPUTS)
      const tree = timeOperation(operation)
      return { ...tree, check, value: tree.value / TREE_NODES }
    },
  },
  {
    name: 'equals',
    unit: 'ns',
    about: 'two equal trees of seven nodes',
    measure() {
      const left = inTurn(nets())
      const right = inTurn(nets())
      const operation = (i: number): number => (equals(left(i), right(i)) ? 1 : 0)
      return { check: repeat(operation, INPUTS), ...timeOperation(operation) }
    },
  },
  {
    name: 'hash',
    unit: 'ns',
    about: 'a tree of seven nodes that was not hashed before',
    measure() {
      let fresh: Net[] = []
      // A hash may be remembered by its node, so every operation gets a tree of its own, made outside the time.
      const prepare = (count: number): void => {
        fresh = Array.from({ length: count }, (_, i) => makeNet(i))
      }
      return timeOperation((i) => String(hash(fresh[i])).length, { prepare, mostOperations: 20_000 })
    },
  },
  {
    name: 'rebind',
    unit: 'ns',
    about: 'one field, one level down',
    measure() {
      const input = inTurn(nets())
      const operation = (i: number): number => {
        const net = input(i)
        rebind(net, { 'head.filters': (net.head.filters % INPUTS) + 1 })
        return net.head.filters
      }
      return { check: repeat(operation, INPUTS), ...timeOperation(operation) }
    },
  },
  {
    name: 'json-text',
    unit: 'ns',
    about: 'JSON text of the small object',
    measure() {
      const input = inTurn(Array.from({ length: INPUTS }, (_, i) => makeConv(i)))
      return timeOperation((i) => JSON.stringify(input(i)).length)
    },
  },
]
