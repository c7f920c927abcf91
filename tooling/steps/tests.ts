/** The unit, property and whole-library tests, each counted by itself. */
import { relative } from 'node:path'
import { type TestCase, type TestModule, startVitest } from 'vitest/node'
import { root } from '../layout.ts'
import { type Check, type Step, failed, passed } from '../step.ts'

type TestError = ReturnType<TestModule['errors']>[number]

/** What went wrong, the difference where there is one, and where in the repository. */
function explain({ message, diff, stacks }: TestError): string {
  const places = (stacks ?? []).map(({ file, line }) => `at ${relative(root, file)}:${line}`)
  return [message, diff, ...places].filter(Boolean).join('\n')
}

function checkOf(test: TestCase): Check {
  const name = `${test.module.relativeModuleId} > ${test.fullName} [${test.project.name}]`
  const result = test.result()
  switch (result.state) {
    case 'passed':
      return passed(name)
    case 'failed':
      return failed(name, result.errors.map(explain).join('\n'))
    case 'skipped':
      return { name, status: 'skipped', detail: result.note ?? 'marked as skipped in the test itself' }
    case 'pending':
      return failed(name, 'the run ended before this test did')
  }
}

async function runTests(): Promise<readonly Check[]> {
  process.env['MITTEN_PUBLISHED'] = 'true'
  const vitest = await startVitest('test', [], { root, watch: false, reporters: [{}] })
  const checks: Check[] = []
  for (const module of vitest.state.getTestModules()) {
    checks.push(...Array.from(module.children.allTests(), checkOf))
    // A file that fails to load, or a hook that throws, belongs to no test and would otherwise go uncounted.
    const suites = [module, ...module.children.allSuites()]
    const errors = suites.flatMap((suite) => suite.errors())
    if (errors.length > 0) {
      checks.push(failed(module.relativeModuleId, errors.map(explain).join('\n')))
    }
  }
  const stray = vitest.state.getUnhandledErrors()
  if (stray.length > 0)
    checks.push(failed('errors outside every test', stray.map((error) => explain(error as TestError)).join('\n')))
  await vitest.close()
  return checks.length > 0 ? checks : [failed('vitest', 'no test was found')]
}

export const testSteps: readonly Step[] = [{ name: 'tests', run: runTests }]
