import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { executable, startGatehouse, temporaryFolder } from './gatehouse.ts'
import { type Finished, run } from './tools.ts'

function gatehouse(...args: string[]): Promise<Finished> {
  return run(process.execPath, [executable, ...args], { timeoutMs: 20_000 })
}

describe('gatehouse start refuses', () => {
  let folder: string
  before(async () => {
    folder = await temporaryFolder()
    await writeFile(join(folder, 'file'), '')
    await writeFile(join(folder, 'unknown.json'), '{"prot": 4567}')
    await writeFile(join(folder, 'broken.json'), '{')
    await mkdir(join(folder, 'data'))
  })
  after(() => rm(folder, { recursive: true }))

  /** Runs `start`, which must end by itself with a single line of explanation. */
  async function refusal(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await gatehouse('start', '--data-dir', join(folder, 'data'), ...args)
    assert.equal(stdout, '')
    assert.match(stderr, /^[^\n]+\n$/, 'one line')
    assert.ok(typeof status === 'number' && status > 0, `ends with ${status}`)
    return stderr.trimEnd()
  }

  const cases: readonly (readonly [string, () => string[], RegExp])[] = [
    [
      'a data folder that cannot be made',
      () => ['--port', '0', '--data-dir', join(folder, 'file', 'data')],
      /file.data/,
    ],
    ['an unknown option', () => ['--prot', '1'], /unknown option '--prot'/],
    ['a port that is none', () => ['--port', '99999'], /--port .*65,?535/],
    ['an unknown key in the configuration file', () => ['--config', join(folder, 'unknown.json')], /prot/],
    ['a configuration file that is not JSON', () => ['--config', join(folder, 'broken.json')], /broken\.json/],
    ['a configuration file that is not there', () => ['--config', join(folder, 'none.json')], /none\.json/],
    ['an address that others can reach', () => ['--host', '0.0.0.0'], /--insecure-listen/],
  ]
  for (const [name, args, expected] of cases) {
    test(name, async () => assert.match(await refusal(...args()), expected))
  }

  test('a port that another program has', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? String(address.port) : ''
    assert.match(await refusal('--port', port), new RegExp(`${port}.* in use`))
    await new Promise((resolve) => server.close(resolve))
  })

  test('the port and the data folder of another gateway', async () => {
    const dataDir = join(folder, 'taken')
    await using other = await startGatehouse({ dataDir })
    assert.match(await refusal('--port', new URL(other.url).port), /in use/)
    assert.match(await refusal('--port', '0', '--data-dir', dataDir), /taken/)
  })
})

describe('gatehouse', () => {
  test('start --help names every option with its default', async () => {
    const { status, stdout } = await gatehouse('start', '--help')
    assert.equal(status, 0)
    for (const text of [
      '--port',
      '4566',
      '--data-dir',
      '.gatehouse',
      '--region',
      'us-east-1',
      '--account',
      '--workers',
    ]) {
      assert.ok(stdout.includes(text), text)
    }
    assert.match(stdout, /GATEHOUSE_PORT/)
  })

  test('version prints the version of the package and of its Node', async () => {
    const { status, stdout } = await gatehouse('version')
    assert.equal(status, 0)
    assert.equal(stdout, `Gatehouse 0.1.0 (Node ${process.version}, ${process.platform}-${process.arch})\n`)
  })

  test('status tells whether a gateway answers', async () => {
    await using server = await startGatehouse()
    const port = new URL(server.url).port
    const running = await gatehouse('status', '--port', port)
    assert.equal(running.status, 0, running.stderr)
    assert.match(running.stdout, new RegExp(port))
    await server.stop()

    const stopped = await gatehouse('status', '--port', port)
    assert.equal(stopped.status, 1)
    assert.match(stopped.stderr, /^[^\n]+\n$/)
  })

  test('takes every option from the environment', async () => {
    await using server = await startGatehouse({ env: { GATEHOUSE_ACCOUNT: '111122223333' } })
    const args = ['lambda', 'get-function', '--function-name', 'none', '--endpoint-url', server.url]
    const { stderr } = await run('aws', args)
    assert.match(stderr, /arn:aws:lambda:us-east-1:111122223333:function:none/)
  })
})
