import { JsonError } from './errors.ts'
import { isPlainContainer, toNode } from './from-plain.ts'
import { BIGINT, DOCUMENT, escapeKey, NUMBER, REF, TYPE_KEY, UNDEFINED } from './json-format.ts'
import { isNode, type SymbolicNode, TRAITS } from './node.ts'
import { appendKey } from './path.ts'
import { isRef } from './ref.ts'
import { typeName } from './type-name.ts'
import { UnknownObject } from './unknown-object.ts'

/** Something that is still to be written, and where its JSON goes. */
interface Task {
  readonly value: unknown
  readonly target: unknown[] | Record<string, unknown>
  readonly key: string | number
  readonly path: string
}

/**
 * A program as JSON-ready data: only what `JSON.stringify` writes faithfully. The format is in `json-format.ts`.
 *
 * NaN, infinities, −0, bigints and `undefined` keep their identity; targets of `ref` that occur more than once stay one.
 * O(size); iterative.
 *
 * @throws JsonError on a function, symbol or opaque object, with its path
 */
export function toJSON(value: unknown): unknown {
  const shared = new Map<unknown, number>()
  const targets: { readonly value: unknown; readonly path: string }[] = []
  const top: unknown[] = []
  const pending: Task[] = [{ value, target: top, key: 0, path: '' }]
  const write = (): void => {
    for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
      const { path } = task
      const json = jsonOf(task, pending, (target) => {
        let id = shared.get(target)
        if (id === undefined) {
          shared.set(target, (id = targets.length))
          targets.push({ value: target, path })
        }
        return id
      })
      ;(task.target as Record<string | number, unknown>)[task.key] = json
    }
  }
  write()
  if (targets.length === 0) return top[0]
  const written: unknown[] = []
  // Targets may hold references themselves: the list grows while it is written.
  for (let i = 0; i < targets.length; i++) {
    pending.push({ ...(targets[i] as (typeof targets)[number]), target: written, key: i })
    write()
  }
  return { [TYPE_KEY]: DOCUMENT, shared: written, root: top[0] }
}

function jsonOf(task: Task, pending: Task[], idOf: (target: unknown) => number): unknown {
  const value = isPlainContainer(task.value) ? toNode(task.value) : task.value
  if (isNode(value)) return openNode(value, task.path, pending)
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Number.isFinite(value) && !Object.is(value, -0)) return value
      return { [TYPE_KEY]: NUMBER, value: Object.is(value, -0) ? '-0' : String(value) }
    case 'bigint':
      return { [TYPE_KEY]: BIGINT, value: String(value) }
    case 'undefined':
      return { [TYPE_KEY]: UNDEFINED }
    case 'object':
      if (value === null) return null
      if (isRef(value)) return { [TYPE_KEY]: REF, id: idOf(value.value) }
      if (value instanceof UnknownObject) return value.json
      throw opaqueError(value, task.path)
    default:
      throw opaqueError(value, task.path)
  }
}

function opaqueError(value: unknown, path: string): JsonError {
  return new JsonError({
    path,
    expected: 'data, or an instance of a symbolic class',
    got: value,
    remedy: 'leave it out of the program, or give it a symbolic class',
  })
}

/** The container of a node with all its keys in order; what they hold is left on the stack. */
function openNode(node: SymbolicNode, path: string, pending: Task[]): unknown {
  const traits = node[TRAITS]
  const values = traits.values(node)
  const isList = traits.kind === 'list'
  const isObject = traits.kind === 'object'
  const target: unknown[] | Record<string, unknown> = isList ? [] : isObject ? { [TYPE_KEY]: typeName(node) } : {}
  const tasks: Task[] = []
  traits.keys(node).forEach((key, i) => {
    const value = values[i]
    // What is left out reads as the default; `undefined` where there is one must be said.
    if (isObject && value === undefined && traits.field(node, key)?.modifiers.hasDefault !== true) return
    // A field named like the type key is escaped as a record key is.
    const name = isList ? key : escapeKey(String(key))
    ;(target as Record<string | number, unknown>)[name] = undefined
    tasks.push({ value, target, key: name, path: appendKey(path, key) })
  })
  for (const task of tasks.reverse()) pending.push(task)
  return target
}
