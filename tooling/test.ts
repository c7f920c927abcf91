/** Runs the steps of `script/test` one after another and counts their checks. */
import { parseArgs, stripVTControlCharacters, styleText } from 'node:util'
import { root } from './layout.ts'
import type { Check, Step } from './step.ts'
import { engineSteps } from './steps/engines.ts'
import { packageSteps } from './steps/package.ts'
import { programSteps } from './steps/programs.ts'
import { sourceSteps } from './steps/source.ts'
import { testSteps } from './steps/tests.ts'

const steps: readonly Step[] = [...sourceSteps, ...testSteps, ...packageSteps, ...programSteps, ...engineSteps]

async function checksOf(step: Step): Promise<readonly Check[]> {
  try {
    return await step.run()
  } catch (error) {
    return [{ name: step.name, status: 'failed', detail: error instanceof Error ? String(error.stack) : String(error) }]
  }
}

const colored = process.stdout.isTTY
const print = (line: string): void => void process.stdout.write(`${colored ? line : stripVTControlCharacters(line)}\n`)
const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '      ')

// The tools read their settings from the working directory, wherever the caller stands.
process.chdir(root)

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean' } },
})
if (values.list) {
  for (const { name } of steps) print(name)
  process.exit(0)
}
const chosen = steps.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))
if (chosen.length === 0) {
  process.stderr.write(`no step is named ${words.join(' or ')}; --list names them\n`)
  process.exit(2)
}

const all: Check[] = []
for (const step of chosen) {
  const start = performance.now()
  const checks = await checksOf(step)
  all.push(...checks)
  const failures = checks.filter(({ status }) => status === 'failed')
  const passes = checks.filter(({ status }) => status === 'passed')
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const mark = failures.length === 0 ? styleText('green', 'ok  ') : styleText('red', 'FAIL')
  print(`${mark}  ${step.name.padEnd(14)} ${String(passes.length).padStart(5)} passed  ${seconds.padStart(6)} s`)
  for (const { name, note } of checks) if (note !== undefined) print(indent(`${name}: ${note}`))
  for (const { name, detail } of failures)
    print(indent(`${styleText('red', 'failed')} ${name}\n${indent(detail ?? '')}`))
}

const count = (status: Check['status']): number => all.filter((check) => check.status === status).length
for (const { name, status, detail } of all) {
  if (status === 'skipped') print(`skipped ${name}: ${detail ?? 'no reason given'}`)
}
print(`${count('passed')} passed, ${count('failed')} failed`)
process.exit(count('failed') > 0 || count('passed') === 0 ? 1 : 0)
