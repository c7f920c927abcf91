import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isDead, PROCESS } from './process-name.ts'

const [host = '', , start = ''] = PROCESS.split(':')
const hasProc = existsSync('/proc/self/stat')

describe('[D3] whether a process is known to be gone', () => {
  it('is never said of this one, of another thread of it, or of another machine', () => {
    expect(isDead(PROCESS)).toBe(false)
    expect(isDead(`${host}:${process.pid}:${start}:thread`)).toBe(false)
    expect(isDead(`elsewhere:999999999:1:x`)).toBe(false)
  })

  it('is said of one that has ended', async () => {
    const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' })
    const { pid } = child
    await once(child, 'exit')
    expect(isDead(`${host}:${pid}:${start === '' ? '' : '12345'}:x`)).toBe(true)
  })

  it.skipIf(!hasProc)('is said of an earlier process of the same id', () => {
    expect(isDead(`${host}:${process.pid}:${Number(start) - 1}:x`)).toBe(true)
  })

  it.skipIf(!hasProc)('is said of one that was killed but not buried yet', async () => {
    // The program that takes the shell's place knows nothing of the shell's child, and never asks for it.
    const shell = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 20'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [output] = (await once(shell.stdout, 'data')) as [Buffer]
    const id = Number(output.toString())
    const fields = (): string[] =>
      readFileSync(`/proc/${id}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ')
    while (fields()[0] !== 'Z') await new Promise((resolve) => setTimeout(resolve, 5))
    expect(process.kill(id, 0)).toBe(true)
    expect(isDead(`${host}:${id}:${fields()[19]}:x`)).toBe(true)
    shell.kill()
  })
})
