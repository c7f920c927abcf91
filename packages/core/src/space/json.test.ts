import { expect, it } from 'vitest'
import { format } from '../symbolic/format.ts'
import { fromJSON } from '../symbolic/from-json.ts'
import { Space } from './space.ts'

// Alone in its file: no hyper value may have been made before.
it('[S12] a process that has made no hyper value yet reads spaces from JSON', () => {
  const program = fromJSON({
    a: { _type: 'mitten/OneOf', candidates: [1, { _type: 'mitten/ManyOf', k: 2, candidates: ['x', 'y'] }] },
    b: { _type: 'mitten/FloatIn', min: 0, max: 1, step: 0.5 },
    c: { _type: 'mitten/IntIn', min: 1, max: 3 },
  })
  const space = Space.of(program)
  expect(space.dna.size).toBe(27n)
  expect(format(space.materialize(space.dna.first()))).toBe('{ a: 1, b: 0, c: 1 }')
})
