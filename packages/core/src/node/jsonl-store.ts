import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { StoreDamagedError } from '../search/errors.ts'
import type { StudyEvent, StudyMeta } from '../search/event.ts'
import { LeaseTable } from '../search/lease-table.ts'
import { unopenedError } from '../search/memory-store.ts'
import type { Claim, Store } from '../search/store.ts'
import { isDead, PROCESS } from './process-name.ts'
import { type FileLine, StudyFile } from './study-file.ts'
import { studyFileName } from './study-file-name.ts'

/** A line that could not be read. */
export interface DamagedLine {
  /** The file. */
  readonly path: string
  /** From 1. */
  readonly line: number
  /** Whether it is the last one, cut short as by a crash. */
  readonly isTorn: boolean
}

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
 * they append to the file and agree by the order of its lines; no lock is held, so none can be left behind. The trials of
 * a process that is gone are free at once. On network drives whose appends are not atomic use a database.
 *
 * A last line that was cut short is reported and left out. Damage that takes events away is a StoreDamagedError that names
 * the line; other damage is reported. A file that is no study's is not touched.
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
      study = new StudyOnFile(join(this.directory, studyFileName(name)), this.options)
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
  private readonly leases = new LeaseTable()
  /** The last events. All of them, until somebody has read. */
  private kept: StudyEvent[] = []
  private isRead = false
  /** The last line that could not be read, and whether it looks like a record that was cut short. */
  private unread: FileLine | undefined = undefined
  /** What was found wrong with the file: it stays so. */
  private failure: StoreDamagedError | undefined = undefined
  /** The line that is being written, and whether it counted where it came to stand. */
  private awaited: { readonly n: number; counts: boolean } | undefined = undefined

  constructor(path: string, options: JsonlStoreOptions) {
    this.path = path
    this.options = options
    this.file = new StudyFile(path, options.durable === true)
  }

  open(meta: StudyMeta): { sequence: number; meta: StudyMeta } {
    this.readOn()
    if (this.meta === undefined) {
      // The first line may have been cut short; anything else was not written by a study.
      if (this.unread?.kind === 'damaged') throw this.foreign(this.unread.line)
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
    const counts = this.write({ type: 'events', sequence: expected, events, ...line })
    if (counts) return { sequence: expected + events.length }
    return this.sequence === expected ? 'lost' : 'conflict'
  }

  *read(since: number): Generator<StudyEvent> {
    this.readOn()
    const first = this.sequence - this.kept.length
    if (since >= first) {
      const events = this.kept.slice(since - first)
      this.isRead = true
      this.forget()
      yield* events
      return
    }
    const again = new StudyOnFile(this.path, { ...this.options, onDamage: () => undefined })
    try {
      again.readOn()
      yield* again.kept.slice(since)
    } finally {
      again.file.close()
    }
  }

  claim(claim: Claim): number | undefined {
    for (;;) {
      this.readOn()
      const line = this.sign(claim)
      const trial = this.leases.findFree(line.at, hasDied)
      if (trial === undefined) return undefined
      // That a holder is dead is seen here, and said in the line, so that all who read it agree.
      const holder = this.leases.holder(trial)
      const over = holder !== undefined && hasDied(holder) ? { over: holder } : {}
      if (this.write({ type: 'claim', trial, ...over, ...line })) return trial
    }
  }

  renew(trial: number, claim: Claim): boolean {
    this.readOn()
    const line = this.sign(claim)
    if (this.leases.holder(trial) !== line.worker) return false
    return this.write({ type: 'renew', trial, ...line })
  }

  private readOn(): void {
    if (this.failure !== undefined) throw this.failure
    for (const line of this.file.readNew()) this.take(line)
    this.forget()
  }

  /** Lets go of events that readers who keep up have read. */
  private forget(): void {
    if (this.isRead && this.kept.length > 2 * KEPT) this.kept = this.kept.slice(-KEPT)
  }

  private take(line: FileLine): void {
    if (line.kind === 'record') {
      this.hear(line.record as Line, line.line)
      return
    }
    this.unread = line
    // What a crash cut short is said when it is the end of the file, and not again ever after.
    if (line.kind === 'torn' && !line.isOpen) return
    const { onDamage = warn } = this.options
    onDamage({ path: this.path, line: line.line, isTorn: line.kind === 'torn' })
  }

  /** Writes a line and reads on; says whether it counted where it came to stand. */
  private write(line: Line & Signed): boolean {
    const awaited = (this.awaited = { n: line.n, counts: false })
    this.file.append(line)
    this.readOn()
    this.awaited = undefined
    return awaited.counts
  }

  private hear(line: Line, at: number): void {
    const counts = this.apply(line, at)
    const isOurs = line.type !== 'study' && line.n === this.awaited?.n && processOf(line.worker) === PROCESS
    if (isOurs && this.awaited !== undefined) this.awaited.counts = counts
  }

  /** Takes note of a line; says whether it counts, which depends on the lines before it alone. */
  private apply(line: Line, at: number): boolean {
    switch (line.type) {
      case 'study':
        this.meta ??= line.meta
        return true
      case 'claim':
        return this.leases.grant(line.trial, line, line.at, line.over)
      case 'renew':
        return this.leases.renew(line.trial, line, line.at)
      case 'events': {
        if (this.meta === undefined) throw this.foreign(this.unread?.line ?? at)
        if (line.sequence > this.sequence) throw this.gap(line.sequence, this.unread?.line ?? at)
        if (line.sequence < this.sequence || this.leases.refuses(line.events, line.worker, line.at)) return false
        for (const event of line.events) {
          this.leases.apply(event, line, line.at)
          this.kept.push(event)
        }
        this.sequence += line.events.length
        this.unread = undefined
        return true
      }
    }
  }

  private sign({ worker, leaseMs }: Claim): Signed {
    // JSON has no infinity: a lease for as long as a process lives is one of a hundred years, void when the process is dead.
    const lasting = Number.isFinite(leaseMs) ? leaseMs : 3e12
    return { worker: `${PROCESS} ${worker}`, leaseMs: lasting, at: Date.now(), n: lines++ }
  }

  private gap(found: number, line: number): StoreDamagedError {
    return (this.failure = new StoreDamagedError({
      path: `${this.path}:${line}`,
      expected: `event ${this.sequence}`,
      got: found,
      gotText: `event ${found}, with those between them missing or damaged`,
      remedy: 'restore the file from a copy, or keep the lines before this one to resume from there',
    }))
  }

  private foreign(line: number): StoreDamagedError {
    return (this.failure = new StoreDamagedError({
      path: `${this.path}:${line}`,
      expected: 'a line that says what the study is about',
      got: undefined,
      gotText: 'something else, or a damaged line',
      remedy: 'restore the file from a copy, or give the study another name or directory',
    }))
  }
}

/** How many lines this process has written, to all its files. */
let lines = 0

function processOf(worker: string): string {
  return worker.slice(0, worker.indexOf(' '))
}

function hasDied(worker: string): boolean {
  return isDead(processOf(worker))
}

function warn({ path, line, isTorn }: DamagedLine): void {
  const what = isTorn ? 'was cut short by a crash and is left out' : 'is damaged and is left out'
  process.emitWarning(`${path}: line ${line} ${what}.`, 'MittenStoreWarning')
}
