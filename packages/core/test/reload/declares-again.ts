/** Another module that declares one of the names of `declares.ts`. */
import { field, symbolic } from '../../src/symbolic/index.ts'

export class Conv extends symbolic('reload/Conv', { filters: field.int() }) {}
