import { inUnit } from './quantity.ts'
import type { Measured, Row } from './row.ts'

/** One row of a run: our figure, and the peer's where there is one. */
export interface Comparison {
  readonly row: Row
  readonly ours: Measured
  /** The peer's name and version, such as `pyglove 0.4.5`. */
  readonly peerName?: string
  readonly peer?: Measured
}

/** The two sides of a row did not do the same work, so their times say nothing about each other. */
export class DifferentWorkError extends Error {
  override readonly name = 'DifferentWorkError'
}

/**
 * Puts the two sides of a row beside each other.
 *
 * @throws DifferentWorkError when both report a check and the checks differ
 */
export function compare(row: Row, ours: Measured, peerName?: string, peer?: Measured): Comparison {
  if (peerName === undefined || peer === undefined) return { row, ours }
  // The sums hold halves and integers far below 2^53, so they are exact on both sides.
  if (ours.check !== undefined && peer.check !== undefined && ours.check !== peer.check) {
    throw new DifferentWorkError(
      `${row.name}: expected both sides to read the same values, got the sums ${ours.check} here and ${peer.check} ` +
        `from ${peerName}; make the workloads agree with benchmarks/peers/README.md`,
    )
  }
  return { row, ours, peerName, peer }
}

/** How many times better ours is: the peer's figure over ours, since less is better in every row. */
export function ratioOf(comparison: Comparison): number | undefined {
  return comparison.peer === undefined ? undefined : comparison.peer.value / comparison.ours.value
}

/** A row as `--json` prints it; the three fields on the peer are null without one. */
export interface JsonRow {
  readonly name: string
  readonly ours: number
  readonly unit: string
  readonly peerName: string | null
  readonly peer: number | null
  readonly ratio: number | null
}

/** The row in its unit, at six significant digits: more would be noise. */
export function jsonRow(comparison: Comparison): JsonRow {
  const { row, ours, peerName, peer } = comparison
  return {
    name: row.name,
    ours: significant(inUnit(ours.value, row.unit)),
    unit: row.unit,
    peerName: peerName ?? null,
    peer: peer === undefined ? null : significant(inUnit(peer.value, row.unit)),
    ratio: significantOrNull(ratioOf(comparison)),
  }
}

function significantOrNull(value: number | undefined): number | null {
  return value === undefined ? null : significant(value)
}

function significant(value: number): number {
  return Number(value.toPrecision(6))
}
