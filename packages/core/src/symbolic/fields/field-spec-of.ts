import { DeclarationError } from '../errors.ts'
import { FieldSpec } from '../field-spec.ts'
import { type Constructor, InstanceSpec } from './instance.ts'

/**
 * The run-time field behind what stands in a declaration: a field as it is, a class as "an instance of it".
 *
 * @throws DeclarationError on anything else
 */
export function fieldSpecOf(declared: unknown, path: string): FieldSpec {
  if (declared instanceof FieldSpec) return declared
  if (typeof declared === 'function') return new InstanceSpec(declared as unknown as Constructor)
  throw new DeclarationError({
    path,
    expected: 'a field or a symbolic class',
    got: declared,
    remedy: 'declare it with field.int(), field.list(...) or one of their kin',
  })
}
