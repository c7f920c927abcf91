import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PeerUnavailableError, preparePyglove, startPeer } from './pyglove-peer.ts'

// A shell script stands in for Python, so that these tests need none.
describe.skipIf(process.platform === 'win32')('the PyGlove peer', () => {
  let folder: string
  const path = process.env['PATH']

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mitten-peer-'))
    process.env['PATH'] = folder
  })
  afterEach(async () => {
    process.env['PATH'] = path
    await rm(folder, { recursive: true })
  })

  async function script(name: string, ...lines: string[]): Promise<string> {
    const file = join(folder, name)
    await writeFile(file, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 })
    return file
  }
  const prepare = () => preparePyglove(() => expect.fail('should not begin to make an environment'))

  test('is unavailable without Python', async () => {
    await expect(prepare()).rejects.toThrow(PeerUnavailableError)
    await expect(prepare()).rejects.toThrow('Python 3 was not found')
  })

  test('is unavailable where Python is Python 2', async () => {
    await script('python', 'echo 2.7.18')
    await expect(prepare()).rejects.toThrow('Python 3 was not found')
  })

  test('is unavailable where Python has no venv', async () => {
    await script('python3', 'case "$2" in *platform*) echo 3.12.1 ;; *) exit 1 ;; esac')
    await expect(prepare()).rejects.toThrow('Python 3.12.1 has no venv module (Debian has it in python3-venv)')
  })

  test('answers rows one after the other', async () => {
    const python = await script(
      'fake',
      `echo '{"peer": "pyglove 9", "python": "3.12.1", "rows": ["clone", "hash", "equals"]}'`,
      `read row; echo '{"name": "clone", "seconds": 0.5, "check": 64}'`,
      `read row; echo '{"name": "hash", "seconds": 0.25, "check": null}'`,
      `read row; echo '{"name": "equals", "error": "TypeError: no"}'`,
    )
    const peer = await startPeer(python)
    expect([peer.name, peer.python]).toEqual(['pyglove 9', '3.12.1'])
    expect(await peer.measure('growth-random')).toBe('no such row')
    expect(await peer.measure('clone')).toEqual({ measured: { value: 0.5, check: 64 } })
    expect(await peer.measure('hash')).toEqual({ measured: { value: 0.25 } })
    expect(await peer.measure('equals')).toEqual({ error: 'TypeError: no' })
    await expect(peer.measure('clone')).rejects.toThrow("PyGlove's process ended early")
    peer.close()
  })

  test('that cannot start says why in its own words', async () => {
    const python = await script('fake', 'echo "ModuleNotFoundError: pyglove" >&2', 'exit 1')
    await expect(startPeer(python)).rejects.toThrow('ModuleNotFoundError: pyglove')
    await expect(startPeer(join(folder, 'missing'))).rejects.toThrow('ENOENT')
  })
})
