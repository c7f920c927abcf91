import { describe, expect, it } from 'vitest'
import { exampleRun } from './example-run.ts'
import { runLine, summaryLine } from './json-lines.ts'

describe('the JSON lines', () => {
  it('say of a run what it found, on one line', () => {
    const line = runLine(exampleRun({ values: [90, 91.5533333333] }))
    expect(line).not.toContain('\n')
    expect(JSON.parse(line)).toEqual({
      algorithm: 'random',
      seed: 1,
      dataset: 'cifar10',
      trials: 100,
      complete: true,
      best: '|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|',
      foundAtTrial: 10,
      validation: 91.553333,
      test: 94.3633,
      regret: 0.053333,
      rank: 2,
      hit: false,
      milliseconds: 50,
      digest: '0123456789abcdef',
    })
  })

  it('end with the summary', () => {
    expect(JSON.parse(summaryLine([exampleRun()]))).toEqual({
      summary: [expect.objectContaining({ algorithm: 'random', trials: 100, seeds: 1 })],
    })
    expect(summaryLine([])).toBe('{"summary":[]}')
  })
})
