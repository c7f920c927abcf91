/**
 * Assigns a candidate to each choice: `fits[i][c]` says whether choice `i` can be candidate `c`.
 *
 * The smallest candidates that fit are taken first; where distinctness forces a change, choices already made are moved
 * (augmenting paths, so that an assignment is found whenever there is one). O(k²·n) for k choices of n candidates.
 *
 * @returns the candidate of each choice, or `undefined` if there is no assignment
 */
export function matchMany(
  fits: readonly (readonly boolean[])[],
  distinct: boolean,
  sorted: boolean,
): number[] | undefined {
  if (sorted) return matchSorted(fits, distinct)
  if (!distinct) return all(fits.map((row) => row.indexOf(true)))
  return matchDistinct(fits)
}

/** Taking the smallest candidate that may follow leaves the most room for the rest. */
function matchSorted(fits: readonly (readonly boolean[])[], distinct: boolean): number[] | undefined {
  let from = 0
  const chosen = fits.map((row) => {
    const candidate = row.indexOf(true, from)
    from = distinct ? candidate + 1 : candidate
    return candidate
  })
  return all(chosen)
}

function matchDistinct(fits: readonly (readonly boolean[])[]): number[] | undefined {
  const choiceOf = new Map<number, number>()
  const assign = (choice: number, tried: Set<number>): boolean => {
    const row = fits[choice] as readonly boolean[]
    const free = row.findIndex((fit, candidate) => fit && !choiceOf.has(candidate))
    if (free >= 0) {
      choiceOf.set(free, choice)
      return true
    }
    for (let candidate = 0; candidate < row.length; candidate++) {
      if (row[candidate] !== true || tried.has(candidate)) continue
      tried.add(candidate)
      if (!assign(choiceOf.get(candidate) as number, tried)) continue
      choiceOf.set(candidate, choice)
      return true
    }
    return false
  }
  if (!fits.every((_, choice) => assign(choice, new Set()))) return undefined
  const chosen = new Array<number>(fits.length)
  for (const [candidate, choice] of choiceOf) chosen[choice] = candidate
  return chosen
}

function all(chosen: readonly number[]): number[] | undefined {
  return chosen.includes(-1) ? undefined : [...chosen]
}
