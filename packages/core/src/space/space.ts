import { toNode } from '../symbolic/from-plain.ts'
import { isNode, TRAITS } from '../symbolic/node.ts'
import type { Dna } from './dna.ts'
import { DnaSpace, requireUniqueNames } from './dna-space.ts'
import type { Where } from './hyper.ts'
import type { Program } from './program.ts'
import { differenceError } from './encode-error.ts'
import { firstDifference } from './match.ts'
import { type Template, TemplateCompiler } from './template.ts'

/** Which hyper values belong to a space. */
export interface SpaceOptions {
  /** Selects hyper values; the others stay in the materialized programs as they are. All by default. */
  readonly where?: Where
}

/**
 * A search space: a program with hyper values in it, and the way from DNA to programs and back.
 *
 * Iterating over it gives every program, in the order of their DNA.
 */
export class Space<T> implements Iterable<Program<T>> {
  /** The decisions alone, as algorithms see them. */
  readonly dna: DnaSpace
  readonly #template: Template

  private constructor(dna: DnaSpace, template: Template) {
    this.dna = dna
    this.#template = template
  }

  /**
   * The space of a program. The program is copied: changing it later changes nothing here.
   *
   * A program without hyper values makes a space of one point. O(size of the program, candidates included; those of
   * `manyOf` once for each of its choices if they have something to decide).
   *
   * @throws DeclarationError if two different hyper values share a name, or a name is another's id
   */
  static of<T>(program: T, options?: SpaceOptions): Space<T> {
    const root = toNode(program)
    const compiler = new TemplateCompiler(options?.where)
    const template = compiler.compile(isNode(root) ? root[TRAITS].copyFast(root, 0) : root, '')
    const dna = new DnaSpace(template.branch)
    requireUniqueNames(compiler.owners)
    return new Space(dna, template)
  }

  /**
   * The program of a DNA (rule G4): every node of it is new, also those of the chosen candidates; only values that are no
   * nodes are shared. O(size of the program).
   *
   * @throws InvalidDnaError if the DNA is of another space and does not fit this one
   */
  materialize(dna: Dna): Program<T> {
    this.dna.validate(dna)
    // A program has the shape of its space, with what was chosen in place of the hyper values.
    return this.#template.build({ genes: dna.genes, at: 0 }) as Program<T>
  }

  /**
   * The DNA that materializes to a program: `materialize(encode(program))` equals it. Where several candidates fit, the
   * first is taken.
   *
   * @throws EncodeError if there is none, with the path of the decision that cannot be told
   */
  encode(program: Program<T>): Dna {
    const genes: number[] = []
    const difference = firstDifference(this.#template, toNode(program), genes)
    if (difference !== undefined) throw differenceError(this.#template, difference)
    return this.dna.dna(genes)
  }

  *[Symbol.iterator](): Generator<Program<T>> {
    for (const dna of this.dna) yield this.materialize(dna)
  }
}
