import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromWords, highWord, lowWord, powerOfTwo } from './double-bits.ts'

it('[T8] the words of a double are those of its IEEE form, and give it back', () => {
  const view = new DataView(new ArrayBuffer(8))
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (x) => {
      view.setFloat64(0, x)
      expect(highWord(x)).toBe(view.getInt32(0))
      expect(lowWord(x)).toBe(view.getInt32(4))
      expect(fromWords(highWord(x), lowWord(x))).toBe(x)
      expect(fromWords(highWord(x) >>> 0, lowWord(x) >>> 0)).toBe(x)
    }),
  )
})

it('[T8] powers of two are exact over the range of normal numbers', () => {
  let power = 1
  for (let exponent = 0; exponent >= -1022; exponent--, power /= 2) expect(powerOfTwo(exponent)).toBe(power)
  power = 1
  for (let exponent = 0; exponent <= 1023; exponent++, power *= 2) expect(powerOfTwo(exponent)).toBe(power)
})
