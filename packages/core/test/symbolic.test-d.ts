/**
 * The types of symbolic objects as a user sees them, on the published declarations: what compiles, what it is, and what
 * must not compile.
 */
import {
  clone,
  Delete,
  equals,
  extend,
  field,
  type FieldUpdate,
  fromJSON,
  getSymbolic,
  Insert,
  list,
  type List,
  parentOf,
  Path,
  query,
  rebind,
  rebindAt,
  record,
  type RecordOf,
  ref,
  symbolic,
  transform,
  type ValueAt,
} from 'mitten'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
declare function expectSame<A, B>(same: Same<A, B>): void

class Layer extends symbolic('Layer', {}) {
  apply(x: number): number {
    return x
  }
}
class Conv extends extend('Conv', Layer, {
  filters: field.int().min(1),
  kernel: field.int().default(3),
  act: field.enum(['relu', 'swish']).default('relu'),
}) {
  get cost(): number {
    return this.filters * this.kernel ** 2
  }
}
class Pool extends extend('Pool', Layer, { size: field.int().default(2) }) {}
class Net extends symbolic('Net', {
  layers: field.list(Layer),
  lr: field.number().min(0),
  head: Conv,
  note: field.string().optional(),
  tail: field.object(Conv).optional(),
  grid: field.list(field.list(field.int())).default([]),
  named: field.record(field.list(field.int())).default({}),
}) {
  total(): number {
    return this.layers.map((layer) => layer.apply(1)).length * this.lr
  }
}
class Tree extends symbolic('Tree', {
  value: field.int(),
  children: field.list(field.lazy<Tree>((): unknown => Tree)),
}) {
  sum(): number {
    return this.value + this.children.reduce((sum, child) => sum + child.sum(), 0)
  }
}

// Construction: what has no default is required, nothing else is allowed.
new Layer()
new Layer({})
const conv = new Conv({ filters: 16 })
const pool = new Pool()
const net = new Net({ layers: [conv, pool], lr: 0.1, head: conv })
const tree = new Tree({ value: 1, children: [new Tree({ value: 2, children: new Set<Tree>() })] })
// @ts-expect-error a required field is missing
new Conv({ kernel: 3 })
// @ts-expect-error there is no such field
new Conv({ filters: 3, pads: 1 })
// @ts-expect-error the wrong type
new Conv({ filters: '3' })
// @ts-expect-error no such value
new Conv({ filters: 3, act: 'tanh' })
// @ts-expect-error an item of the wrong class
new Net({ layers: [tree], lr: 0.1, head: conv })
// @ts-expect-error an argument is required
new Conv()

// Properties have the types of their fields and are read-only.
expectSame<Conv['filters'], number>(true)
expectSame<Conv['act'], 'relu' | 'swish'>(true)
expectSame<Net['layers'], List<Layer>>(true)
expectSame<Net['note'], string | undefined>(true)
expectSame<Net['named'], RecordOf<Record<string, List<number>>>>(true)
expectSame<Net['grid'], List<List<number>>>(true)
// @ts-expect-error read-only
conv.filters = 3
// @ts-expect-error read-only
net.named['a'] = list([1])

// Rebinding by literal path.
rebind(net, { lr: 0.2, 'head.filters': 32 })
net.rebind({ lr: 0.2, 'head.filters': 32 })
rebind(tree, { 'children[0].value': 5, 'children[0].children': [tree] })
rebind(net, { 'layers[0]': new Conv({ filters: 4 }), note: Delete })
rebind(net, { 'layers[0]': new Insert(new Pool()) })
rebind(net, { 'layers[1]': Delete, layers: [new Pool()] })
rebind(net, { grid: [[1], new Set([2])], 'grid[0]': [1], 'grid[0][0]': 1, 'grid[1]': new Insert([3]) })
rebind(net, { named: { a: [1] }, 'named.a': Delete, 'named.b[0]': 2 })
rebind(net, { 'head.kernel': Delete, grid: Delete })
rebind(net, { 'tail.filters': 3, tail: conv })
rebind(list([1, 2]), { '[0]': 3 })
rebind(record({ a: 2, b: [{ c: 1 }] }), { a: 3, 'b[0].c': 2 })
rebindAt(net, [
  ['layers[0].filters', 3],
  [Path.parse('lr'), 0.3],
])
const same: Net = rebind(net, {})
// @ts-expect-error Type 'string' is not assignable to type 'number'
rebind(net, { lr: 'x' })
// @ts-expect-error no field at path 'head.filter'
rebind(net, { 'head.filter': 1 })
// @ts-expect-error no field at path 'layers[0].filters': not every layer has it
rebind(net, { 'layers[0].filters': 1 })
// @ts-expect-error no field at path 'total': a method is no field
rebind(net, { total: () => 1 })
// @ts-expect-error no field at path 'head.cost': nor is a getter
net.rebind({ 'head.cost': 1 })
// @ts-expect-error no field at path 'lr[0]'
rebind(net, { 'lr[0]': 1 })
// @ts-expect-error a required field cannot be deleted
rebind(net, { lr: Delete })
// @ts-expect-error a required field cannot be deleted
net.rebind({ 'head.filters': Delete })
// @ts-expect-error only lists can be inserted into
rebind(net, { head: new Insert(conv) })
// @ts-expect-error an item of the wrong class
rebind(net, { 'layers[0]': new Insert(tree) })
// @ts-expect-error no field at path 'b[0].d'
rebind(record({ a: 2, b: [{ c: 1 }] }), { 'b[0].d': 2 })
expectSame<ValueAt<Net, 'head.filters'>, number>(true)
expectSame<ValueAt<Net, 'layers[3]'>, Layer>(true)
expectSame<ValueAt<Net, 'tail.act'>, 'relu' | 'swish'>(true)
expectSame<ValueAt<Net, ''>, Net>(true)
expectSame<ValueAt<Net, 'nope'>, never>(true)

