import type { Store } from '../src/search/store.ts'

/** A store as a plain object, for a test to change by spreading. */
export function plainStore(store: Store): Store {
  return {
    open: (...args) => store.open(...args),
    append: (...args) => store.append(...args),
    read: (...args) => store.read(...args),
    claim: (...args) => store.claim(...args),
    renew: (...args) => store.renew(...args),
  }
}
