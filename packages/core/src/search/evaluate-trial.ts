import { InvalidRewardError, LeaseLostError } from './errors.ts'
import type { Evaluation } from './study.ts'
import type { Trial } from './trial.ts'

/**
 * Evaluates one trial and ends it: with the result, as failed if the evaluation throws or returns no result, or not at
 * all if it throws because it is aborted, for then the trial stays to be done. A trial that another worker has taken over
 * meanwhile is that worker's: what came of it here is dropped (rule D2).
 *
 * @param onFailure - is told why the trial fails, before others can know that it has ended
 * @throws what the store throws; then the trial is given back, if the store takes it
 */
export async function evaluateTrial<T>(
  trial: Trial<T>,
  evaluate: (program: T, trial: Trial<T>) => Evaluation | Promise<Evaluation>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  try {
    await evaluateAndEnd(trial, evaluate, onFailure)
  } catch (error) {
    if (error instanceof LeaseLostError) return
    // The first error is what the caller has to see: a store that fails once may well fail twice.
    await trial[Symbol.asyncDispose]().catch(() => undefined)
    throw error
  }
}

async function evaluateAndEnd<T>(
  trial: Trial<T>,
  evaluate: (program: T, trial: Trial<T>) => Evaluation | Promise<Evaluation>,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const fail = async (error: unknown): Promise<void> => {
    onFailure(error)
    if (!trial.ended) await trial.fail(error)
  }
  let result: Evaluation
  try {
    result = await evaluate(trial.program, trial)
  } catch (error) {
    if (error instanceof LeaseLostError && trial.ended) return
    await (trial.signal.aborted ? trial[Symbol.asyncDispose]() : fail(error))
    return
  }
  // An evaluation may end its trial itself, and then returns nothing.
  if (trial.ended) return
  try {
    await trial.done(result as number)
  } catch (error) {
    if (!(error instanceof InvalidRewardError)) throw error
    await fail(error)
  }
}
