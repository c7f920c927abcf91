/** A module that declares classes, for tests that evaluate it more than once. */
import { extend, field, register, symbolic } from '../../src/symbolic/index.ts'

export class Conv extends symbolic('reload/Conv', { filters: field.int() }) {}
export class Wide extends extend('reload/Wide', Conv, { factor: field.int().default(2) }) {}
/** Declared, and never seen by the library. */
export class Unseen extends symbolic('reload/Unseen', { x: field.int() }) {}

register(Wide)
