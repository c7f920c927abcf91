import { describe, expect, test } from 'vitest'
import { repeat, sink, timeOperation } from './timing.ts'

/** A machine on which an operation takes exactly as long as it is told to. */
function machine() {
  let now = 0
  return {
    clock: () => now,
    work(seconds: number): void {
      now += seconds
    },
    get now() {
      return now
    },
  }
}

describe('timeOperation', () => {
  test.each([3e-8, 1e-5, 0.25])('finds that an operation takes %d s', (cost) => {
    const m = machine()
    const options = { clock: m.clock, batchSeconds: 1e-4, warmUpSeconds: 1e-3, seconds: 1e-2 }
    const measured = timeOperation(() => (m.work(cost), 1), options)
    expect(measured.value).toBeCloseTo(cost, 12)
    expect(measured.spread).toBeCloseTo(0, 6)
  })

  test('leaves the time of the first, slow operations and of the preparation out', () => {
    const m = machine()
    let calls = 0
    const prepared: number[] = []
    const measured = timeOperation(() => (m.work(calls++ < 20 ? 1e-4 : 1e-6), 1), {
      clock: m.clock,
      batchSeconds: 1e-4,
      warmUpSeconds: 0.05,
      seconds: 0.05,
      mostOperations: 50,
      prepare: (count) => {
        prepared.push(count)
        m.work(1e-3)
      },
    })
    expect(measured.value).toBeCloseTo(1e-6, 10)
    expect(Math.max(...prepared)).toBe(50)
  })

  test('is not moved by a batch in which the machine did something else', () => {
    const m = machine()
    let calls = 0
    const measured = timeOperation(() => (m.work(++calls % 997 === 0 ? 0.1 : 1e-3), 1), {
      clock: m.clock,
      warmUpSeconds: 0.1,
      seconds: 3,
    })
    expect(measured.value).toBeCloseTo(1e-3, 9)
  })

  test('takes at least the fewest batches, however long they are', () => {
    const m = machine()
    timeOperation(() => (m.work(1), 1), { clock: m.clock, warmUpSeconds: 0, seconds: 0.001, fewestBatches: 7 })
    // Two calibrations, then the batches, one operation in each.
    expect(m.now).toBe(9)
  })

  test('keeps what the operations returned', () => {
    const before = sink.total
    const m = machine()
    timeOperation(() => (m.work(1), 5), { clock: m.clock, warmUpSeconds: 0, seconds: 0, fewestBatches: 1 })
    expect(sink.total - before).toBe(15)
  })
})

test('repeat counts from zero and sums', () => {
  expect(repeat((i) => i * 10, 4)).toBe(60)
  expect(repeat(() => 1, 0)).toBe(0)
})
