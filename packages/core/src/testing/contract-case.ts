/** One promise of a contract, as a test that any runner can run. */
export interface ContractCase {
  /** What is promised, as a sentence. */
  readonly name: string
  /** Resolves if it is kept; rejects with an error that says what was expected and what was found. */
  run(): Promise<void>
}

/** A promise that was not kept. */
export class ContractError extends Error {
  /** Tells it from other errors. */
  override readonly name = 'ContractError'
}

/** Fails unless both print the same as JSON, in whatever order keys stand (bigints and infinities by their text). */
export function expectEqual(found: unknown, expected: unknown, what: string): void {
  const [left, right] = [print(found), print(expected)]
  if (left !== right) throw new ContractError(`${what}: expected ${right}, found ${left}`)
}

/** Fails unless `condition` holds. */
export function expectThat(condition: boolean, what: string): void {
  if (!condition) throw new ContractError(what)
}

function print(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => plain(item)) ?? String(value)
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
