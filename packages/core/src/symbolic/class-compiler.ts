import { generatedClass } from './class-code.ts'
import { loopedClass } from './class-loops.ts'
import type { Schema } from './schema.ts'

/** A class that `symbolic` or `extend` returns, for the user to extend. */
export type CompiledClass = abstract new (init?: unknown) => object

/** Makes the class of a schema over a base class and fills in the schema's traits. */
export type ClassCompiler = (schema: Schema, base: CompiledClass, inherited: Schema | undefined) => CompiledClass

function codeIsAllowed(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- whether a security policy forbids it, only trying can tell
    return (new Function('return true') as () => unknown)() === true
  } catch {
    return false
  }
}

let compiler: ClassCompiler | undefined

/**
 * Generated code where it may be generated, loops over the fields otherwise; both behave the same. Placeholders are made
 * by the handful, and the library declares some whenever it is imported: for them compiling would cost more than it gains.
 */
export const compileClass: ClassCompiler = (schema, base, inherited) => {
  if (schema.placeholder !== undefined) return loopedClass(schema, base, inherited)
  compiler ??= codeIsAllowed() ? generatedClass : loopedClass
  return compiler(schema, base, inherited)
}

/** @internal Lets a test compare both; `'allowed'` goes back to the better one of those that may be used. */
export function chooseCompiler(kind: 'allowed' | 'loops'): void {
  compiler = kind === 'loops' ? loopedClass : undefined
}
