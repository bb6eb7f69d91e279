// `npm test`: everything that must hold, in one command. The last line counts what passed and what failed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'
import { missingTools } from '../test/tools.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

/** Asks Debian for what the tests need and this machine lacks; ends the run when that does not help. */
function provideTools(): void {
  let missing = missingTools()
  if (missing.length > 0 && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const packages = missing.map((tool) => tool.package)
    console.log(`Installing ${packages.join(', ')} with apt-get …`)
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
    spawnSync('apt-get', ['-qq', 'update'], options)
    spawnSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages], options)
    missing = missingTools()
  }
  for (const tool of missing) console.error(`The tests need ${tool.name} (Debian: apt-get install ${tool.package}).`)
  if (missing.length > 0) process.exit(1)
}

/** @returns whether the command ended with 0. */
function check(title: string, command: string, args: readonly string[]): boolean {
  const start = performance.now()
  const { status } = spawnSync(process.execPath, [join('node_modules', '.bin', command), ...args], { stdio: 'inherit' })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✔' : '✖'} ${title} (${seconds} s)`)
  return status === 0
}

interface Counts {
  readonly passed: number
  /** Skipped, cancelled and unfinished tests are failures: a test that did not run proves nothing. */
  readonly failed: number
}

/** Runs every test file, each in a process of its own. */
async function runTests(): Promise<Counts> {
  const globPatterns = ['{bench,runtimes,scripts,src,test}/**/*.test.ts']
  const stream = run({ globPatterns, concurrency: Math.max(2, availableParallelism()), timeout: 300_000 })
  let counts: Counts = { passed: 0, failed: 1 }
  stream.on('test:summary', ({ file, success, counts: { tests, passed } }) => {
    if (file !== undefined) return
    counts = { passed, failed: Math.max(tests - passed, success && tests > 0 ? 0 : 1) }
  })
  for await (const text of stream.compose(new spec())) process.stdout.write(text)
  return counts
}

provideTools()
const checks = [
  check('types', 'tsc', []),
  check('style and lint', 'biome', ['check', '.']),
  check('no dead files, exports or packages', 'knip', []),
]
const tests = await runTests()
const passed = tests.passed + checks.filter((ok) => ok).length
const failed = tests.failed + checks.filter((ok) => !ok).length
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
