import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALGORITHM_NAMES } from './algorithms.ts'
import { summarizeCurve } from './best-so-far.ts'
import { exampleRun } from './example-run.ts'
import { LEAST_PLOT_WIDTH, plotInTerminal } from './terminal-plot.ts'

const flat = (algorithm: (typeof ALGORITHM_NAMES)[number], values: number[], trials = 400) =>
  summarizeCurve([exampleRun({ algorithm, trials, values })], 200)

describe('the plot in the terminal', () => {
  it('draws lines, band, names, ticks and optimum', () => {
    const better = summarizeCurve(
      [exampleRun({ algorithm: 'sweep', trials: 60, values: [80, 85, 90] })].concat(
        exampleRun({ algorithm: 'sweep', trials: 60, values: [80, 83, 87, 88] }),
      ) as [ReturnType<typeof exampleRun>],
      200,
    )
    const plot = plotInTerminal([better, flat('random', [80, 81, 82], 60)], { width: 48, height: 8, optimum: 91 })
    expect(`\n${plot}\n`).toMatchInlineSnapshot(`
      "
      91.00 ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
      90.00 ┤             ⠄⠄⠄⠄⠄⠄⠄⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
            │             ⡏⠉⠉⠉⠉⠉⠉⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁ sweep
            │             ⡇
      85.00 ┤      ⣀⣀⣀⣀⣀⣀⣀⠇
            │      ⡇⠁⠁⠁⠁⠁⠁
            │      ⣇⣀⣀⣀⣀⣀⣀⠖⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
      80.00 ┤⠤⠤⠤⠤⠤⠤⠃                           random
            └┬────────────────────────────────┬───────
             1                               50
      "
    `)
  })

  it('has the asked size, whatever the curves', () => {
    const curves = fc.array(
      fc.record({
        algorithm: fc.constantFrom(...ALGORITHM_NAMES),
        trials: fc.integer({ min: 1, max: 100_000 }),
        values: fc.array(fc.double({ min: 0, max: 95, noNaN: true }), { minLength: 1, maxLength: 9 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(
        curves,
        fc.integer({ min: LEAST_PLOT_WIDTH, max: 120 }),
        fc.integer({ min: 4, max: 30 }),
        (all, width, height) => {
          const plot = plotInTerminal(
            all.map(({ algorithm, trials, values }) =>
              summarizeCurve([exampleRun({ algorithm, trials, values: values.toSorted((a, b) => a - b) })], width * 2),
            ),
            { width, height, optimum: 95 },
          )
          const lines = plot.split('\n')
          expect(lines).toHaveLength(height + 2)
          for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(width)
          expect(plot).toContain('95.00 ┤')
        },
      ),
      { numRuns: 60 },
    )
  })

  it('gives every algorithm its name, also where two curves are the same', () => {
    const plot = plotInTerminal([flat('random', [90, 91]), flat('hill-climb', [90, 91]), flat('sweep', [10])], {
      width: 80,
      optimum: 91.6,
    })
    expect(plot).toContain(' random')
    expect(plot).toContain(' hill-climb')
    expect(plot).toContain(' sweep (below)')
  })

  it('is only coloured when asked to be', () => {
    const options = { width: 60, optimum: 91.6 }
    const curves = [flat('random', [90, 91])]
    const painted = plotInTerminal(curves, {
      ...options,
      paint: (format, text) => `<${[format].flat().join()}>${text}`,
    })
    expect(painted).toContain('<bold,yellow>')
    expect(painted.replaceAll(/<[a-z,]+>/g, '')).toBe(plotInTerminal(curves, options))
  })

  it('is left out where there is nothing to draw or no room', () => {
    expect(plotInTerminal([], { width: 80, optimum: 91 })).toBe('')
    expect(plotInTerminal([flat('random', [90])], { width: LEAST_PLOT_WIDTH - 1, optimum: 91 })).toBe('')
  })
})
