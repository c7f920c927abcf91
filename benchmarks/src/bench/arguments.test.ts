import { describe, expect, test } from 'vitest'
import { parseArguments, usage, UsageError } from './arguments.ts'
import { suiteNames } from './suite-name.ts'

describe('parseArguments', () => {
  test('nothing given: a table of every suite, ours alone', () => {
    expect(parseArguments([])).toEqual({ help: false, peer: false, json: false, suites: suiteNames })
  })

  test('reads every option, in any order and both spellings of a value', () => {
    expect(parseArguments(['--json', '--suite', 'space', '--peer'])).toEqual({
      help: false,
      peer: true,
      json: true,
      suites: ['space'],
    })
    expect(parseArguments(['--suite=core']).suites).toEqual(['core'])
  })

  test('suites named twice or out of order run once and in order', () => {
    expect(parseArguments(['--suite', 'search', '--suite', 'core', '--suite', 'search']).suites).toEqual([
      'core',
      'search',
    ])
  })

  test.each([
    [['--suite', 'spaces'], "--suite: expected one of core, space, search, package, got 'spaces'"],
    [['--suite'], "Option '--suite <value>' argument missing"],
    [['--fast'], "Unknown option '--fast'"],
    [['core'], "unexpected 'core'; a suite is named with --suite core"],
    [['--peer=yes'], "Option '--peer' does not take an argument"],
  ])('%j is a usage error that says what is wrong', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(UsageError)
    expect(() => parseArguments(argv)).toThrow(message)
  })

  test('the help names every suite', () => {
    for (const name of suiteNames) expect(usage).toContain(name)
    expect(parseArguments(['-h']).help).toBe(true)
  })
})
