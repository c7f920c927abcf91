import { copyDeep } from '../symbolic/clone.ts'
import { errorOf, MittenError } from '../symbolic/errors.ts'
import { isNode, PARENT, STATE, State, type SymbolicNode, TRAITS } from '../symbolic/node.ts'
import { appendKey, type Key } from '../symbolic/path.ts'
import { assembler, bindTo, type Builder, type GeneCursor, listBuilder } from './assemble.ts'
import { ManyOf, requireSoundChoice } from './choice.ts'
import { type Branch, type ChoicePoint, CONSTANT, type Literal, type ManyPoint, type Point } from './decision-point.ts'
import { candidatesOf, type Hyper, isHyper, NESTING_LIMIT, nestingError, rawField, type Where } from './hyper.ts'
import { literalOfCandidate, outlineOfCandidate } from './literal.ts'
import { choiceMatcher, manyMatcher, type Matcher } from './match.ts'
import { rangeOf, requireSoundRange } from './range.ts'
import { gridIndex } from './scale.ts'

/** A value with its decisions compiled: what a space is made of, at the top and in each candidate. */
export interface Template {
  readonly value: unknown
  readonly branch: Branch
  readonly build: Builder
  /** How the hyper values that are decided here, not within a candidate, are told from what became of them. */
  readonly matchers: ReadonlyMap<SymbolicNode, Matcher>
}

/** Levels of a program, candidates included, that are compiled by recursion; below, a whole is copied and patched. */
const RECURSION_LIMIT = 200

/** What is collected while a template is compiled. */
interface Parts {
  readonly points: Point[]
  readonly matchers: Map<SymbolicNode, Matcher>
  /** Levels of candidates above. */
  readonly nesting: number
}

/** Candidates of a choice, compiled and in print. */
interface Candidates {
  readonly templates: readonly Template[]
  readonly branches: readonly Branch[]
  readonly literals: readonly Literal[]
  readonly outlines: readonly Literal[]
}

/** Compiles the hyper values of a program that `where` selects. */
export class TemplateCompiler {
  /** For each point, the hyper value it was made from. */
  readonly owners = new Map<Point, SymbolicNode>()
  private readonly where: Where | undefined

  constructor(where: Where | undefined) {
    this.where = where
  }

  /**
   * @param id - the id that a hyper value at the root of `value` gets; what is below continues it
   * @param nesting - levels of candidates above
   * @param depth - levels of nodes above, those around the candidates included
   */
  compile(value: unknown, id: string, nesting = 0, depth = 0): Template {
    if (nesting > NESTING_LIMIT) throw nestingError(id, value)
    const points: Point[] = []
    const matchers = new Map<SymbolicNode, Matcher>()
    const build = this.builder(value, id, { points, matchers, nesting }, depth)
    return { value, branch: points.length === 0 ? CONSTANT : { points }, build, matchers }
  }

  private builder(value: unknown, id: string, into: Parts, depth: number): Builder {
    if (!isNode(value)) return () => value
    const node = value
    if (this.isSelected(node)) return this.hyperBuilder(node, id, into, depth)
    if (!isHyper(node) && (node[STATE] & State.abstract) === 0) return () => node[TRAITS].copyFast(node, 0)
    if (depth >= RECURSION_LIMIT) return this.deepBuilder(node, id, into, depth)
    const traits = node[TRAITS]
    const names = traits.keys(node)
    const children = traits.values(node).map((child, i) => {
      const key = names[i] as Key
      const place = appendKey(id, key)
      requireFit(node, key, child, place)
      return this.builder(child, place, into, depth + 1)
    })
    return assembler(node, children)
  }

