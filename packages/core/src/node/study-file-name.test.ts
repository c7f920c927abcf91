import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { studyFileName } from './study-file-name.ts'

describe('[D1] the name of a study file', () => {
  it.each([
    ['my-study_2.1', 'my-study_2.1.jsonl'],
    ['', '.jsonl'],
    ['..', '...jsonl'],
    ['a/b\\c', 'a%2Fb%5Cc.jsonl'],
    ['MyStudy', 'MyStudy+5.jsonl'],
    ['nul', '%6Eul.jsonl'],
    ['COM1.x', '%43OM1.x+7.jsonl'],
    ['é ~+%*', '%C3%A9%20%7E%2B%25%2A.jsonl'],
    ['\ud800', '%uD800.jsonl'],
  ])('of %j is %s', (name, file) => {
    expect(studyFileName(name)).toBe(file)
  })

  it('is short enough and safe, whatever the study is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        expect(studyFileName(name)).toMatch(/^[\w.%+-]{0,250}\.jsonl$/)
      }),
    )
  })

  it('differs for different studies, also where capitals count as small letters', () => {
    const unit = fc.constantFrom('a', 'A', 'b', 'B', '+', '%', '1', '.', '/', 'é', 'É', '\ud83d', '\ude00')
    const name = fc.oneof(fc.string({ unit, maxLength: 6 }), fc.string({ unit, minLength: 190, maxLength: 230 }))
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 40 }), (names) => {
        const files = names.map((one) => studyFileName(one).toLowerCase())
        expect(new Set(files).size).toBe(names.length)
      }),
    )
    const long = 'x'.repeat(5000)
    expect(studyFileName(long)).not.toBe(studyFileName(`${long}x`))
    expect(studyFileName(long).length).toBeLessThan(210)
  })
})
