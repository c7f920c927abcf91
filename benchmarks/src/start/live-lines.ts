/** What is needed of a terminal: `process.stdout`, or a recorder in a test. */
export interface TerminalStream {
  write(text: string): unknown
}

const HIDE_CURSOR = '\u001B[?25l'
const SHOW_CURSOR = '\u001B[?25h'
const ERASE_LINE = '\u001B[K'
const ERASE_BELOW = '\u001B[J'

/** Lines at the end of a terminal's output that are written over in place. */
export class LiveLines {
  readonly #stream: TerminalStream
  #drawn = 0

  constructor(stream: TerminalStream) {
    this.#stream = stream
  }

  /** Shows these lines instead of those before; none may be wider than the terminal. One write, so nothing flickers. */
  draw(lines: readonly string[]): void {
    const back = this.#drawn > 0 ? `\u001B[${this.#drawn}A` : HIDE_CURSOR
    this.#stream.write(`${back}${lines.map((line) => `\r${line}${ERASE_LINE}\n`).join('')}${ERASE_BELOW}`)
    this.#drawn = lines.length
  }

  /** Leaves the last lines standing and gives the cursor back. Safe to call at any time, and twice. */
  end(): void {
    if (this.#drawn > 0) this.#stream.write(SHOW_CURSOR)
    this.#drawn = 0
  }
}
