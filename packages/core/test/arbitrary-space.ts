/**
 * Search spaces for property tests: what they are made of, as plain models that know nothing of the library; how to build
 * a space of a model; and an oracle that lists, by brute force, every point of a model with its genes, text and program.
 */
import fc from 'fast-check'
import { floatIn, intIn, manyOf, oneOf } from '../src/space/index.ts'
import { field, symbolic } from '../src/symbolic/index.ts'

/** A class without constraints. */
export class Cell extends symbolic('test/Cell', { left: field.any().optional(), right: field.any().optional() }) {}

/** A class whose fields check, and which computes something from them. */
export class Stage extends symbolic('test/Stage', {
  width: field.int().min(0).max(99),
  rate: field.number().default(0.5),
  tags: field.list(field.union([field.string(), field.int()])).default([]),
}) {
  declare area: number
  override onBound(): void {
    this.area = this.width * this.rate
  }
}

/** An object that is no node: it is shared, not copied. */
class Opaque {
  readonly label = 'opaque'
}

export const OPAQUE = new Opaque()
const relu = (x: number): number => Math.max(0, x)

type Leaf = undefined | null | boolean | number | string | bigint | Opaque | typeof relu

interface ListModel {
  readonly kind: 'list'
  readonly items: readonly Model[]
}
interface RecordModel {
  readonly kind: 'record'
  readonly entries: readonly (readonly [string, Model])[]
}
interface CellModel {
  readonly kind: 'cell'
  readonly left: Model
  readonly right: Model
}
interface StageModel {
  readonly kind: 'stage'
  readonly width: Model
  readonly rate: Model
  readonly tags: Model
}
interface OneModel {
  readonly kind: 'one'
  readonly candidates: readonly Model[]
  readonly named: boolean
}
interface ManyModel {
  readonly kind: 'many'
  readonly k: number
  readonly candidates: readonly Model[]
  readonly distinct: boolean
  readonly sorted: boolean
  readonly named: boolean
}
interface RangeModel {
  readonly kind: 'int' | 'float'
  readonly min: number
  readonly max: number
  readonly step: number | undefined
  readonly scale: 'linear' | 'log' | 'reverseLog'
  readonly named: boolean
}
type HyperModel = OneModel | ManyModel | RangeModel
export type NodeModel = ListModel | RecordModel | CellModel | StageModel | HyperModel
export type Model = Leaf | NodeModel

export function isNodeModel(model: Model): model is NodeModel {
  return typeof model === 'object' && model !== null && 'kind' in model
}

/** The parts of a model in the order in which they stand, hyper values apart. */
function partsOf(model: ListModel | RecordModel | CellModel | StageModel): readonly Model[] {
  if (model.kind === 'list') return model.items
  if (model.kind === 'record') return model.entries.map(([, part]) => part)
  if (model.kind === 'cell') return [model.left, model.right]
  return [model.width, model.rate, model.tags]
}

/** A fresh program of a model, with hyper values in it. Names are numbered in the order in which they are met. */
export function build(model: Model): unknown {
  let count = 0
  const name = (named: boolean): { name?: string } => (named ? { name: `name ${count++}` } : {})
  const make = (part: Model): unknown => {
    if (!isNodeModel(part)) return part
    switch (part.kind) {
      case 'one': {
        const options = name(part.named)
        return oneOf(part.candidates.map(make), options)
      }
      case 'many': {
        const options = name(part.named)
        const { distinct, sorted } = part
        return manyOf(part.k, part.candidates.map(make), { ...options, distinct, sorted })
      }
      case 'int':
      case 'float': {
        const { min, max, step, scale } = part
        const options = { ...name(part.named), ...(step === undefined ? {} : { step }) }
        return part.kind === 'int'
          ? intIn(min, max, { ...options, scale: scale === 'log' ? 'log' : 'linear' })
          : floatIn(min, max, { ...options, scale })
      }
      default:
        return assemble(part, partsOf(part).map(make))
    }
  }
  return make(model)
}

/** The value of a node model that is no hyper value, from the values of its parts. */
function assemble(model: ListModel | RecordModel | CellModel | StageModel, parts: readonly unknown[]): unknown {
  switch (model.kind) {
    case 'list':
      return [...parts]
    case 'record':
      return Object.fromEntries(model.entries.map(([key], i) => [key, parts[i]]))
    case 'cell':
      return new Cell({ left: parts[0], right: parts[1] })
    case 'stage':
      return new Stage({ width: parts[0] as number, rate: parts[1] as number, tags: parts[2] as string[] })
  }
}

/** A point of a model, as the oracle finds it. */
export interface OraclePoint {
  readonly genes: readonly number[]
  /** The nested values of its decisions, one for each decision at the top. */
  readonly texts: readonly string[]
  /** Makes the program, anew at each call. */
  readonly program: () => unknown
}

