import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('../../bin/gatehouse.js', import.meta.url))

/** Makes this Node say that it is 20. */
const asNode20 =
  '--import=data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})'

const names: Readonly<Record<string, string>> = { darwin: 'bin-darwin', win32: 'win' }
const packageName = `node-${names[process.platform] ?? process.platform}-${process.arch}`

/** The built command line, for these tests: prints its arguments, then ends as the first one says. */
const commandLine = `
  const [mode, ...rest] = process.argv.slice(2)
  if (mode === 'wait') {
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => { console.log(signal); process.exit(7) })
    setInterval(() => {}, 1000)
  }
  console.log(JSON.stringify(rest), Boolean(process.env.NODE_COMPILE_CACHE))
  if (mode === 'exit') process.exit(Number(rest[0]))
  if (mode === 'read') process.stdin.pipe(process.stdout)
`

describe('bin/gatehouse.js', () => {
  let root: string
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'gatehouse-launcher-'))
    await mkdir(join(root, 'installed', 'dist', 'cli'), { recursive: true })
    await mkdir(join(root, 'bare'))
    for (const place of ['installed', 'bare']) {
      await cp(launcher, join(root, place, 'bin', 'gatehouse.js'))
      await writeFile(join(root, place, 'package.json'), '{"type": "module"}')
    }
    await writeFile(join(root, 'installed', 'dist', 'cli', 'main.js'), commandLine)
    const node = join(root, 'installed', 'node_modules', packageName)
    await mkdir(join(node, 'bin'), { recursive: true })
    await writeFile(join(node, 'package.json'), '{}')
    await symlink(process.execPath, join(node, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
  })
  after(() => rm(root, { recursive: true }))

  function launch(args: readonly string[], { place = 'installed', node = [process.execPath, asNode20] } = {}) {
    const [file = '', ...options] = node
    const env = { ...process.env, XDG_CACHE_HOME: join(root, 'cache') }
    const child = spawn(file, [...options, join(root, place, 'bin', 'gatehouse.js'), ...args], { env, stdio: 'pipe' })
    const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
      ([[code, signal], stdout, stderr]) => ({ code, signal, stdout, stderr }),
    )
    return { child, ended }
  }

  test('a Node that is new enough runs the command line itself', async () => {
    const { code, stdout } = await launch(['exit', '3'], { node: [process.execPath] }).ended
    assert.deepEqual([code, stdout], [3, '["3"] true\n'])
  })

  test('an older Node hands over to the one of the package, with arguments, output and exit code', async () => {
    const { code, stdout, stderr } = await launch(['exit', '3', '--flag', 'a b']).ended
    assert.deepEqual([code, stdout, stderr], [3, '["3","--flag","a b"] true\n', ''])
  })

  test('and with its input', async () => {
    const { child, ended } = launch(['read'])
    child.stdin.end('typed')
    assert.match((await ended).stdout, /\ntyped$/)
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`passes ${signal} on and waits for the end`, async () => {
      const { child, ended } = launch(['wait'])
      await once(child.stdout, 'data')
      child.kill(signal)
      const { code, stdout } = await ended
      assert.deepEqual([code, stdout.trim().split('\n').at(-1)], [7, signal])
    })
  }

  test('dies of the signal that the command line died of', async () => {
    const { child, ended } = launch(['wait'])
    await once(child.stdout, 'data')
    child.kill('SIGHUP')
    assert.equal((await ended).signal, 'SIGHUP')
  })

  test('says what to do when there is no newer Node', async () => {
    const { code, stderr } = await launch(['exit', '0'], { place: 'bare' }).ended
    assert.equal(code, 1)
    assert.match(
      stderr,
      new RegExp(
        `^gatehouse: Gatehouse needs Node 24 or later, and this is v.*: install the package ${packageName} .*\n$`,
      ),
    )
  })

  for (const node of olderNodes()) {
    test(`works under ${node}`, async () => {
      const { code, stdout } = await launch(['exit', '3'], { node: [node] }).ended
      assert.deepEqual([code, stdout], [3, '["3"] true\n'])
    })
  }
})

/** Other Nodes of this machine: whatever their age, they must do. */
function olderNodes(): string[] {
  const folders = new Set((process.env['PATH'] ?? '').split(delimiter))
  return [...folders]
    .map((folder) => join(folder, 'node'))
    .filter((file) => !file.includes('node_modules') && existsSync(file))
}
