import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hillClimb } from '../algorithms/index.ts'
import { sample } from '../sample.ts'
import { StoreDamagedError } from '../search/errors.ts'
import type { StudyEvent, StudyMeta } from '../search/event.ts'
import type { Store } from '../search/store.ts'
import type { Study } from '../search/study.ts'
import { oneOf } from '../space/index.ts'
import { recordLine } from './jsonl-record.ts'
import { type DamagedLine, jsonlStore } from './jsonl-store.ts'
import { PROCESS } from './process-name.ts'

const META: StudyMeta = { format: 1, fingerprint: 'f', objectives: { reward: 'max' }, seed: 1, ordered: false }
const LINE_BREAK = 0x0a
const WORKER = { worker: 'w', leaseMs: 60_000 }

let directory = ''
let file = ''
let damages: DamagedLine[] = []
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mitten-jsonl-'))
  file = join(directory, 'study.jsonl')
  damages = []
})
afterEach(() => rmSync(directory, { recursive: true }))

function open(): Store {
  return jsonlStore(directory, { onDamage: (line) => damages.push(line) })
}

interface Values {
  readonly a: number
  readonly b: number
}

function study(trials: number, leaseMs = 60_000): Study<Values> {
  const space: Values = { a: oneOf([0, 1, 2, 3, 4, 5]), b: oneOf([0, 1, 2, 3, 4, 5]) }
  return sample(space, hillClimb(), { trials, seed: 3, store: open(), leaseMs })
}

const reward = ({ a, b }: Values): number => a * b - (a - 3) ** 2

async function outcome(of: Study<Values>): Promise<string[]> {
  return (await of.trials()).map(
    ({ id, dna, status, values }) => `${id} ${String(dna)} ${status} ${values?.['reward']}`,
  )
}

async function events(store: Store, since = 0): Promise<StudyEvent[]> {
  const found: StudyEvent[] = []
  for await (const event of store.read('study', since)) found.push(event)
  return found
}

/** Signs all lines of the file anew, as by a process that is gone. */
function bury(): void {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  const buried = lines.map((line) => {
    const { record } = JSON.parse(line) as { record: { worker?: string } }
    const worker = record.worker?.replace(PROCESS, GONE)
    return recordLine(worker === undefined ? record : { ...record, worker })
  })
  writeFileSync(file, buried.join(''))
}

const GONE = `${PROCESS.split(':')[0]}:999999999:1:x`

describe('[D5] a file whose last record was cut short', () => {
  it('resumes to the same trials, wherever the cut is', async () => {
    const whole = await outcome(await study(6).run(reward))
    bury()
    const bytes = readFileSync(file)
    const lines = bytes.toString('utf8').split('\n').slice(0, -1)
    // The last two records: a proposal, and the end of the last trial.
    const start = bytes.length - Buffer.byteLength(`${lines.slice(-2).join('\n')}\n`)
    for (let end = start; end <= bytes.length; end++) {
      writeFileSync(file, bytes.subarray(0, end))
      damages = []
      const resumed = study(6)
      await resumed.run(reward)
      expect(await outcome(resumed), `cut at byte ${end - start}`).toEqual(whole)
      // Cut off between records, or before a line break alone, nothing is amiss.
      const isWhole = bytes[end - 1] === LINE_BREAK || bytes[end] === LINE_BREAK
      const line = bytes.subarray(0, end).toString('utf8').split('\n').length
      expect(damages).toEqual(isWhole ? [] : [{ path: file, line, isTorn: true }])
      // What follows the torn line is whole again, and nobody complains of it ever after.
      damages = []
      expect(await outcome(study(6))).toEqual(whole)
      expect(damages).toEqual([])
    }
  })

  it('counts a record that lacks the line break alone', async () => {
    const store = open()
    await store.open('study', META)
    await store.append('study', 0, [{ type: 'proposed', trial: 0, at: 1, dna: '0', told: 0 }], WORKER)
    truncateSync(file, readFileSync(file).length - 1)
    const again = open()
    expect(await again.open('study', META)).toEqual({ sequence: 1, meta: META })
    await again.append('study', 1, [{ type: 'proposed', trial: 1, at: 1, dna: '1', told: 0 }], WORKER)
    for (const one of [store, again, open()]) {
      await one.open('study', META)
      expect((await events(one)).map(({ trial }) => trial)).toEqual([0, 1])
    }
    expect(damages).toEqual([])
  })

  it('begins anew if it is empty, or if the first line is not whole', async () => {
    const header = recordLine({ type: 'study', meta: META })
    for (const length of [0, 1, 20, header.length - 3]) {
      writeFileSync(file, header.slice(0, length))
      const other = { ...META, seed: 2 }
      expect(await open().open('study', other)).toEqual({ sequence: 0, meta: other })
      expect(await open().open('study', META)).toEqual({ sequence: 0, meta: other })
    }
  })

  it('is joined if it has a first line only', async () => {
    writeFileSync(file, recordLine({ type: 'study', meta: META }))
    expect(await open().open('study', { ...META, seed: 5 })).toEqual({ sequence: 0, meta: META })
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2)
  })
})