// Inside of a class, and with hooks.
class Counter extends symbolic('Counter', { n: field.int(), log: field.list(field.int()).default([]) }) {
  declare total: number
  override onChange(updates: readonly FieldUpdate[]): void {
    for (const { path } of updates) if (path.toString() === 'n') this.log.push(this.n)
  }
  override onBound(): void {
    this.total = this.log.reduce((sum, n) => sum + n, 0)
    if (this.n > 9) this.rebind({ n: 0, 'log[0]': Delete })
    // @ts-expect-error no field at path 'total'
    this.rebind({ total: 1 })
  }
}
class Limited extends extend('Limited', Counter, { limit: field.int(), n: field.int().max(9).default(1) }) {
  override onBound(): void {
    this.rebind({ n: this.limit, log: [] })
    super.onBound()
  }
  static of(limit: number): Limited {
    return new this({ limit })
  }
}
class Named extends extend('Named', Limited, {}) {}
const limited: Limited = Named.of(3)
expectSame<(typeof limited)['n'], number>(true)

// Copies, queries, references, JSON.
const copy: Net = clone(net)
expectSame<ReturnType<Net['clone']>, Net>(true)
const convs: Map<string, Conv> = query(net, Conv)
transform(net, (value) => (value instanceof Conv ? new Pool() : value))
rebind(net, { head: ref(conv) })
expectSame<ReturnType<typeof fromJSON>, unknown>(true)
const read: Conv = fromJSON({}, { as: Conv, types: [Conv, Pool] })
const raw: unknown = getSymbolic(net, 'head')
const parent: object | undefined = parentOf(conv)
const isEqual: boolean = equals([conv], list([conv]))

// Lists read like arrays, and take plain data where they hold nodes.
const items = list([{ a: [1] }])
expectSame<typeof items, List<RecordOf<{ a: List<number> }>>>(true)
const numbers: number[] = items.map(({ a }) => a.length)
net.grid.push([1, 2], new Set([3]))
net.layers.push(conv, pool)
// @ts-expect-error an item of the wrong class
net.layers.push(tree)
// @ts-expect-error there is no index access
net.layers[0]
for (const layer of net.layers) layer.apply(1)
const first = net.layers.at(0)
expectSame<typeof first, Layer | undefined>(true)

// Declarations.
class All extends symbolic('All', {
  flag: field.boolean().nullable(),
  text: field.string().pattern(/a+/).describe('letters').optional(),
  either: field.union([field.int(), field.string(), Conv]),
  act: field.func<(x: number) => string>(),
  held: field.object(Map<string, number>),
  frozen: field.int().freeze(3),
  any: field.any<{ deep: true }>().default({ deep: true }),
  sizes: field.list(field.number()).minSize(1).default([1]).nullable(),
}) {}
const all = new All({ flag: null, either: 'x', act: (x) => String(x), held: new Map() })
expectSame<All['flag'], boolean | null>(true)
expectSame<All['text'], string | undefined>(true)
expectSame<All['either'], string | number | Conv>(true)
expectSame<All['frozen'], number>(true)
expectSame<All['sizes'], List<number> | null>(true)
const text: string = all.act(1)
// @ts-expect-error a frozen field cannot be given
new All({ flag: null, either: 1, act: String, held: new Map(), frozen: 3 })
// @ts-expect-error the default has the wrong type
field.int().default('x')
// @ts-expect-error only a declared class can be extended
extend('Not', class {}, {})

export { convs, copy, first, isEqual, numbers, parent, raw, read, same, text }
