import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const program = fileURLToPath(new URL('programs/symbolic-classes.mjs', import.meta.url))
const forbidding = '--disallow-code-generation-from-strings'

/** What a Node of its own says. */
async function run(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return stdout
}

it('[S1] a program runs the same where code may not be made from text', async () => {
  await expect(run(forbidding, '--eval', 'new Function("")')).rejects.toThrow('Code generation from strings disallowed')
  const [usual, strict] = await Promise.all([run(program), run(forbidding, program)])
  expect(strict).toBe(usual)
  expect(strict.trimEnd().split('\n')).toEqual([
    "Net({ layers: [Layer({ size: 2, act: 'relu' }), Wide({ size: 3, act: 'swish', factor: 1.5 })], rates: {} })",
    "Net({ layers: [Layer({ size: 20, act: 'relu' }), Wide({ size: 3, act: 'swish', factor: 1.5 })], rates: { start: 0.1 } })",
    'OutOfRangeError: layers[1].size: expected an integer of at least 1, got 0.',
    '5 23 6 20',
    expect.stringMatching(/^true [0-9a-f]+$/) as string,
  ])
})
