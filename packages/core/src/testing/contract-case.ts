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

/** Fails unless both print the same as JSON (bigints and infinities by their text). */
export function expectEqual(found: unknown, expected: unknown, what: string): void {
  const [left, right] = [print(found), print(expected)]
  if (left !== right) throw new ContractError(`${what}: expected ${right}, found ${left}`)
}

/** Fails unless `condition` holds. */
export function expectThat(condition: boolean, what: string): void {
  if (!condition) throw new ContractError(what)
}

function print(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'bigint' || (typeof item === 'number' && !Number.isFinite(item)) ? String(item) : item,
    ) ?? String(value)
  )
}
