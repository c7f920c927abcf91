import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cellCode } from './cell-code.ts'
import { DATASETS, loadTable, TABLE_FILE, TableError } from './table.ts'

const text = gunzipSync(readFileSync(TABLE_FILE)).toString()
const lines = text.trimEnd().split('\n')
const header = (lines[0] ?? '').split(',')

describe('the table of NAS-Bench-201', () => {
  it('loads in well under 300 ms', () => {
    loadTable()
    const start = performance.now()
    loadTable()
    expect(performance.now() - start).toBeLessThan(300)
  })

  it('holds for every row what a plain reading of the CSV gives', () => {
    const table = loadTable()
    const short = { cifar10: 'c10', cifar100: 'c100', 'imagenet16-120': 'in16' }
    const wrong: string[] = []
    for (const line of lines.slice(1)) {
      const row = Object.fromEntries(line.split(',').map((value, column) => [header[column], value]))
      const key = Number.parseInt(row['ops'] ?? '', 5)
      const same = [
        table.parameters[key] === Number(row['params']),
        table.multiplyAdds[key] === Number(row['flops']),
        ...DATASETS.map((dataset) => table.test[dataset][key] === Number(row[`test200_${short[dataset]}`])),
        ...DATASETS.map((dataset) => {
          const seeds = [0, 1, 2].map((seed) => row[`val200_${short[dataset]}_${seed}`]).filter((value) => value !== '')
          const mean = seeds.reduce((sum, value) => sum + Number(value), 0) / seeds.length
          return Math.abs((table.validation[dataset][key] ?? Number.NaN) - mean) < 1e-9
        }),
      ]
      if (same.includes(false)) wrong.push(line)
    }
    expect(wrong).toEqual([])
  })

  it('has the published extremes', () => {
    const { validation, test, parameters, multiplyAdds } = loadTable()
    const best = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b))
    expect(DATASETS.map((dataset) => best(validation[dataset]).toFixed(2))).toEqual(['91.61', '73.49', '46.73'])
    expect(DATASETS.map((dataset) => best(test[dataset]).toFixed(2))).toEqual(['94.37', '73.51', '47.31'])
    expect(cellCode(validation.cifar10.indexOf(best(validation.cifar10)))).toBe('333132')
    expect([parameters.reduce((a, b) => Math.min(a, b)), best(parameters)]).toEqual([73_306, 1_531_546])
    expect([multiplyAdds.reduce((a, b) => Math.min(a, b)), best(multiplyAdds)]).toEqual([7_783_050, 220_119_690])
  })
})

describe('a table that is not what it should be', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'nasbench201-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  /** The error on loading a file with these bytes. */
  function errorOf(bytes: Uint8Array): TableError {
    const file = join(folder, 'table.csv.gz')
    writeFileSync(file, bytes)
    try {
      loadTable(file)
    } catch (error) {
      if (error instanceof TableError) return error
      throw error
    }
    throw new Error('the table was accepted')
  }
  const errorOfText = (changed: string): TableError => errorOf(gzipSync(changed, { level: 1 }))
  /** The text with one field changed; `row` counts from 1 after the header. */
  function withField(row: number, column: string, value: string): string {
    const fields = (lines[row] ?? '').split(',')
    fields[header.indexOf(column)] = value
    return `${lines.with(row, fields.join(',')).join('\n')}\n`
  }

  it('names the file when it is missing', () => {
    const file = join(folder, 'nowhere.csv.gz')
    expect(() => loadTable(file)).toThrow(TableError)
    expect(() => loadTable(file)).toThrow(/nowhere\.csv\.gz: expected a readable file, got 'ENOENT/)
  })

  it('says so when it is not gzip, or cut short', () => {
    expect(errorOf(new TextEncoder().encode(text.slice(0, 1000))).expected).toBe('gzip data')
    const whole = readFileSync(TABLE_FILE)
    expect(errorOf(whole.subarray(0, whole.length / 2)).expected).toBe('gzip data')
    expect(errorOf(new Uint8Array()).expected).not.toBe('')
  })

  it('asks for each column of the header once', () => {
    expect(errorOfText(text.replace('val200_c100_1', 'val_c100_1')).expected).toBe(
      "one column 'val200_c100_1' in the header line",
    )
    expect(errorOfText(text.replace('val12_c10', 'ops')).got).toBe('2 of them')
    expect(errorOfText('').got).toBe('0 of them')
  })

  it('counts the rows', () => {
    expect(errorOfText(`${lines.slice(0, -1).join('\n')}\n`)).toMatchObject({ expected: '15625 rows', got: '15624' })
    expect(errorOfText(`${text}${lines[1]}\n`)).toMatchObject({ expected: '15625 rows', got: 'more' })
    expect(errorOfText(text.slice(0, -1)).got).toBe('the end of the file')
  })

  it.each([
    ['ops', '333135', 'six digits from 0 to 4'],
    ['ops', '33313', 'six digits from 0 to 4'],
    ['val200_c10_0', '91.x', 'a percentage from 0 to 100 with at most four decimals'],
    ['val200_c10_0', '100.0001', 'a percentage from 0 to 100 with at most four decimals'],
    ['val200_c10_0', '-1', 'a percentage from 0 to 100 with at most four decimals'],
    ['test200_in16', '', 'a percentage from 0 to 100 with at most four decimals'],
    ['test200_in16', '1.2.3', 'a percentage from 0 to 100 with at most four decimals'],
    ['params', '1e6', 'a whole number'],
    ['flops', '', 'a whole number'],
  ])('names line and column of a bad %s: %j', (column, value, expected) => {
    const error = errorOfText(withField(7, column, value))
    expect(error.path).toMatch(new RegExp(`:8, column ${column}$`))
    expect(error.expected).toBe(expected)
    expect(error.message).toContain(value)
  })

  it('refuses a cell that comes twice, a row with too few or too many fields, and one without an accuracy', () => {
    const first = (lines[1] ?? '').split(',')[1] ?? ''
    expect(errorOfText(withField(2, 'ops', first)).got).toBe(`'${first}' again`)
    expect(errorOfText(`${lines.with(3, '2,433444').join('\n')}\n`).got).toBe('the end of the line')
    expect(errorOfText(`${lines.with(3, `${lines[3]},1`).join('\n')}\n`).expected).toBe('the end of the line')
    const blank = withField(7, 'val200_in16_0', '')
    const fields = (blank.split('\n')[7] ?? '').split(',')
    for (const seed of [0, 1, 2]) fields[header.indexOf(`val200_in16_${seed}`)] = ''
    expect(errorOfText(`${lines.with(7, fields.join(',')).join('\n')}\n`)).toMatchObject({
      expected: 'a validation accuracy for imagenet16-120',
      got: 'only blanks',
    })
  })
})
