import fc from 'fast-check'
import { expect, it } from 'vitest'
import { productError, sumError } from './double-double.ts'

const safe = fc.maxSafeInteger()

it('[T8] what a rounded product lost is exact', () => {
  fc.assert(
    fc.property(safe, safe, (a, b) => {
      const product = a * b
      expect(BigInt(product) + BigInt(productError(a, b, product))).toBe(BigInt(a) * BigInt(b))
    }),
  )
})

it('[T8] what a rounded sum lost is exact when the larger term comes first', () => {
  fc.assert(
    fc.property(safe, safe, fc.nat({ max: 60 }), (x, y, shift) => {
      const [a, b] = Math.abs(x) * 2 ** shift >= Math.abs(y) ? [x * 2 ** shift, y] : [y, x * 2 ** shift]
      const sum = a + b
      expect(BigInt(sum) + BigInt(sumError(a, b, sum))).toBe(BigInt(a) + BigInt(b))
    }),
  )
})
