import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jsonlStore } from '../node/index.ts'
import { storeContract, type StorePlace } from '../testing/index.ts'
import { memoryStore } from './memory-store.ts'

function inMemory(): StorePlace {
  const store = memoryStore()
  return { open: () => store, isPersistent: false }
}

function inFiles(): StorePlace {
  const directory = mkdtempSync(join(tmpdir(), 'mitten-store-'))
  return {
    open: () => jsonlStore(directory),
    isPersistent: true,
    close: () => rmSync(directory, { recursive: true }),
  }
}

for (const [kind, makePlace] of Object.entries({ memoryStore: inMemory, jsonlStore: inFiles })) {
  describe(`${kind}`, () => {
    it.each(storeContract(makePlace))('$name', async (promise) => {
      await expect(promise.run()).resolves.toBeUndefined()
    })
  })
}
