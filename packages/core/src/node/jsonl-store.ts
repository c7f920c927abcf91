import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { StoreDamagedError } from '../search/errors.ts'
import type { StudyEvent, StudyMeta } from '../search/event.ts'
import { LeaseTable } from '../search/lease-table.ts'
import { unopenedError } from '../search/memory-store.ts'
import type { Claim, Store } from '../search/store.ts'
import { type DamagedLine, StudyFile } from './study-file.ts'

/** How a store of files behaves. */
export interface JsonlStoreOptions {
  /**
   * Whether every event waits until the disk has it. Without it (the default) a crash of the program loses nothing, a
   * crash of the machine perhaps the last moments.
   */
  readonly durable?: boolean
  /** Is told of lines that could not be read. By default a warning of the process. */
  readonly onDamage?: (damaged: DamagedLine) => void
}

/**
 * A store in JSON Lines files, one a study, in a directory that is made if need be.
 *
 * A search that was killed resumes from its file to the same trials. Several processes on one machine may share a study:
 * they append to the file and agree by the order of its lines; no lock is held, so none can be left behind. A torn last
 * line is reported and cut off; other damage is an error that names the line. On network drives whose appends are not
 * atomic use a database.
 *
 * @param directory - where the files lie; a study's is named after it
 */
export function jsonlStore(directory: string, options: JsonlStoreOptions = {}): Store {
  return new JsonlStore(directory, options)
}

/** What a line says. `at` and `until` are milliseconds since 1970; `by` and `n` name the one who wrote it. */
type Line =
  | { readonly type: 'study'; readonly meta: StudyMeta }
  | (Signed & { readonly type: 'events'; readonly sequence: number; readonly events: readonly StudyEvent[] })
  | (Signed & { readonly type: 'claim'; readonly trial: number; readonly over?: string })
  | (Signed & { readonly type: 'renew'; readonly trial: number })

interface Signed {
  readonly worker: string
  readonly leaseMs: number
  readonly at: number
  readonly n: number
}

/** Events are kept in memory for readers that are a little behind; who is further behind reads the file again. */
const KEPT = 4096

class JsonlStore implements Store {
  private readonly directory: string
  private readonly options: JsonlStoreOptions
  private readonly studies = new Map<string, StudyOnFile>()

  constructor(directory: string, options: JsonlStoreOptions) {
    this.directory = directory
    this.options = options
  }

  async open(name: string, meta: StudyMeta): Promise<{ sequence: number; meta: StudyMeta }> {
    let study = this.studies.get(name)
    if (study === undefined) {
      mkdirSync(this.directory, { recursive: true })
      // Any text is a name; in a file name only what every file system takes is left as it is.
      const path = join(this.directory, `${encodeURIComponent(name).replaceAll('*', '%2A')}.jsonl`)
      study = new StudyOnFile(path, this.options)
      this.studies.set(name, study)
    }
    return study.open(meta)
  }

  async append(
    name: string,
    expected: number,
    events: readonly StudyEvent[],
    claim: Claim,
  ): Promise<{ sequence: number } | 'conflict' | 'lost'> {
    return this.study(name).append(expected, events, claim)
  }

  async *read(name: string, since: number): AsyncGenerator<StudyEvent> {
    yield* this.study(name).read(since)
  }

  async claim(name: string, claim: Claim): Promise<number | undefined> {
    return this.study(name).claim(claim)
  }

  async renew(name: string, trial: number, claim: Claim): Promise<boolean> {
    return this.study(name).renew(trial, claim)
  }

  private study(name: string): StudyOnFile {
    const study = this.studies.get(name)
    if (study !== undefined) return study
    throw unopenedError(name)
  }
}

/** What the lines of one file make of a study. Every process that reads them comes to the same result. */
class StudyOnFile {
  private readonly file: StudyFile
  private readonly options: JsonlStoreOptions
  private readonly path: string
  private meta: StudyMeta | undefined
  private sequence = 0
  private leases = new LeaseTable()
  private kept: StudyEvent[] = []
  /** The line that is being written, and whether it counted where it came to stand. */
  private awaited: { readonly n: number; counts: boolean } | undefined = undefined

  constructor(path: string, options: JsonlStoreOptions) {
    this.path = path
    this.options = options
    this.file = new StudyFile(path, options.durable === true, options.onDamage ?? warn)
  }

  open(meta: StudyMeta): { sequence: number; meta: StudyMeta } {
    this.readOn()
    if (this.meta === undefined) {
      this.file.append({ type: 'study', meta } satisfies Line)
      this.readOn()
    }
    // Of several processes that begin a study at once, the first line decides.
    return { sequence: this.sequence, meta: this.meta ?? meta }
  }