/** Every point of a model in order, by brute force; `undefined` if there are more than `limit`, or no end of them. */
export function enumerateModel(model: Model, limit: number): OraclePoint[] | undefined {
  if (!isNodeModel(model)) return [{ genes: [], texts: [], program: () => model }]
  switch (model.kind) {
    case 'int':
    case 'float':
      return enumerateRange(model, limit)
    case 'one':
      return enumerateChoice(model.candidates, limit)
    case 'many':
      return enumerateMany(model, limit)
    default: {
      const parts = product(
        partsOf(model).map((part) => enumerateModel(part, limit)),
        limit,
      )
      return parts?.map((points) => ({
        genes: points.flatMap((point) => point.genes),
        texts: points.flatMap((point) => point.texts),
        program: () =>
          assemble(
            model,
            points.map((point) => point.program()),
          ),
      }))
    }
  }
}

/** The text of a point: what PyGlove prints for its nested value. */
export function textOf(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] as string) : `[${texts.join(', ')}]`
}

function enumerateRange({ min, max, step, kind }: RangeModel, limit: number): OraclePoint[] | undefined {
  const values: number[] = []
  if (min === max) values.push(min)
  else if (step === undefined && kind === 'float') return undefined
  else {
    // A step may miss the end by what rounding makes of it.
    for (let i = 0; min + i * (step ?? 1) <= max + 1e-9; i++) {
      values.push(Math.min(max, min + i * (step ?? 1)))
      if (values.length > limit) return undefined
    }
  }
  return values.map((value) => ({ genes: [value], texts: [String(value)], program: () => value }))
}

/** A choice leads to what its candidate decides: `2`, `(2, 0.5)`, `(2, [0, 1])`, and on as one chain. */
function enumerateChoice(candidates: readonly Model[], limit: number): OraclePoint[] | undefined {
  const points: OraclePoint[] = []
  for (const [i, candidate] of candidates.entries()) {
    const inside = enumerateModel(candidate, limit)
    if (inside === undefined || points.length + inside.length > limit) return undefined
    for (const { genes, texts, program } of inside) {
      const rest = textOf(texts)
      const text = texts.length === 0 ? `${i}` : rest.startsWith('(') ? `(${i}, ${rest.slice(1)}` : `(${i}, ${rest})`
      points.push({ genes: [i, ...genes], texts: [text], program })
    }
  }
  return points
}

/** All ways to choose k times, less those that the flags rule out. */
function enumerateMany({ k, candidates, distinct, sorted }: ManyModel, limit: number): OraclePoint[] | undefined {
  const once = enumerateChoice(candidates, limit)
  const all = product(
    Array.from({ length: k }, () => once),
    limit * 20,
  )
  const allowed = all?.filter((points) => {
    const chosen = points.map((point) => point.genes[0] as number)
    if (distinct && new Set(chosen).size < k) return false
    return !sorted || chosen.every((candidate, i) => i === 0 || candidate >= (chosen[i - 1] as number))
  })
  if (allowed === undefined || allowed.length > limit) return undefined
  return allowed.map((points) => ({
    genes: points.flatMap((point) => point.genes),
    texts: [textOf(points.flatMap((point) => point.texts))],
    program: () => points.map((point) => point.program()),
  }))
}

/** Every way to take one of each, the last moving fastest. */
function product<T>(lists: readonly (readonly T[] | undefined)[], limit: number): T[][] | undefined {
  let rows: T[][] = [[]]
  for (const items of lists) {
    if (items === undefined || rows.length * items.length > limit) return undefined
    rows = rows.flatMap((row) => items.map((item) => [...row, item]))
  }
  return rows
}

/** Leaves of every kind, few enough that equal candidates meet. */
const arbitraryLeaf: fc.Arbitrary<Leaf> = fc.constantFrom<Leaf>(
  undefined,
  null,
  true,
  false,
  NaN,
  0,
  -0,
  1,
  2.5,
  Infinity,
  7n,
  '',
  'a',
  "it's",
  '0/2',
  OPAQUE,
  relu,
)

const keys = ['a', 'b', 'toString', 'x.y', '0', '', '[=0/2]', 'a b']

const named = fc.boolean()

const arbitraryInt: fc.Arbitrary<RangeModel> = fc
  .record({
    min: fc.integer({ min: -5, max: 5 }),
    width: fc.integer({ min: 0, max: 9 }),
    step: fc.constantFrom(undefined, 1, 2, 3),
    log: fc.boolean(),
    named,
  })
  .map(({ min, width, step, log, named }) => ({
    kind: 'int',
    min,
    max: min + width,
    step,
    scale: log && min > 0 ? 'log' : 'linear',
    named,
  }))

