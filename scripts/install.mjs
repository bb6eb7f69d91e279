// Installs the packages of package-lock.json when they are missing or out of date; otherwise says nothing.
// Runs before `npm start` and `npm test` on whatever Node the machine has (18 or later), so: plain JavaScript.
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Milliseconds since the epoch; 0 when there is no such file. */
function modified(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function run(file, args) {
  return spawnSync(file, args, { cwd: root, stdio: 'inherit' })
}

// npm writes this file last, so an install that was cut short leaves none.
if (modified('node_modules/.package-lock.json') < modified('package-lock.json')) {
  console.log('Installing packages (npm ci) …')
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  // The Node and npm that run `npm start` itself: the Node inside node_modules is about to be replaced.
  const { npm_node_execpath: node, npm_execpath: npm } = process.env
  const { status, error } = node && npm ? run(node, [npm, ...args, '--loglevel=error']) : run('npm', args)
  if (error) console.error(`npm could not be started: ${error.message}`)
  process.exit(status ?? 1)
}
