/** All rows. */
import { coreRows } from './core-rows.ts'
import { packageRows } from './package-rows.ts'
import type { Row } from './row.ts'
import { searchRows } from './search-rows.ts'
import { spaceRows } from './space-rows.ts'
import { suiteNames, type SuiteName } from './suite-name.ts'

const suites: Readonly<Record<SuiteName, readonly Row[]>> = {
  core: coreRows,
  space: spaceRows,
  search: searchRows,
  package: packageRows,
}

/** The rows of some suites, in the order of the table. */
export function rowsOf(names: readonly SuiteName[]): readonly Row[] {
  return names.flatMap((name) => suites[name])
}

/** The row of that name, in whichever suite it is. */
export function rowNamed(name: string): Row | undefined {
  return rowsOf(suiteNames).find((row) => row.name === name)
}
