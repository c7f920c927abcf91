import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { parseLine, recordLine } from './jsonl-record.ts'

/** A line that could not be read. */
export interface DamagedLine {
  /** From 1. */
  readonly line: number
  /** The file. */
  readonly path: string
  /** Whether it is the last of the file, without a line break: a write that was cut short. */
  readonly isTorn: boolean
}

/** Bytes read at once. */
const CHUNK = 1 << 20
const LINE_BREAK = 0x0a

/**
 * A file of records that several processes append to at once.
 *
 * Every record goes out in a single write in append mode, which the system carries out as a whole; records are then read
 * back in the one order in which they lie in the file. A write that a crash cut short leaves a torn line at the end: it is
 * reported, and cut off from what follows by a line break. It is not erased, since another process may be writing.
 */
export class StudyFile {
  readonly path: string
  private readonly descriptor: number
  private readonly report: (damaged: DamagedLine) => void
  private readonly durable: boolean
  /** Up to here the file has been read, in bytes. */
  private position = 0
  private lines = 0
  /** Where the torn line that was reported last begins, so that it is reported once. */
  private reportedTornAt = -1

  /** @param durable - whether each write waits until the disk has it */
  constructor(path: string, durable: boolean, report: (damaged: DamagedLine) => void) {
    this.path = path
    this.durable = durable
    this.report = report
    this.descriptor = openSync(path, 'a+')
  }

  /** Records that have come to the file since the last call, in order. */
  readNew(): unknown[] {
    const size = fstatSync(this.descriptor).size
    const records: unknown[] = []
    let rest: Buffer = Buffer.alloc(0)
    let at = this.position
    while (at < size) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size - at))
      const count = readSync(this.descriptor, chunk, 0, chunk.length, at)
      if (count === 0) break
      at += count
      const read = chunk.subarray(0, count)
      rest = this.takeLines(rest.length === 0 ? read : Buffer.concat([rest, read]), records)
    }
    // What is left has no line break yet: either somebody is writing it this moment, or nobody ever will.
    if (rest.length > 0 && this.reportedTornAt !== this.position && !this.isGrowing(size)) {
      this.reportedTornAt = this.position
      this.report({ line: this.lines + 1, path: this.path, isTorn: true })
    }
    return records
  }

  /** Appends a record. What comes before it in the file may be news: read on to see where it stands. */
  append(record: unknown): void {
    const line = Buffer.from(this.endsTorn() ? `\n${recordLine(record)}` : recordLine(record))
    for (let written = 0; written < line.length;) written += writeSync(this.descriptor, line, written)
    if (this.durable) fsyncSync(this.descriptor)
  }

  close(): void {
    closeSync(this.descriptor)
  }

  /** Takes the whole lines off the front of a buffer and returns what is left. */
  private takeLines(buffer: Buffer, records: unknown[]): Buffer {
    let start = 0
    for (let end = buffer.indexOf(LINE_BREAK); end !== -1; end = buffer.indexOf(LINE_BREAK, start)) {
      const line = buffer.toString('utf8', start, end)
      const isReported = this.reportedTornAt === this.position
      this.position += end + 1 - start
      this.lines++
      start = end + 1
      if (line === '') continue
      const record = parseLine(line)
      if (record !== undefined) records.push(record)
      else if (!isReported) this.report({ line: this.lines, path: this.path, isTorn: false })
    }
    return buffer.subarray(start)
  }

  private isGrowing(size: number): boolean {
    return fstatSync(this.descriptor).size !== size
  }

  private endsTorn(): boolean {
    const { size } = fstatSync(this.descriptor)
    if (size === 0) return false
    const last = Buffer.allocUnsafe(1)
    readSync(this.descriptor, last, 0, 1, size - 1)
    return last[0] !== LINE_BREAK
  }
}
