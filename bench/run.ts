import { writeFile } from 'node:fs/promises'
import { facts, requirePrograms } from './machine.ts'
import { type Options, readOptions, usage } from './options.ts'
import { type Result, report, tables } from './report.ts'
import type { Subject } from './subject.ts'
import { access } from './subjects/access.ts'
import { apiKeys } from './subjects/api-keys.ts'
import { awsProxy } from './subjects/aws-proxy.ts'
import { cache } from './subjects/cache.ts'
import { controlPlane } from './subjects/control-plane.ts'
import { httpApis } from './subjects/http-apis.ts'
import { httpProxy } from './subjects/http-proxy.ts'
import { limits } from './subjects/limits.ts'
import { mapping } from './subjects/mapping.ts'
import { memory } from './subjects/memory.ts'
import { mock } from './subjects/mock.ts'
import { firstCall } from './subjects/start.ts'
import { templates } from './subjects/templates.ts'
import { validation } from './subjects/validation.ts'

const subjects: readonly Subject[] = [
  httpProxy,
  awsProxy,
  mock,
  firstCall,
  memory,
  controlPlane,
  validation,
  templates,
  mapping,
  limits,
  access,
  apiKeys,
  httpApis,
  cache,
]
const reportFile = new URL('../docs/performance.md', import.meta.url)

/** Runs the benchmark. Ends with 1 when a target is missed. */
async function bench({ only, pace, partial }: Options) {
  requirePrograms()
  const results: Result[] = []
  for (const subject of subjects.filter(({ name }) => only.length === 0 || only.includes(name))) {
    process.stderr.write(`measuring ${subject.name} …\n`)
    const result = { ...subject, ...(await subject.run(pace)) }
    process.stderr.write(`${tables([result])}\n\n`)
    results.push(result)
  }
  process.stdout.write(`${tables(results)}\n`)
  if (!partial) await writeFile(reportFile, report(results, pace, facts(), new Date()))
  if (results.some(({ targets }) => targets.some(({ met }) => !met))) process.exitCode = 1
}

try {
  const names = subjects.map(({ name }) => name)
  const options = readOptions(process.argv.slice(2), names)
  if (options) await bench(options)
  else process.stdout.write(`${usage}\n\nSubjects: ${names.join(', ')}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
