/**
 * The public surface as text, one report an entry in packages/core/api, so that a review sees every change to it.
 * `npm run api` rewrites the reports; the tests compare.
 */
import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import { type Entry, corePackage, entries, root } from './layout.ts'
import { type Check, failed, passed } from './step.ts'

/** An entry's declarations as built. */
function declarations(entry: Entry): string {
  return join(corePackage, 'dist', 'types', entry.module.replace(/\.js$/, '.d.ts'))
}

function configure(entry: Entry): ExtractorConfig {
  const name = entry.name === 'index' ? 'mitten' : entry.name
  const folder = join(corePackage, 'api')
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: corePackage,
      mainEntryPointFilePath: declarations(entry),
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2024',
            lib: ['ES2024', 'ESNext.Collection', 'ESNext.Iterator', 'DOM'],
            module: 'NodeNext',
            moduleResolution: 'NodeNext',
            types: [],
            skipLibCheck: true,
            strict: true,
            exactOptionalPropertyTypes: true,
          },
          files: entries.map(declarations),
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(corePackage, 'build', 'api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Error },
          // Every export is public; what is not, is not exported.
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
          // Types that only build up others stay unexported, and entries name the types of `mitten`; the report shows both.
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.None, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(corePackage, 'package.json'),
  })
}

/** Writes or compares the report of each entry; they share one compilation. */
function report(update: boolean): readonly Check[] {
  const configs = entries.map(configure)
  const [first] = configs
  if (!first) throw new Error('the package has no entry')
  const compilerState = CompilerState.create(first, { additionalEntryPoints: entries.map(declarations) })
  return entries.map((entry, at) => reportOf(entry, configs[at] ?? first, compilerState, update))
}

function reportOf(entry: Entry, config: ExtractorConfig, compilerState: CompilerState, update: boolean): Check {
  const problems: string[] = []
  const result = Extractor.invoke(config, {
    compilerState,
    localBuild: update,
    messageCallback(message) {
      message.handled = true
      if (message.logLevel !== ExtractorLogLevel.Error || isOwnBusiness(message)) return
      const place = message.sourceFilePath
        ? `${relative(root, message.sourceFilePath)}:${message.sourceFileLine ?? 1} `
        : ''
      problems.push(`${place}${message.messageId} ${message.text}`)
    },
  })
  if (result.apiReportChanged && !update) {
    problems.unshift('the public surface differs from the report; read the difference, then run `npm run api`')
  }
  const check = `public surface of ${entry.specifier}`
  return problems.length === 0 ? passed(check) : failed(check, problems.join('\n'))
}

/** Members that are no user's: what is keyed by `~` or a symbol, and the code of an error class, which its own line documents. */
function isOwnBusiness({ messageId, text }: { readonly messageId: string; readonly text: string }): boolean {
  return messageId === 'ae-undocumented' && /for "(?:"?~|\[|code"|__new)/.test(text)
}

/** Compares the reports with the declarations as built. */
export async function checkReports(): Promise<readonly Check[]> {
  return report(false)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(join(corePackage, 'api'), { recursive: true })
  for (const { name, detail } of report(true)) {
    process.stdout.write(`${name}: ${detail ?? 'written'}\n`)
  }
}
