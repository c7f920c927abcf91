import { ratioOf, type Comparison } from './comparison.ts'
import { dimensionOf, formatQuantity } from './quantity.ts'

/** Widths of the columns: the names' is given by the caller, since the lines are printed while rows are measured. */
const OURS = 10
const SPREAD = 7
const PEER = 14
const RATIO = 10

/**
 * The line above the rows.
 *
 * @param nameWidth - characters of the longest row name
 * @param peerName - the peer's name; without it the table has no columns for a peer
 */
export function tableHeader(nameWidth: number, peerName: string | undefined): string {
  const peer = peerName === undefined ? '' : peerName.padStart(PEER) + 'ratio'.padStart(RATIO)
  return `${'row'.padEnd(nameWidth)}${'ours'.padStart(OURS)}${'±'.padStart(SPREAD)}${peer}   what`
}

/** One row. Each figure has the unit that suits it; `±` is the spread of our batches. */
export function tableLine(comparison: Comparison, nameWidth: number, peerName: string | undefined): string {
  const { row, ours, peer } = comparison
  const dimension = dimensionOf(row.unit)
  const figure = (base: number | undefined): string => (base === undefined ? '–' : formatQuantity(base, dimension))
  const ratio = ratioOf(comparison)
  return [
    row.name.padEnd(nameWidth),
    figure(ours.value).padStart(OURS),
    (ours.spread === undefined ? '' : `${Math.round(ours.spread * 100)} %`).padStart(SPREAD),
    peerName === undefined ? '' : figure(peer?.value).padStart(PEER),
    peerName === undefined ? '' : (ratio === undefined ? '–' : formatQuantity(ratio, 'factor')).padStart(RATIO),
    `   ${row.about}`,
  ].join('')
}