  append(expected: number, events: readonly StudyEvent[], claim: Claim): { sequence: number } | 'conflict' | 'lost' {
    this.readOn()
    if (this.sequence !== expected) return 'conflict'
    const line = this.sign(claim)
    if (this.leases.refuses(events, line.worker, line.at)) return 'lost'
    const isHeard = this.write({ type: 'events', sequence: expected, events, ...line })
    if (isHeard) return { sequence: expected + events.length }
    return this.sequence === expected ? 'lost' : 'conflict'
  }

  *read(since: number): Generator<StudyEvent> {
    this.readOn()
    const first = this.sequence - this.kept.length
    if (since >= first) {
      yield* this.kept.slice(since - first)
      return
    }
    const again = new StudyOnFile(this.path, { ...this.options, onDamage: () => undefined })
    try {
      yield* again.readAll().slice(since)
    } finally {
      again.file.close()
    }
  }

  claim(claim: Claim): number | undefined {
    for (;;) {
      this.readOn()
      const line = this.sign(claim)
      const trial = this.leases.findFree(line.at, isDead)
      if (trial === undefined) return undefined
      // That a holder is dead is seen here, and said in the line, so that all who read it agree.
      const holder = this.leases.holder(trial)
      const over = holder !== undefined && isDead(holder) ? { over: holder } : {}
      if (this.write({ type: 'claim', trial, ...over, ...line })) return trial
    }
  }

  renew(trial: number, claim: Claim): boolean {
    this.readOn()
    const line = this.sign(claim)
    if (this.leases.holder(trial) !== line.worker) return false
    return this.write({ type: 'renew', trial, ...line })
  }

  private readAll(): StudyEvent[] {
    const events: StudyEvent[] = []
    for (const line of this.file.readNew() as Line[])
      if (this.hear(line) && line.type === 'events') events.push(...line.events)
    return events
  }

  private readOn(): void {
    for (const line of this.file.readNew() as Line[]) this.hear(line)
    if (this.kept.length > 2 * KEPT) this.kept = this.kept.slice(-KEPT)
  }

  /** Writes a line and reads on; says whether it counted where it came to stand. */
  private write(line: Line & Signed): boolean {
    const awaited = (this.awaited = { n: line.n, counts: false })
    this.file.append(line)
    this.readOn()
    this.awaited = undefined
    return awaited.counts
  }

  /** Takes note of a line; says whether it counts, which depends on the lines before it alone. */
  private hear(line: Line): boolean {
    const counts = this.apply(line)
    const isOurs = line.type !== 'study' && line.n === this.awaited?.n && processOf(line.worker) === PROCESS
    if (isOurs && this.awaited !== undefined) this.awaited.counts = counts
    return counts
  }

  private apply(line: Line): boolean {
    switch (line.type) {
      case 'study':
        this.meta ??= line.meta
        return true
      case 'claim':
        return this.leases.grant(line.trial, line, line.at, line.over)
      case 'renew':
        return this.leases.renew(line.trial, line, line.at)
      case 'events': {
        if (line.sequence > this.sequence) throw this.gap(line.sequence)
        if (line.sequence < this.sequence || this.leases.refuses(line.events, line.worker, line.at)) return false
        for (const event of line.events) {
          this.leases.apply(event, line, line.at)
          this.kept.push(event)
        }
        this.sequence += line.events.length
        return true
      }
    }
  }

  private sign({ worker, leaseMs }: Claim): Signed {
    // JSON has no infinity: a lease for as long as a process lives is one of a hundred years, void when the process is dead.
    const lasting = Number.isFinite(leaseMs) ? leaseMs : 3e12
    return { worker: `${PROCESS} ${worker}`, leaseMs: lasting, at: Date.now(), n: lines++ }
  }

  private gap(sequence: number): StoreDamagedError {
    return new StoreDamagedError({
      path: this.path,
      expected: `event ${this.sequence}`,
      got: sequence,
      gotText: `event ${sequence}, with those between them missing or damaged`,
      remedy: 'restore the file from a copy, or keep the lines before the damaged one to resume from there',
    })
  }
}

/** How many lines this process has written, to all its files. */
let lines = 0

/** This process among all that ever wrote to a file: host, process id, and chance against ids that come again. */
const PROCESS = `${hostname()}:${process.pid}:${Math.random().toString(36).slice(2, 10)}`

function processOf(worker: string): string {
  return worker.slice(0, worker.indexOf(' '))
}

/** Whether a worker's process is known to be gone. One on another machine never is. */
function isDead(worker: string): boolean {
  const name = processOf(worker)
  if (name === PROCESS) return false
  const [host, pid] = name.split(':')
  if (host !== hostname()) return false
  // An id that is ours now was somebody else's before.
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as { code?: string }).code === 'ESRCH'
  }
}

function warn({ line, path, isTorn }: DamagedLine): void {
  const what = isTorn ? 'was cut short by a crash and is left out' : 'is damaged and is left out'
  process.emitWarning(`${path}: line ${line} ${what}.`, 'MittenStoreWarning')
}
