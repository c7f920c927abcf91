import { describe, expect, it } from 'vitest'
import { cellEdges } from '../nasbench201/index.ts'
import { exampleRun } from './example-run.ts'
import { curvePicture, heading, report } from './report.ts'

const best = exampleRun({
  algorithm: 'regularized-evolution',
  seed: 3,
  values: [90, 91.6066],
  best: cellEdges(Number.parseInt('333132', 5)),
  hit: true,
})

describe('the report', () => {
  it('says what will be searched', () => {
    expect(heading({ dataset: 'cifar100', trials: 1, seeds: 2 }, { width: 100 })).toBe(
      'NAS-Bench-201, CIFAR-100\n' +
        '15,625 cells, the best has 73.49 % validation accuracy; 2 searches of 1 trial per algorithm\n',
    )
  })

  it('shows the best cell with its accuracies, rank and regret', () => {
    const text = report([exampleRun(), best], { width: 80 })
    expect(text).toMatch(/^Best cell found\n\n {2}╭─+ skip_connect ─+╮/)
    for (const line of [
      'validation  91.61 %',
      'test        94.37 %',
      'rank        1 of 15,625',
      'regret      0: it is the best cell of the table',
      'size        1.07 M parameters, 153 M multiply-adds',
      'found by    regularized-evolution, seed 3, trial 10',
    ]) {
      expect(text.split('\n')).toContain(line)
    }
    expect(report([exampleRun()], { width: 80 })).toContain('regret      0.05 points to the best cell')
  })

  it('has the table and the plot', () => {
    const text = report([exampleRun(), best, exampleRun({ seed: 2 })], { width: 80 })
    expect(text).toMatch(/\nrandom +0\.05 +0 %/)
    expect(text).toContain('Best validation accuracy so far, by trial (median and quartiles of 2 searches)')
    expect(text).toContain('91.61 ┤')
  })

  it.each([34, 60, 80, 120])('fits %i columns', (width) => {
    const lines = report([exampleRun(), best], { width }).split('\n')
    expect(lines.filter((line) => Array.from(line).length > width)).toEqual([])
  })

  it('names a search that was stopped, and says so when there is nothing', () => {
    const text = report([{ ...best, complete: false, trials: 17 }], { width: 80 })
    expect(text).toContain('regularized-evolution was stopped in its first search, after 17 trials.')
    expect(report([], { width: 80 })).toContain('nothing to report')
  })

  it('has a picture with its title', () => {
    expect(curvePicture([best])).toContain('Search on NAS-Bench-201, CIFAR-10')
    expect(curvePicture([best, { ...best, seed: 4 }])).toContain('median of 2 searches')
  })
})
