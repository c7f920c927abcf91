import { randomStream, Space, type Dna, type Program } from 'mitten'
import { uniformMutation } from 'mitten/algorithms'
import { flat20, flat20Text, INPUTS, nest20, nest20Text, readFlat20, readNest20 } from './programs.ts'
import type { Row } from './row.ts'
import { repeat, timeOperation } from './timing.ts'

/** The sum of all genes. */
function readDna(dna: Dna): number {
  let total = 0
  for (const gene of dna.genes) total += gene
  return total
}

const flat20Dnas = (space: Space<ReturnType<typeof flat20>>): Dna[] =>
  Array.from({ length: INPUTS }, (_, k) => space.dna.parse(flat20Text(k)))

/** What a DNA and its program cost. */
export const spaceRows: readonly Row[] = [
  {
    name: 'materialize-flat20',
    unit: 'µs',
    about: 'DNA to program, 20 choices of a digit',
    measure() {
      const space = Space.of(flat20())
      const dnas = flat20Dnas(space)
      const operation = (i: number): number => readFlat20(space.materialize(dnas[i % INPUTS] as Dna))
      return { check: repeat(operation, INPUTS), ...timeOperation(operation) }
    },
  },
  {
    name: 'materialize-nest20',
    unit: 'µs',
    about: 'DNA to program, 20 choices with choices in them',
    measure() {
      const space = Space.of(nest20())
      const dnas = Array.from({ length: INPUTS }, (_, k) => space.dna.parse(nest20Text(k)))
      const operation = (i: number): number => readNest20(space.materialize(dnas[i % INPUTS] as Dna))
      return { check: repeat(operation, INPUTS), ...timeOperation(operation) }
    },
  },
  {
    name: 'random-dna-flat20',
    unit: 'µs',
    about: 'draw a DNA',
    measure() {
      const { dna } = Space.of(flat20())
      const stream = randomStream(1)
      return timeOperation(() => readDna(dna.random(stream)))
    },
  },
  {
    name: 'encode-flat20',
    unit: 'µs',
    about: 'program to DNA',
    measure() {
      const space = Space.of(flat20())
      const programs: Program<ReturnType<typeof flat20>>[] = flat20Dnas(space).map((dna) => space.materialize(dna))
      const operation = (i: number): number => readDna(space.encode(programs[i % INPUTS] as (typeof programs)[number]))
      return { check: repeat(operation, INPUTS), ...timeOperation(operation) }
    },
  },
  {
    name: 'mutate-flat20',
    unit: 'µs',
    about: 'one gene drawn anew',
    measure() {
      const space = Space.of(flat20())
      const dnas = flat20Dnas(space)
      const stream = randomStream(1)
      return timeOperation((i) => readDna(uniformMutation(space.dna, dnas[i % INPUTS] as Dna, stream)))
    },
  },
  {
    name: 'iterate-flat20',
    unit: 'µs',
    about: 'the next program of all programs in order',
    measure() {
      const space = Space.of(flat20())
      const points = (): ((i: number) => number) => {
        const programs = space[Symbol.iterator]()
        return () => {
          const next = programs.next()
          return next.done === true ? NaN : readFlat20(next.value)
        }
      }
      return { check: repeat(points(), INPUTS), ...timeOperation(points()) }
    },
  },
]
