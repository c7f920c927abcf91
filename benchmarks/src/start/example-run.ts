import { cellEdges } from '../nasbench201/index.ts'
import type { Run } from './run.ts'

/** A run made up for a test: `values` are the improvements, the first at trial 1 and then one each ten trials. */
export function exampleRun({ values = [90, 91], ...rest }: Partial<Run> & { values?: readonly number[] } = {}): Run {
  const [first = 90, ...others] = values
  return {
    algorithm: 'random',
    seed: 1,
    dataset: 'cifar10',
    trials: 100,
    complete: true,
    best: cellEdges(Number.parseInt('333133', 5)),
    steps: [{ trial: 1, value: first }, ...others.map((value, index) => ({ trial: (index + 1) * 10, value }))],
    hit: false,
    milliseconds: 50,
    digest: '0123456789abcdef',
    ...rest,
  }
}
