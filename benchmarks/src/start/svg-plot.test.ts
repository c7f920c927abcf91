import { describe, expect, it } from 'vitest'
import { ALGORITHM_NAMES, ALGORITHMS } from './algorithms.ts'
import { summarizeCurve } from './best-so-far.ts'
import { exampleRun } from './example-run.ts'
import { plotAsSvg } from './svg-plot.ts'

const words = { title: 'Cells & <more>', subtitle: 'median of 2 searches', optimum: 91.6 }

describe('the picture', () => {
  const curves = ALGORITHM_NAMES.map((algorithm) =>
    summarizeCurve(
      [
        exampleRun({ algorithm, trials: 300, values: [80, 90, 90.5, 91] }),
        exampleRun({ algorithm, trials: 300, values: [70, 90.2, 91.3] }),
      ],
      600,
    ),
  )
  const svg = plotAsSvg(curves, words)

  it('is well formed: every element is closed, in order', () => {
    const open: string[] = []
    const crossed: string[] = []
    for (const [, slash = '', name = '', empty = ''] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/g)) {
      if (slash === '' && empty === '') open.push(name)
      else if (slash !== '' && open.pop() !== name) crossed.push(name)
    }
    expect({ open, crossed }).toEqual({ open: [], crossed: [] })
    expect(svg.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/)
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  })

  it('escapes its words', () => {
    expect(svg).toContain('>Cells &amp; &lt;more&gt;<')
    expect(svg).not.toContain('<more>')
  })

  it('has a band, a line and a legend entry for each algorithm', () => {
    for (const algorithm of ALGORITHM_NAMES) {
      const colour = ALGORITHMS[algorithm].colour.svg
      expect(svg.split(`stroke="${colour}" stroke-width="2.5"`)).toHaveLength(3)
      expect(svg).toMatch(new RegExp(`<path d="[^"]+Z" fill="${colour}" fill-opacity`))
      expect(svg).toContain(`>${algorithm}<`)
    }
  })

  it('has no number that is not one, and stays in its frame from left to right', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    for (const [, across] of svg.matchAll(/H([\d.]+)/g)) {
      expect(Number(across)).toBeGreaterThanOrEqual(76)
      expect(Number(across)).toBeLessThanOrEqual(852)
    }
  })

  it('says in words what it shows', () => {
    expect(svg).toContain('<title>')
    expect(svg).toMatch(/<desc>.*random: median 91\.15 % after 300 trials, 2 runs\./)
  })

  it('works for one trial, and says which curve is out of sight', () => {
    const one = plotAsSvg([summarizeCurve([exampleRun({ trials: 1, values: [50] })], 600)], words)
    expect(one).not.toMatch(/NaN|Infinity/)
    const hopeless = summarizeCurve([exampleRun({ algorithm: 'sweep', trials: 300, values: [10] })], 600)
    expect(plotAsSvg([...curves.slice(0, 2), hopeless], words)).toContain('>sweep (below the axis)<')
  })
})
