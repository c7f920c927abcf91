/**
 * Measures one row in a process of its own. As a program, `node --expose-gc row-process.js ROW` prints what it measured
 * as one line of JSON; `node --cpu-prof …` in front of the same shows where a row spends its time.
 */
import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import type { Measured, Row } from './row.ts'
import { rowNamed } from './suites.ts'

/**
 * Measures a row in a fresh Node process.
 *
 * @throws Error with the process's own words when it fails
 */
export function measureInProcess(row: Row): Promise<Measured> {
  const child = spawn(process.execPath, ['--expose-gc', import.meta.filename, row.name], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => {
      if (status === 0) resolve(JSON.parse(output) as Measured) // written by this very file, below
      else reject(new Error(`its process ended with ${signal ?? `status ${status}`}\n${complaint.trim()}`))
    })
  })
}

const [, program, name = ''] = process.argv
if (program !== undefined && realpathSync(program) === import.meta.filename) {
  const row = rowNamed(name)
  if (row === undefined) throw new Error(`no row '${name}'; script/bench lists them`)
  console.log(JSON.stringify(await row.measure()))
}
