/**
 * The types of search spaces as a user sees them, on the published declarations: a hyper value has the type of what it
 * stands for, a program that of its space.
 */
import {
  type ChoicePoint,
  type DecisionPoint,
  type Dna,
  type DnaSpace,
  extend,
  field,
  floatIn,
  intIn,
  type List,
  manyOf,
  oneOf,
  permutationOf,
  type Program,
  randomStream,
  type RecordOf,
  Space,
  symbolic,
} from 'mitten'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
declare function expectSame<A, B>(same: Same<A, B>): void

class Layer extends symbolic('Layer', {}) {}
class Conv extends extend('Conv', Layer, {
  filters: field.int().min(1),
  act: field.enum(['relu', 'swish']).default('relu'),
}) {
  get cost(): number {
    return this.filters
  }
}
class Pool extends extend('Pool', Layer, { size: field.int().default(2) }) {}
class Net extends symbolic('Net', { layers: field.list(Layer), lr: field.number(), head: Conv }) {}

// Hyper values have the type of what they stand for, literals included.
const number = oneOf([1, 2])
expectSame<typeof number, 1 | 2>(true)
const mixed = oneOf([1, 'x', null, undefined, true])
expectSame<typeof mixed, 1 | 'x' | true | null | undefined>(true)
const layer = oneOf([new Conv({ filters: 1 }), new Pool()])
expectSame<typeof layer, Conv | Pool>(true)
const several = manyOf(2, ['a', 'b', 'c'])
expectSame<typeof several, ('a' | 'b' | 'c')[]>(true)
const order = permutationOf([1, 2])
expectSame<typeof order, (1 | 2)[]>(true)
const nested = oneOf([0, oneOf([1, 2]), manyOf(2, [3, 4])])
expectSame<typeof nested, 0 | 1 | 2 | (3 | 4)[]>(true)
const rate: number = floatIn(1e-4, 1, { scale: 'log', name: 'rate', hints: { group: 1 } })
const width: number = intIn(8, 64, { step: 8, scale: 'log' })

// So they stand in typed fields, and only where they fit.
const net = new Net({
  layers: manyOf(2, [new Conv({ filters: oneOf([16, 32]) }), new Pool()]),
  lr: floatIn(1e-4, 1),
  head: new Conv({ filters: intIn(8, 64), act: oneOf(['relu', 'swish']) }),
})
new Net({
  layers: oneOf([[new Pool()], [new Conv({ filters: 1 }), new Pool()]]),
  lr: oneOf([0.1, 1]),
  head: new Conv({ filters: 1 }),
})
// @ts-expect-error 'tanh' is none of the activations
new Conv({ filters: 1, act: oneOf(['relu', 'tanh']) })
// @ts-expect-error text where a number goes
new Conv({ filters: oneOf([1, 'x']) })
// @ts-expect-error several where one goes
new Conv({ filters: manyOf(2, [1, 2]) })
// @ts-expect-error integers have no reversed log scale
intIn(1, 2, { scale: 'reverseLog' })
// @ts-expect-error weights are for one choice
manyOf(1, [1, 2], { weights: [1, 2] })
// @ts-expect-error the number of choices comes first
manyOf([1, 2])

// A space has the type of its program; what it materializes to has lists for arrays, records for objects.
expectSame<Program<Net>, Net>(true)
expectSame<Program<Layer | Conv>, Layer | Conv>(true)
expectSame<Program<1 | 'x' | null | undefined>, 1 | 'x' | null | undefined>(true)
expectSame<Program<boolean>, boolean>(true)
expectSame<Program<unknown>, unknown>(true)
expectSame<Program<() => number[]>, () => number[]>(true)
expectSame<Program<number[][]>, List<List<number>>>(true)
expectSame<Program<readonly [1, 'a']>, List<1 | 'a'>>(true)
expectSame<Program<List<Conv>>, List<Conv>>(true)

const space = Space.of(net)
expectSame<typeof space, Space<Net>>(true)
const program: Net = space.materialize(space.dna.random(randomStream(1)))
const cost: number = program.head.cost
const found: Dna = space.encode(program)

const plain = Space.of({
  xs: manyOf(2, [1, 2, 3]),
  opt: { lr: floatIn(0, 1), act: oneOf(['relu', 'swish']) },
  conv: layer,
})
const made = plain.materialize(plain.dna.first())
expectSame<typeof made.xs, List<1 | 2 | 3>>(true)
expectSame<typeof made.opt.act, 'relu' | 'swish'>(true)
expectSame<typeof made.opt.lr, number>(true)
expectSame<typeof made.conv, Conv | Pool>(true)
const opt: RecordOf<{ lr: number; act: 'relu' | 'swish' }> = made.opt
// @ts-expect-error programs are changed by rebind
made.opt.lr = 1
// @ts-expect-error a list has no index access
made.xs[0]
// @ts-expect-error no such key
made.other

for (const each of plain)
  expectSame<
    typeof each,
    Program<{ xs: (1 | 2 | 3)[]; opt: { lr: number; act: 'relu' | 'swish' }; conv: Conv | Pool }>
  >(true)
const choices = [...Space.of(oneOf(['a', 'b']))]
expectSame<typeof choices, ('a' | 'b')[]>(true)

// The algorithm's view.
const dnaSpace: DnaSpace = space.dna
const size: bigint | 'infinite' = dnaSpace.size
const points: readonly DecisionPoint[] = dnaSpace.points
for (const point of points) {
  if (point.kind === 'choice') point satisfies ChoicePoint
  else point.max satisfies number
}
const genes: readonly number[] = found.genes
// @ts-expect-error a DNA is immutable
found.genes[0] = 1
const next: Dna | undefined = dnaSpace.next(found)
const gene: number | undefined = found.get('lr')
dnaSpace.fromRecord(found.toRecord({ keys: 'name-or-id', values: 'literal', several: 'list', inactive: true }), {
  values: 'literal',
})
// @ts-expect-error no such form
found.toRecord({ values: 'letters' })
dnaSpace.fromDecisions((point, earlier) => (point.kind === 'choice' ? earlier.length : point.min))
Space.of(net, { where: ({ kind, name, hints }) => kind === 'choice' && name === 'x' && hints !== undefined })

export { choices, cost, gene, genes, made, next, opt, plain, rate, size, width }
