import { MittenError } from '../src/symbolic/errors.ts'

/** What a call throws; it fails unless that is an error of the library. */
export function thrown(call: () => unknown): MittenError {
  try {
    call()
  } catch (error) {
    if (error instanceof MittenError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}
