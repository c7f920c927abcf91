/** Searches in files with workers that are killed at random, for as long as you like: `node soak.ts [minutes] [seed]`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { causeChaos } from './study-workers.ts'

const [minutes = '10', seed = String(Date.now())] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'mitten-soak-'))
process.stdout.write(`${minutes} minutes with seed ${seed} in ${folder}\n`)
const { rounds, kills, cuts } = await causeChaos(folder, 60 * Number(minutes), Number(seed))
process.stdout.write(`${rounds} studies, ${kills} workers killed, ${cuts} files cut short: every trial once\n`)
rmSync(folder, { recursive: true })
