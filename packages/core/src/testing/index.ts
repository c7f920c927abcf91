/**
 * The contracts of algorithms and stores as tests: `mitten/testing`, for implementations outside of this package too.
 *
 * Each suite is a list of `{ name, run }`, so that it works with any test runner and needs none:
 *
 * - `algorithm-contract.ts`: what `Algorithm` in `search/algorithm.ts` promises
 * - `store-contract.ts`: what `Store` in `search/store.ts` promises
 *
 * @packageDocumentation
 */
export { algorithmContract } from './algorithm-contract.ts'
export { type ContractCase, ContractError } from './contract-case.ts'
export { storeContract, type StorePlace } from './store-contract.ts'
