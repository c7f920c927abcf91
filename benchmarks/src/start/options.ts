import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { DATASETS } from '../nasbench201/index.ts'
import type { Dataset } from '../nasbench201/index.ts'
import { ALGORITHM_NAMES } from './algorithms.ts'
import type { AlgorithmName } from './algorithms.ts'

/** What the main job was asked for. */
export interface StartOptions {
  /** Trials a search, at least 1. */
  readonly trials: number
  /** Searches an algorithm, at least 1: seeds `seed`, `seed + 1`, … */
  readonly seeds: number
  /** The first seed, at least 0. */
  readonly seed: number
  /** The algorithms to race, each once, in the order asked for. */
  readonly algorithm: readonly AlgorithmName[]
  readonly dataset: Dataset
  /** JSON lines on standard output instead of a report. */
  readonly json: boolean
  /** The folder for the picture; undefined leaves it to the default of the report, and to none with `json`. */
  readonly output?: string
}

/** Where the words of the command line parser go. */
export interface OptionsOutput {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
}

/** What the command line asks for, or the exit status when it asks for no search: 0 after `--help`, 2 for bad options. */
export type ParsedOptions = { readonly options: StartOptions } | { readonly exitCode: 0 | 2 }

/**
 * Reads the command line of `script/start`.
 *
 * @param args - the arguments alone, without the program
 */
export function parseOptions(args: readonly string[], { out, error }: OptionsOutput): ParsedOptions {
  const command = new Command('script/start')
    .description(
      'Races search algorithms on NAS-Bench-201: 15,625 neural cells, each already trained, so that a search takes ' +
        'milliseconds and its result can be compared with the true best cell.',
    )
    .addOption(new Option('--trials <n>', 'trials a search').default(500).argParser(wholeNumber(1)))
    .addOption(new Option('--seeds <n>', 'searches an algorithm').default(50).argParser(wholeNumber(1)))
    .addOption(new Option('--seed <n>', 'the first seed; the others follow it').default(1).argParser(wholeNumber(0)))
    .addOption(
      new Option('--algorithm <name>', `which to race, repeatable: ${ALGORITHM_NAMES.join(', ')}`)
        .default(['random', 'regularized-evolution'], 'random and regularized-evolution')
        .argParser(collectAlgorithms()),
    )
    .addOption(new Option('--dataset <name>', 'image data set').choices(DATASETS).default('cifar10'))
    .addOption(new Option('--output <folder>', 'where the curve is written as SVG (default: output)'))
    .addOption(new Option('--json', 'one JSON object a line, the summary last; no picture unless --output is given'))
    .helpOption('--help', 'show this help')
    .showHelpAfterError('Try script/start --help.')
    .configureOutput({ writeOut: out, writeErr: error })
    .exitOverride()
  try {
    command.parse(args, { from: 'user' })
  } catch (problem) {
    if (problem instanceof CommanderError) return { exitCode: problem.exitCode === 0 ? 0 : 2 }
    throw problem
  }
  const given = command.opts<Omit<StartOptions, 'json'> & { json?: true }>()
  return { options: { ...given, json: given.json ?? false } }
}

function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`)
    }
    return value
  }
}

/** Gathers the names of a repeated option; the first one given replaces the default. */
function collectAlgorithms(): (text: string) => AlgorithmName[] {
  const chosen: AlgorithmName[] = []
  return (text) => {
    const name = ALGORITHM_NAMES.find((candidate) => candidate === text)
    if (name === undefined) throw new InvalidArgumentError(`Expected one of ${ALGORITHM_NAMES.join(', ')}.`)
    if (!chosen.includes(name)) chosen.push(name)
    return chosen
  }
}