describe('[D1] a damaged file', () => {
  it.each(['lost', 'changed', 'overwritten'])(
    'with events %s is an error that names the line, each time',
    async (how) => {
      await study(5).run(reward)
      const lines = readFileSync(file, 'utf8').split('\n')
      // Line 1 says what the study is about; every other one has an event. The last is dealt with below.
      for (let at = 1; at < lines.length - 2; at++) {
        const damaged = lines.with(at, how === 'changed' ? (lines[at] as string).replace('"at":', '"At":') : 'x')
        writeFileSync(file, (how === 'lost' ? lines.toSpliced(at, 1) : damaged).join('\n'))
        const store = open()
        for (let time = 0; time < 2; time++) {
          const error: unknown = await store.open('study', META).catch((reason: unknown) => reason)
          expect(error).toBeInstanceOf(StoreDamagedError)
          expect((error as StoreDamagedError).path).toBe(`${file}:${at + 1}`)
        }
        await expect(study(5).trials()).rejects.toThrow(StoreDamagedError)
      }
    },
  )

  it('whose last record is damaged says so, and does the trial again', async () => {
    const whole = await outcome(await study(5).run(reward))
    bury()
    const lines = readFileSync(file, 'utf8').split('\n')
    const last = lines.length - 2
    writeFileSync(file, lines.with(last, (lines[last] as string).replace('"status":"ok"', '"status":"kk"')).join('\n'))
    const resumed = study(5)
    let evaluations = 0
    await resumed.run((program) => {
      evaluations++
      return reward(program)
    })
    expect(damages).toEqual([{ path: file, line: last + 1, isTorn: false }])
    expect(evaluations).toBe(1)
    expect(await outcome(resumed)).toEqual(whole)
  })

  it('whose leases are damaged is as good as whole', async () => {
    await study(3).run(reward)
    appendFileSync(file, '{"sum":"00000000","record":{"type":"renew"}}\n')
    const resumed = study(4)
    await resumed.run(reward)
    expect(damages).toEqual([{ path: file, line: 8, isTorn: false }])
    expect(await resumed.trials()).toHaveLength(4)
  })

  it('whose first line is damaged is refused', async () => {
    await study(2).run(reward)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('"format":1', '"format":7'))
    await expect(open().open('study', META)).rejects.toMatchObject({ code: 'store-damaged', path: `${file}:1` })
  })

  it.each(['hello', 'hello\n', '{"name":"x"}\n', '\u0000\u0001\n', 'id,reward\n0,1\n', '\ufeff{}'])(
    'that is no study (%j) is refused, and left as it is',
    async (text) => {
      writeFileSync(file, text)
      const store = open()
      await expect(store.open('study', META)).rejects.toThrow(StoreDamagedError)
      await expect(store.open('study', META)).rejects.toThrow(StoreDamagedError)
      expect(readFileSync(file, 'utf8')).toBe(text)
    },
  )

  it('is read with the line breaks of another system', async () => {
    const first = await outcome(await study(4).run(reward))
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
    const resumed = study(8)
    await resumed.run(reward)
    expect((await outcome(resumed)).slice(0, 4)).toEqual(first)
    expect(await resumed.trials()).toHaveLength(8)
    expect(damages).toEqual([])
  })

  it('is warned of by the process if nobody else listens', async () => {
    await study(2).run(reward)
    appendFileSync(file, '{"sum"')
    const warning = new Promise<Error>((resolve) => process.once('warning', resolve))
    await jsonlStore(directory).open('study', META)
    expect((await warning).message).toBe(`${file}: line 6 was cut short by a crash and is left out.`)
  })
})

describe('[D1] events of a file', () => {
  it('are there for readers far behind as for those who keep up', async () => {
    const [writer, follower, late] = [open(), open(), open()]
    for (const store of [writer, follower, late]) await store.open('study', META)
    const TRIALS = 12_000
    let followed = 0
    for (let trial = 0; trial < TRIALS; trial += 100) {
      const batch = Array.from({ length: 100 }, (_, i): StudyEvent => {
        return { type: 'proposed', trial: trial + i, at: 1, dna: String(trial + i), told: 0 }
      })
      await writer.append('study', trial, batch, WORKER)
      for (const event of await events(follower, followed)) expect(event.trial).toBe(followed++)
    }
    expect(followed).toBe(TRIALS)
    // One that has read nothing yet, one that has read long ago, and one that opens it now.
    for (const store of [late, follower, writer, open()]) {
      await store.open('study', META)
      for (const since of [0, 5, TRIALS - 3, TRIALS]) {
        expect((await events(store, since)).map(({ trial }) => trial)).toEqual(
          Array.from({ length: TRIALS - since }, (_, i) => since + i),
        )
      }
    }
  })

  it('wait for the disk on demand', async () => {
    const store = jsonlStore(directory, { durable: true })
    await store.open('study', META)
    expect(await store.append('study', 0, [{ type: 'proposed', trial: 0, at: 1, dna: '0', told: 0 }], WORKER)).toEqual({
      sequence: 1,
    })
  })
})

describe('[D3] leases on file', () => {
  it('of a process that is gone are free at once; of another machine, when they run out', async () => {
    for (const [holder, claimed] of [
      [GONE, 0],
      ['elsewhere:1:1:x', undefined],
    ] as const) {
      rmSync(file, { force: true })
      const store = open()
      await store.open('study', META)
      const signed = { worker: `${holder} w`, leaseMs: 60_000, at: Date.now(), n: 0 }
      const proposed = { type: 'proposed', trial: 0, at: 1, dna: '0', told: 0 }
      appendFileSync(file, recordLine({ type: 'events', sequence: 0, events: [proposed], ...signed }))
      expect(await store.claim('study', WORKER)).toBe(claimed)
    }
  })

  it('may last as long as the worker', async () => {
    const store = open()
    await store.open('study', META)
    const lasting = { worker: 'w', leaseMs: Infinity }
    await store.append('study', 0, [{ type: 'proposed', trial: 0, at: 1, dna: '0', told: 0 }], lasting)
    const other = open()
    await other.open('study', META)
    expect(await other.claim('study', { worker: 'other', leaseMs: 1000 })).toBe(undefined)
    expect(await store.renew('study', 0, { ...lasting, leaseMs: 0 })).toBe(true)
    expect(await other.claim('study', { worker: 'other', leaseMs: 1000 })).toBe(0)
  })
})
