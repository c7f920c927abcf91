import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/*
 * Names of processes, for leases that should end with them: `host:pid:start:chance`.
 *
 * The start, in ticks since the machine's, tells a process from an earlier one of the same id; it is empty on systems
 * without /proc. Chance tells threads and copies of this module apart, which are one process all the same.
 */

const HOST = hostname().replaceAll(/[\s:]/g, '-')
const START = statOf('self')?.start ?? ''

/** This process and this copy of the module. */
export const PROCESS = `${HOST}:${process.pid}:${START}:${Math.random().toString(36).slice(2, 10)}`

/**
 * Whether a process is known to be gone. One on another machine never is; without /proc, nor is one whose id another
 * process has got since.
 */
export function isDead(name: string): boolean {
  const [host, id, start] = name.split(':')
  if (name === PROCESS || host !== HOST || id === undefined) return false
  const stat = START === '' ? undefined : statOf(id)
  // A process may not be shown although it is there; only the system's word on its id counts then.
  if (stat === undefined) return !isThere(Number(id))
  return stat.start !== start || stat.hasEnded
}

/** What the system says of a process; `undefined` if it says nothing. */
function statOf(id: string): { readonly start: string; readonly hasEnded: boolean } | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${id}/stat`, 'latin1')
  } catch {
    return undefined
  }
  // The second field is the program's name in brackets, which may hold anything; the third is the state.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, start] = [fields[0], fields[19]]
  if (state === undefined || start === undefined) return undefined
  // Killed, and not yet buried by its parent: it writes no more.
  return { start, hasEnded: state === 'Z' || state === 'X' }
}

function isThere(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code !== 'ESRCH'
  }
}
