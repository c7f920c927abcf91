/** `script/bench`: what the library costs, and with `--peer` what PyGlove costs for the same work in the same run. */
import {
  compare,
  jsonRow,
  measureInProcess,
  parseArguments,
  PeerUnavailableError,
  preparePyglove,
  rowsOf,
  startPeer,
  tableHeader,
  tableLine,
  usage,
  UsageError,
  type Arguments,
  type Comparison,
  type Peer,
  type Row,
} from './bench/index.ts'

const say = (text: string): void => console.error(`bench: ${text}`)

/** Progress that the next line overwrites; only where somebody watches. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
}

async function findPeer(): Promise<Peer | undefined> {
  try {
    return await startPeer(await preparePyglove(say))
  } catch (error) {
    if (!(error instanceof PeerUnavailableError)) throw error
    say(`${error.message}; the figures are ours alone`)
    return undefined
  }
}

/** Measures both sides of a row, ours first. */
async function measureRow(row: Row, peer: Peer | undefined): Promise<Comparison> {
  showProgress(`${row.name} …`)
  const ours = await measureInProcess(row)
  if (peer === undefined) return compare(row, ours)
  showProgress(`${row.name}, ${peer.name} …`)
  const answer = await peer.measure(row.name)
  if (answer === 'no such row') return compare(row, ours)
  if ('error' in answer) throw new Error(`${peer.name} failed: ${answer.error}`)
  return compare(row, ours, peer.name, answer.measured)
}

async function runRows(asked: Arguments, peer: Peer | undefined): Promise<boolean> {
  const rows = rowsOf(asked.suites)
  const nameWidth = Math.max(...rows.map((row) => row.name.length))
  let allWell = true
  if (!asked.json) console.log(tableHeader(nameWidth, peer?.name))
  for (const row of rows) {
    try {
      const comparison = await measureRow(row, peer)
      showProgress('')
      console.log(asked.json ? JSON.stringify(jsonRow(comparison)) : tableLine(comparison, nameWidth, peer?.name))
    } catch (error) {
      // The other rows are still worth having; the exit status tells that one is missing.
      showProgress('')
      say(`${row.name}: ${error instanceof Error ? error.message : String(error)}`)
      allWell = false
    }
  }
  return allWell
}

async function main(): Promise<void> {
  const asked = parseArguments(process.argv.slice(2))
  if (asked.help) {
    console.log(usage)
    return
  }
  const peer = asked.peer ? await findPeer() : undefined
  if (!asked.json) {
    const beside = peer === undefined ? '' : `, ${peer.name} on Python ${peer.python}`
    console.log(`Node ${process.versions.node}${beside}; median wall-clock time, less is better\n`)
  }
  try {
    if (!(await runRows(asked, peer))) process.exitCode = 1
  } finally {
    peer?.close()
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  say(`${error.message}\n\n${usage}`)
  process.exitCode = 2
}
