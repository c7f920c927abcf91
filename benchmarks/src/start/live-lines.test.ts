import { describe, expect, it } from 'vitest'
import { LiveLines } from './live-lines.ts'

describe('lines drawn in place', () => {
  it('go back over the lines before, and give the cursor back once', () => {
    const writes: string[] = []
    const lines = new LiveLines({ write: (text) => writes.push(text) })
    lines.end()
    lines.draw(['one', 'two'])
    lines.draw(['three'])
    lines.end()
    lines.end()
    expect(writes).toEqual([
      '\u001B[?25l\rone\u001B[K\n\rtwo\u001B[K\n\u001B[J',
      '\u001B[2A\rthree\u001B[K\n\u001B[J',
      '\u001B[?25h',
    ])
  })
})
