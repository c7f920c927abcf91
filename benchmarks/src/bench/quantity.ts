/** What a unit measures; only units of one dimension can be compared. */
export type Dimension = 'time' | 'memory' | 'factor'

/** How much one of each unit is in the base unit of its dimension: a second, a byte, one. Smallest first. */
const SCALES = {
  time: { ns: 1e-9, µs: 1e-6, ms: 1e-3, s: 1 },
  memory: { B: 1, kB: 1e3, MB: 1e6 },
  factor: { x: 1 },
} as const

type UnitsOf<T> = T extends unknown ? keyof T : never

/** A unit that a row can be given in. `kB` is 1,000 bytes; `x` is a plain factor. */
export type Unit = UnitsOf<(typeof SCALES)[Dimension]>

/** The dimension of a unit. */
export function dimensionOf(unit: Unit): Dimension {
  return unit in SCALES.time ? 'time' : unit in SCALES.memory ? 'memory' : 'factor'
}

/** Converts from base units (seconds, bytes, or one) to `unit`. */
export function inUnit(base: number, unit: Unit): number {
  const scale: Readonly<Record<string, number>> = SCALES[dimensionOf(unit)]
  return base / (scale[unit] ?? 1)
}

const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

/**
 * Three significant digits in the unit that makes the number easiest to read: `322 µs`, `14.9 ms`, `1.02x`.
 *
 * @param base - in base units (seconds, bytes, or one)
 */
export function formatQuantity(base: number, dimension: Dimension): string {
  if (dimension === 'factor') return `${figures.format(base)}x`
  const scale: Readonly<Record<string, number>> = SCALES[dimension]
  const units = Object.entries(scale)
  // 999.7 would round to 1,000 in the smaller unit, hence the margin.
  const [unit, size] = units.findLast(([, factor]) => Math.abs(base) >= factor * 0.9995) ?? units[0] ?? ['', 1]
  return `${figures.format(base / size)} ${unit}`
}
