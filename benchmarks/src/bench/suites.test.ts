import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { suiteNames } from './suite-name.ts'
import { rowNamed, rowsOf } from './suites.ts'

const peers = join(import.meta.dirname, '..', '..', 'peers')
const names = rowsOf(suiteNames).map((row) => row.name)

describe('suites', () => {
  test('no two rows have the same name', () => {
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(rowNamed(name)?.name).toBe(name)
    expect(rowNamed('nothing')).toBeUndefined()
  })

  test('the description of the workloads has every row', () => {
    const readme = readFileSync(join(peers, 'README.md'), 'utf8')
    const described = [...readme.matchAll(/`([a-z]+(?:-[a-z0-9]+)*)`/g)].map((match) => match[1])
    for (const name of names) expect(described).toContain(name)
  })

  test("every row of the peer's is one of ours", () => {
    const program = readFileSync(join(peers, 'pyglove', 'rows.py'), 'utf8')
    const table = program.slice(program.indexOf('ROWS = {'))
    const theirs = [...table.matchAll(/^ {4}'([a-z0-9-]+)':/gm)].map((match) => match[1])
    expect(theirs.length).toBeGreaterThan(10)
    for (const name of theirs) expect(names).toContain(name)
  })
})