  /** Copies a deep subtree by a stack of its own and puts the decided values in place. */
  private deepBuilder(root: SymbolicNode, rootId: string, into: Parts, depth: number): Builder {
    const builders = new Map<SymbolicNode, Builder>()
    const pending: { node: SymbolicNode; id: string }[] = [{ node: root, id: rootId }]
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const { node, id } = at
      if (this.isSelected(node)) {
        const build = this.hyperBuilder(node, id, into, depth)
        const parent = node[PARENT] as SymbolicNode
        const element = parent[TRAITS].element(parent)
        builders.set(node, (cursor) => bindTo(build(cursor), element))
        continue
      }
      const names = node[TRAITS].keys(node)
      const values = node[TRAITS].values(node)
      for (let i = values.length - 1; i >= 0; i--) {
        const child = values[i]
        if (!isNode(child)) continue
        const key = names[i] as Key
        const place = appendKey(id, key)
        requireFit(node, key, child, place)
        pending.push({ node: child, id: place })
      }
    }
    return (cursor) => {
      const decided = new Map<SymbolicNode, unknown>()
      for (const [hyper, build] of builders) decided.set(hyper, build(cursor))
      return copyDeep(root, undefined, decided)
    }
  }

  private isSelected(node: SymbolicNode): node is SymbolicNode & Hyper {
    return isHyper(node) && (this.where === undefined || this.where(describe(node)))
  }

  private hyperBuilder(hyper: SymbolicNode & Hyper, id: string, into: Parts, depth: number): Builder {
    requireSound(hyper, id)
    if (hyper.kind !== 'choice') return this.rangeBuilder(hyper, id, into)
    if (!(hyper instanceof ManyOf)) return this.choiceBuilder(hyper, id, into, depth)
    return this.manyBuilder(hyper, id, into, depth)
  }

  private choiceBuilder(hyper: SymbolicNode & Hyper, id: string, into: Parts, depth: number): Builder {
    const candidates = this.candidates(hyper, id, into, depth, undefined)
    this.add(hyper, this.choicePoint(hyper, id, candidates, undefined), choiceMatcher(candidates.templates), into)
    return candidateBuilder(candidates.templates)
  }

  private manyBuilder(hyper: SymbolicNode & Hyper, id: string, into: Parts, depth: number): Builder {
    const k = rawField(hyper, 'k') as number
    const distinct = rawField(hyper, 'distinct') as boolean
    const sorted = rawField(hyper, 'sorted') as boolean
    // One of one choice is a choice, whose value is a list.
    const isSingle = k === 1
    const ids = isSingle ? [id] : Array.from({ length: k }, (_, index) => `${id}[${index}]`)
    const made: Candidates[] = []
    for (const choiceId of ids) made.push(this.candidates(hyper, choiceId, into, depth, made[0]))
    const choices = made.map((candidates, index) => {
      const subchoice = isSingle ? undefined : { index, parentId: id, distinct, sorted }
      return this.choicePoint(hyper, ids[index] as string, candidates, subchoice)
    })
    const point: ManyPoint = { kind: 'many', id, ...labels(hyper), distinct, sorted, choices }
    const templates = made.map((candidates) => candidates.templates)
    this.add(hyper, isSingle ? (choices[0] as ChoicePoint) : point, manyMatcher(templates, distinct, sorted), into)
    return listBuilder(templates.map(candidateBuilder))
  }

  /**
   * The candidates of a choice. Those that have nothing to decide are the same for all of several choices: they are
   * taken from the first one.
   */
  private candidates(
    hyper: SymbolicNode,
    id: string,
    { nesting }: Parts,
    depth: number,
    first: Candidates | undefined,
  ): Candidates {
    if (first?.branches.every((branch) => branch === CONSTANT) === true) return first
    const values = candidatesOf(hyper)
    const templates = values.map((candidate, i) => {
      const known = first?.templates[i]
      if (known?.branch === CONSTANT) return known
      return this.compile(candidate, `${id}[=${i}/${values.length}]`, nesting + 1, depth + 1)
    })
    const literals = first?.literals ?? values.map(literalOfCandidate)
    return {
      templates,
      branches: templates.map((template) => template.branch),
      literals,
      outlines: first?.outlines ?? values.map((value, i) => outlineOfCandidate(value, literals[i] as Literal)),
    }
  }

  private choicePoint(
    hyper: SymbolicNode,
    id: string,
    { branches, literals, outlines }: Candidates,
    subchoice: ChoicePoint['subchoice'],
  ): ChoicePoint {
    const weights = rawField(hyper, 'weights')
    const point: ChoicePoint = {
      kind: 'choice',
      id,
      ...labels(hyper),
      candidates: branches,
      literals,
      outlines,
      weights: isNode(weights) ? (weights[TRAITS].values(weights) as readonly number[]) : undefined,
      subchoice,
    }
    this.owners.set(point, hyper)
    return point
  }

  private rangeBuilder(hyper: SymbolicNode & Hyper, id: string, into: Parts): Builder {
    const { min, max, scale, step } = rangeOf(hyper)
    const base = { id, ...labels(hyper), min, max, scale }
    const point: Point =
      hyper.kind === 'int' ? { kind: 'int', ...base, step: step ?? 1 } : { kind: 'float', ...base, step }
    const matcher: Matcher = (value, genes) => {
      if (typeof value !== 'number' || !(value >= min && value <= max)) return false
      if (point.step !== undefined && gridIndex(min, max, point.step, value) === undefined) return false
      genes.push(value)
      return true
    }
    this.add(hyper, point, matcher, into)
    return (cursor) => cursor.genes[cursor.at++]
  }

  private add(hyper: SymbolicNode, point: Point, matcher: Matcher, into: Parts): void {
    this.owners.set(point, hyper)
    into.points.push(point)
    into.matchers.set(hyper, matcher)
  }
}

/** Builds the candidate that the next gene names. */
function candidateBuilder(templates: readonly Template[]): Builder {
  return (cursor: GeneCursor) => (templates[cursor.genes[cursor.at++] as number] as Template).build(cursor)
}

function describe(hyper: SymbolicNode & Hyper): Hyper {
  return { kind: hyper.kind, ...labels(hyper) }
}

function labels(hyper: SymbolicNode): { name: string | undefined; hints: unknown } {
  return { name: rawField(hyper, 'name') as string | undefined, hints: rawField(hyper, 'hints') }
}

/**
 * Checks that a hyper value fits the field it stands in. It did when it was put there, but its candidates may have been
 * changed since (rule G1).
 */
function requireFit(parent: SymbolicNode, key: Key, value: unknown, id: string): void {
  if (!isHyper(value)) return
  const issue = parent[TRAITS].field(parent, key)?.shallow(value)
  if (issue !== undefined) throw errorOf(issue, issue.keys.reduce<string>(appendKey, id))
}

/** Checks a hyper value by itself: JSON and `rebind` make and change it without its factory. */
function requireSound(hyper: SymbolicNode & Hyper, id: string): void {
  try {
    if (hyper.kind === 'choice') requireSoundChoice(hyper)
    else requireSoundRange(hyper)
  } catch (error) {
    throw error instanceof MittenError ? error.under(id) : error
  }
}
