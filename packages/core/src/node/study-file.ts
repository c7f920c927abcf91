import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { parseLine, type ParsedLine, recordLine } from './jsonl-record.ts'

/** A line of a file, read. */
export type FileLine = ParsedLine & {
  /** From 1. */
  readonly line: number
  /** Whether it is the last, without a line break. */
  readonly isOpen: boolean
}

/** Bytes read at once. */
const CHUNK = 1 << 20
const LINE_BREAK = 0x0a

/**
 * A file of records that several processes append to at once.
 *
 * Every record goes out in a single write in append mode, which the system carries out as a whole; records are then read
 * back in the one order in which they lie in the file. A write that a crash cut short leaves a torn line at the end, which
 * the next write cuts off by a line break. It is not erased, since another process may be writing.
 */
export class StudyFile {
  readonly path: string
  private readonly descriptor: number
  private readonly durable: boolean
  /** Up to here the file has been read, in bytes. */
  private position = 0
  private lines = 0
  /** Whether what was read last was a whole record but for its line break, which is still to come. */
  private isMidLine = false
  /** Where the torn end that was handed out last begins, so that it is handed out once. */
  private tornAt = -1

  /** @param durable - whether each write waits until the disk has it */
  constructor(path: string, durable: boolean) {
    this.path = path
    this.durable = durable
    this.descriptor = openSync(path, 'a+')
  }

  /** The lines that have come to the file since the last call, in order; an end that is torn comes once. */
  *readNew(): Generator<FileLine> {
    const size = fstatSync(this.descriptor).size
    let rest: Buffer = Buffer.alloc(0)
    let at = this.position
    while (at < size) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size - at))
      const count = readSync(this.descriptor, chunk, 0, chunk.length, at)
      if (count === 0) break
      at += count
      const read = chunk.subarray(0, count)
      rest = yield* this.takeLines(rest.length === 0 ? read : Buffer.concat([rest, read]))
    }
    if (rest.length > 0) yield* this.takeEnd(rest, size)
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
  private *takeLines(buffer: Buffer): Generator<FileLine, Buffer> {
    let start = 0
    for (let end = buffer.indexOf(LINE_BREAK); end !== -1; end = buffer.indexOf(LINE_BREAK, start)) {
      const text = buffer.toString('utf8', start, end)
      const wasHandedOut = this.tornAt === this.position
      const isRestOfLine = this.isMidLine
      this.position += end + 1 - start
      this.isMidLine = false
      if (!isRestOfLine) this.lines++
      start = end + 1
      if (text === '' || text === '\r') continue
      const parsed = parseLine(text)
      // It was torn when last seen; if it still is, that has been said.
      if (!wasHandedOut || parsed.kind === 'record') yield { ...parsed, line: this.lines, isOpen: false }
    }
    return buffer.subarray(start)
  }

  /** Takes what has no line break yet: either somebody is writing it this moment, or nobody ever will. */
  private *takeEnd(rest: Buffer, size: number): Generator<FileLine> {
    const parsed = parseLine(rest.toString('utf8'))
    if (parsed.kind === 'record') {
      this.position += rest.length
      this.lines++
      this.isMidLine = true
    } else if (this.tornAt === this.position || fstatSync(this.descriptor).size !== size) return
    else this.tornAt = this.position
    yield { ...parsed, line: this.isMidLine ? this.lines : this.lines + 1, isOpen: true }
  }

  private endsTorn(): boolean {
    const { size } = fstatSync(this.descriptor)
    if (size === 0) return false
    const last = Buffer.allocUnsafe(1)
    readSync(this.descriptor, last, 0, 1, size - 1)
    return last[0] !== LINE_BREAK
  }
}
