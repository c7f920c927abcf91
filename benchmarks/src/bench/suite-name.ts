/** The suites in the order they run: what an object costs, a DNA, a trial, and the package as a whole. */
export const suiteNames = ['core', 'space', 'search', 'package'] as const

/** The name of a suite. */
export type SuiteName = (typeof suiteNames)[number]
