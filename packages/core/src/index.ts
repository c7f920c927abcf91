/**
 * mitten: symbolic programming for TypeScript.
 *
 * Programs are trees of symbolic objects that another program can inspect, rewrite and search; a search space is the same
 * tree with hyper values in it; any algorithm searches any space, in a plain loop.
 *
 * | folder        | what                                                        | rules of docs/spec.md |
 * | ------------- | ----------------------------------------------------------- | --------------------- |
 * | `math/`       | random streams and portable functions                       | T8                    |
 * | `symbolic/`   | objects, lists, records, fields, rebind, JSON               | S                     |
 * | `space/`      | hyper values, decision points, DNA                          | G                     |
 * | `search/`     | studies, trials, the contracts of algorithms and stores     | T, D                  |
 * | `algorithms/` | the algorithms (entry point `mitten/algorithms`)            | T4                    |
 * | `testing/`    | contract suites for algorithms and stores (`mitten/testing`)|                       |
 * | `node/`       | what needs Node (`mitten/node`)                             | D                     |
 *
 * Each imports only from those above it.
 *
 * @packageDocumentation
 */
export { randomStream, type Stream } from './math/index.ts'
export * from './symbolic/index.ts'
export * from './space/index.ts'
export * from './search/index.ts'
export { sample, type SampleOptions } from './sample.ts'
