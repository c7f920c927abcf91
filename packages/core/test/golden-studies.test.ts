import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

// A row that changes means that studies on record can't be gone on with: a decision for a changelog, not a thing to mend here.
it('[T3] a seed gives the trials that are on record, in a process of its own', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [fileOf('programs/golden-studies.mjs')])
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  expect(rows).toEqual(JSON.parse(readFileSync(fileOf('golden/studies.json'), 'utf8')))
})