const arbitraryGrid: fc.Arbitrary<RangeModel> = fc
  .record({
    min: fc.constantFrom(-0.3, 0, 0.1, 1, 2.5),
    step: fc.constantFrom(0.1, 0.25, 0.3, 1),
    count: fc.integer({ min: 0, max: 6 }),
    scale: fc.constantFrom('linear' as const, 'log' as const, 'reverseLog' as const),
    named,
  })
  .map(({ min, step, count, scale, named }) => ({
    kind: 'float',
    min,
    max: min + count * step,
    step,
    scale: min > 0 ? scale : 'linear',
    named,
  }))

const arbitraryFloat: fc.Arbitrary<RangeModel> = fc
  .record({
    ends: fc.tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    scale: fc.constantFrom('linear' as const, 'log' as const, 'reverseLog' as const),
    named,
  })
  .map(({ ends, scale, named }) => {
    const min = Math.min(...ends) + 0
    const max = Math.max(...ends) + 0
    return { kind: 'float', min, max, step: undefined, scale: min > 0 ? scale : 'linear', named }
  })

/** A space of a few levels; `continuous` lets floats without a step occur, which have no end of values. */
export function arbitrarySpace({
  continuous = false,
}: { readonly continuous?: boolean } = {}): fc.Arbitrary<NodeModel> {
  const ranges = continuous ? [arbitraryInt, arbitraryGrid, arbitraryFloat] : [arbitraryInt, arbitraryGrid]
  const { node } = fc.letrec<{ any: Model; node: NodeModel; hyper: HyperModel; stage: StageModel }>((tie) => ({
    any: fc.oneof({ maxDepth: 4, depthSize: 'small', withCrossShrink: true }, arbitraryLeaf, tie('node')),
    node: fc.oneof(
      { arbitrary: tie('hyper'), weight: 4 },
      {
        arbitrary: fc.array(tie('any'), { maxLength: 3 }).map((items): ListModel => ({ kind: 'list', items })),
        weight: 1,
      },
      {
        arbitrary: fc
          .uniqueArray(fc.tuple(fc.constantFrom(...keys), tie('any')), { maxLength: 3, selector: ([key]) => key })
          .map((entries): RecordModel => ({ kind: 'record', entries: inKeyOrder(entries) })),
        weight: 2,
      },
      { arbitrary: fc.record({ kind: fc.constant('cell' as const), left: tie('any'), right: tie('any') }), weight: 1 },
      { arbitrary: tie('stage'), weight: 1 },
    ),
    hyper: fc.oneof(
      fc.record({
        kind: fc.constant('one' as const),
        candidates: fc.array(tie('any'), { minLength: 1, maxLength: 4 }),
        named,
      }),
      fc
        .record({
          candidates: fc.array(tie('any'), { minLength: 1, maxLength: 4 }),
          k: fc.integer({ min: 1, max: 3 }),
          distinct: fc.boolean(),
          sorted: fc.boolean(),
          named,
        })
        .map(({ candidates, k, distinct, sorted, named }): ManyModel => ({
          kind: 'many',
          k: distinct ? Math.min(k, candidates.length) : k,
          candidates,
          distinct,
          sorted,
          named,
        })),
      ...ranges,
    ),
    stage: fc.record({
      kind: fc.constant('stage' as const),
      width: fc.oneof<fc.Arbitrary<Model>[]>(
        fc.nat({ max: 99 }),
        fc.record({
          kind: fc.constant('one' as const),
          candidates: fc.array(fc.oneof(fc.nat({ max: 99 }), intWidth), { minLength: 1, maxLength: 3 }),
          named,
        }),
        intWidth,
      ),
      rate: fc.oneof<fc.Arbitrary<Model>[]>(fc.constantFrom(0, 1.5), ...ranges),
      tags: fc.oneof<fc.Arbitrary<Model>[]>(
        fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }).map((items): ListModel => ({ kind: 'list', items })),
        fc.record({
          kind: fc.constant('many' as const),
          k: fc.constant(2),
          candidates: fc.array(fc.constantFrom<Model>('x', 'y', 3), { minLength: 2, maxLength: 3 }),
          distinct: fc.boolean(),
          sorted: fc.boolean(),
          named,
        }),
        fc.record({
          kind: fc.constant('one' as const),
          candidates: fc.array(
            fc
              .array(fc.constantFrom<Model>('x', 1), { maxLength: 2 })
              .map((items): ListModel => ({ kind: 'list', items })),
            { minLength: 1, maxLength: 3 },
          ),
          named,
        }),
      ),
    }),
  }))
  return node
}

const intWidth: fc.Arbitrary<RangeModel> = fc
  .record({ min: fc.nat({ max: 5 }), width: fc.nat({ max: 5 }), named })
  .map(({ min, width, named }) => ({ kind: 'int', min, max: min + width, step: undefined, scale: 'linear', named }))

/** Entries as an object keeps them: keys that look like indices first. */
function inKeyOrder(entries: readonly (readonly [string, Model])[]): [string, Model][] {
  return Object.entries(Object.fromEntries(entries))
}
