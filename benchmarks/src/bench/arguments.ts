import { parseArgs } from 'node:util'
import { suiteNames, type SuiteName } from './suite-name.ts'

/** What the command line asked for. */
export interface Arguments {
  readonly help: boolean
  /** Measure PyGlove beside us. */
  readonly peer: boolean
  /** One JSON object a line instead of a table. */
  readonly json: boolean
  /** The suites to run, in the order of `suiteNames`; all of them unless some were named. */
  readonly suites: readonly SuiteName[]
}

/** The command line cannot be understood; the message says what would be. The program ends with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const usage = `Measures what the library costs; with --peer beside PyGlove, in the same run.

  script/bench [--peer] [--json] [--suite NAME]

  --peer         also run PyGlove's rows (needs Python 3; makes a virtual environment the first time)
  --json         one row a line: {"name", "ours", "unit", "peerName", "peer", "ratio"}; a ratio of 2 means that
                 ours takes half of what the peer takes
  --suite NAME   only this suite: ${suiteNames.join(', ')} (may be repeated)
  --help         this text`

/**
 * Reads the command line.
 *
 * @param argv - without the program's own name
 * @throws UsageError for an unknown option, a missing value, an unknown suite or a stray word
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parseOptions(argv)
  const [stray] = positionals
  if (stray !== undefined) throw new UsageError(`unexpected '${stray}'; a suite is named with --suite ${stray}`)
  const asked = values.suite ?? []
  for (const name of asked) {
    if (!suiteNames.some((known) => known === name)) {
      throw new UsageError(`--suite: expected one of ${suiteNames.join(', ')}, got '${name}'`)
    }
  }
  return {
    help: values.help ?? false,
    peer: values.peer ?? false,
    json: values.json ?? false,
    suites: asked.length === 0 ? suiteNames : suiteNames.filter((name) => asked.includes(name)),
  }
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        peer: { type: 'boolean' },
        json: { type: 'boolean' },
        suite: { type: 'string', multiple: true },
      },
    })
  } catch (error) {
    // The first sentence names the option; the rest advises on writing words that begin with a dash.
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error), {
      cause: error,
    })
  }
}
