import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Prints the packages whose modules are loaded with the main thread. */
const listPackages = `
import { registerHooks } from 'node:module'
const packages = new Set()
registerHooks({
  load(url, context, next) {
    const [, name] = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url) ?? []
    if (name) packages.add(name)
    return next(url, context)
  },
})
await import(process.argv[1])
console.log(JSON.stringify([...packages]))
process.exit()
`

test('the main thread starts without any package: those that it needs at times are loaded then', async () => {
  const entry = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', listPackages, '--', entry])
  assert.deepEqual(JSON.parse(stdout), [])
})
