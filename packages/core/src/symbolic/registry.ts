import { DeclarationError, DuplicateNameError } from './errors.ts'
import type { SymbolicClass } from './field.ts'
import type { NodeClass, Schema } from './schema.ts'

/** A declared name in this process, and where in the source it was declared. */
interface Declared {
  readonly schema: Schema
  /** Holds the stack; it is only put into words when another declaration takes the name. */
  readonly trace: Error
}

/** A place in a source file; `version` is the query that module loaders add to evaluate a file again. */
interface Site {
  readonly file: string
  readonly version: string
  readonly position: string
}

const declared = new Map<string, Declared>()

/**
 * Notes a declaration under its name.
 *
 * The same file declaring the name again from the same place, or as another version of itself, is a module evaluated
 * again: the newer one takes over. Anything else is two classes under one name.
 *
 * @throws DuplicateNameError
 */
export function declare(schema: Schema): void {
  const trace = new Error(schema.name)
  const earlier = declared.get(schema.name)
  if (earlier !== undefined && !isSameDeclaration(siteOf(earlier.trace), siteOf(trace))) {
    throw new DuplicateNameError({
      path: schema.name,
      expected: 'a name that no other class was declared under',
      got: schema.name,
      remedy: `give one of the two a scope, as in symbolic('my-lib/${schema.name}', …)`,
    })
  }
  declared.set(schema.name, { schema, trace })
}

/** The declaration under a name, for reading JSON. */
export function declaredSchema(name: string): Schema | undefined {
  return declared.get(name)?.schema
}

/** The schema of a class that `symbolic` or `extend` made, or of one that extends it. */
export function schemaOf(type: unknown): Schema | undefined {
  if (typeof type !== 'function') return undefined
  return (type as { '~schema'?: Schema })['~schema']
}

/**
 * Makes classes known by their declared names, so that `fromJSON` can construct them before a first instance exists.
 *
 * @throws DeclarationError for something that is no symbolic class, DuplicateNameError if its name is taken
 */
export function register(...types: readonly SymbolicClass[]): void {
  for (const type of types) {
    const schema = schemaOf(type)
    if (schema === undefined) {
      throw new DeclarationError({
        expected: 'a class that extends symbolic(...) or extend(...)',
        got: type,
        remedy: 'declare it with symbolic',
      })
    }
    // Its constructor takes an init object or the library's own argument.
    schema.bind(type as unknown as NodeClass)
  }
}

function isSameDeclaration(earlier: Site | undefined, now: Site | undefined): boolean {
  // Where the platform has no stack traces nothing can be told apart, and a reload must not fail.
  if (earlier === undefined || now === undefined) return true
  return earlier.file === now.file && (earlier.version !== now.version || earlier.position === now.position)
}

/** A file and position in a stack line, as V8 (`at f (file:1:2)`), SpiderMonkey and JavaScriptCore (`f@file:1:2`) print it. */
const LOCATION = /(?:\(|@|at )((?:[a-z-]+:\/{2,3}|\/|[A-Z]:\\)?[^()@]*?)(\?[^:()]*)?:(\d+:\d+)\)?$/

/** The nearest place on the stack outside of this package: where the user declares the class. */
function siteOf(trace: Error): Site | undefined {
  const sites = (trace.stack ?? '')
    .split('\n')
    .map((line) => LOCATION.exec(line.trim()))
    .filter((match) => match !== null)
    .map(([, file = '', version = '', position = '']) => ({ file, version, position }))
  const here = sites[0]
  // The frames at the top are declare, symbolic or extend: the same file once bundled, one folder before.
  const folder = here?.file.slice(0, Math.max(here.file.lastIndexOf('/'), here.file.lastIndexOf('\\')))
  return sites.find((site) => site.file !== here?.file && !isInside(site.file, folder))
}

function isInside(file: string, folder: string | undefined): boolean {
  return folder !== undefined && /[\\/](?:registry|symbolic)\.[jt]s$/.test(file) && file.startsWith(folder)
}
