import { describe, expect, it } from 'vitest'
import { parseOptions } from './options.ts'

function parse(...args: string[]) {
  let out = ''
  let error = ''
  const result = parseOptions(args, { out: (text) => (out += text), error: (text) => (error += text) })
  return { result, out, error }
}

describe('the options of the main job', () => {
  it('have defaults', () => {
    expect(parse().result).toEqual({
      options: {
        trials: 500,
        seeds: 50,
        seed: 1,
        algorithm: ['random', 'regularized-evolution'],
        dataset: 'cifar10',
        json: false,
      },
    })
  })

  it('are read, an algorithm as often as it is given', () => {
    const args =
      '--trials 20 --seeds 3 --seed 0 --algorithm sweep --algorithm=random --algorithm sweep --dataset cifar100 --json'
    expect(parse(...args.split(' '), '--output', 'a b').result).toEqual({
      options: {
        trials: 20,
        seeds: 3,
        seed: 0,
        algorithm: ['sweep', 'random'],
        dataset: 'cifar100',
        json: true,
        output: 'a b',
      },
    })
  })

  it('start from the defaults at each call', () => {
    parse('--algorithm', 'sweep')
    expect(parse().result).toMatchObject({ options: { algorithm: ['random', 'regularized-evolution'] } })
  })

  it.each([
    ['--trials 0', /--trials <n>' argument '0' is invalid\. Expected a whole number of at least 1/],
    ['--trials -5', /at least 1/],
    ['--seeds 2.5', /'2\.5' is invalid/],
    ['--seeds 1e3', /'1e3' is invalid/],
    ['--seed ten', /'ten' is invalid\. Expected a whole number of at least 0/],
    ['--trials 99999999999999999', /is invalid/],
    ['--trials', /argument missing/],
    ['--algorithm genetic', /'genetic' is invalid\. Expected one of random, regularized-evolution, hill-climb, sweep/],
    ['--dataset mnist', /Allowed choices are cifar10, cifar100, imagenet16-120/],
    ['--fast', /unknown option '--fast'/],
    ['--trails 5', /Did you mean --trials/],
    ['now', /too many arguments/],
  ])('refuse %s with a clear message', (args, message) => {
    const { result, out, error } = parse(...args.split(' '))
    expect(result).toEqual({ exitCode: 2 })
    expect(error).toMatch(message)
    expect(error).toContain('Try script/start --help.')
    expect(out).toBe('')
  })

  it('are explained by --help', () => {
    const { result, out, error } = parse('--help')
    expect(result).toEqual({ exitCode: 0 })
    for (const option of ['trials', 'seeds', 'seed', 'algorithm', 'dataset', 'output', 'json', 'help']) {
      expect(out).toContain(`--${option} `)
    }
    expect(error).toBe('')
  })
})
