import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { settingNames, settings } from '../config/settings.ts'
import { version } from '../version.ts'
import { duration, standing } from './status.ts'

const executable = fileURLToPath(new URL('../../bin/gatehouse.js', import.meta.url))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `gatehouse` to its end, with no setting from the environment but those given. */
function gatehouse(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_'))
  const options = { env: { ...Object.fromEntries(inherited), ...env }, timeout: 20_000 }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [executable, ...args], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

describe('gatehouse', { concurrency: 4 }, () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-cli-'))
    await writeFile(join(folder, 'unknown-key.json'), '{"prot": 80}')
  })
  after(() => rm(folder, { recursive: true }))

  test('version', async () => {
    const { code, stdout } = await gatehouse(['version'])
    assert.deepEqual(
      [code, stdout],
      [0, `Gatehouse ${version} (Node ${process.version}, ${process.platform}-${process.arch})\n`],
    )
  })

  test('start --help names every flag with its variable and its default', async () => {
    const { code, stdout } = await gatehouse(['start', '--help'])
    assert.equal(code, 0)
    const help = stdout.replaceAll(/\s+/g, ' ')
    for (const { flag, env } of settingNames.map((name) => settings[name])) {
      if (flag !== undefined) assert.match(help, new RegExp(`${flag} .*?\\(default: [^;]+; ${env}\\)`))
    }
    assert.match(help, /--port <number> .*?\(default: 4566; GATEHOUSE_PORT\)/)
  })

  const refusals: readonly (readonly [
    args: readonly string[],
    code: number,
    stderr: string,
    env?: Record<string, string>,
  ])[] = [
    [['start', '--prot', '1'], 2, "unknown option '--prot' (Did you mean --port?)"],
    [['start', '--port'], 2, "option '--port <number>' argument missing"],
    [['start', 'now'], 2, "too many arguments for 'start'. Expected 0 arguments but got 1: now."],
    [['strat'], 2, "unknown command 'strat' (Did you mean start?)"],
    [['start', '--port', 'http'], 1, '--port must be an integer from 0 to 65535, not "http"'],
    [['start', '--config', 'unknown-key.json'], 1, 'unknown-key.json: unknown key "prot"; did you mean port?'],
    [
      ['start'],
      1,
      'unknown environment variable "GATEHOUSE_PROT"; did you mean GATEHOUSE_PORT?',
      { GATEHOUSE_PROT: '1' },
    ],
    [['status', '--port', '0'], 1, 'say with --port on which port to ask: 0 stands for any'],
    [['status', '--port', '1'], 1, 'no gateway answers at http://127.0.0.1:1: nothing listens there'],
  ]
  for (const [args, code, message, env] of refusals) {
    test(`${args.join(' ')} is refused in one line`, async () => {
      const resolved = args.map((argument) => (argument.endsWith('.json') ? join(folder, argument) : argument))
      const ended = await gatehouse(resolved, env)
      assert.deepEqual(
        { ...ended, stderr: ended.stderr.replace(`${folder}/`, '') },
        { code, stdout: '', stderr: `gatehouse: ${message}\n` },
      )
    })
  }

  test('start reports all problems at once, each in a line', async () => {
    const { code, stderr } = await gatehouse(['start', '--port', 'x', '--region', 'moon'], { GATEHOUSE_WORKERS: '0' })
    assert.equal(code, 1)
    assert.deepEqual(
      stderr
        .trim()
        .split('\n')
        .map((line) => line.split(' must ')[0]),
      ['gatehouse: --port', 'gatehouse: GATEHOUSE_WORKERS', 'gatehouse: --region'],
    )
  })

  describe('status', () => {
    async function statusOf(
      body: string,
      args: (port: number) => readonly string[],
    ): Promise<Ended & { port: number }> {
      const server = createServer((request, response) =>
        response.end(request.url === '/_gatehouse/status' ? body : '{}'),
      )
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const ended = await gatehouse(['status', ...args(port)])
      server.close()
      return { ...ended, port }
    }

    const answer = {
      version: '9.8.7',
      uptimeSeconds: 3_725,
      region: 'eu-west-1',
      account: '123456789012',
      workers: 2,
      apis: 5,
    }

    for (const host of ['127.0.0.1', '0.0.0.0']) {
      test(`prints what a gateway on ${host} says`, async () => {
        const { code, stdout, port } = await statusOf(JSON.stringify(answer), (on) => [
          '--host',
          host,
          '--port',
          String(on),
        ])
        assert.equal(code, 0)
        assert.deepEqual(stdout.split('\n'), [
          `Gatehouse 9.8.7 at http://127.0.0.1:${port}`,
          'Uptime   1 h 2 min 5 s',
          'Region   eu-west-1',
          'Account  123456789012',
          'Workers  2',
          'APIs     5',
          '',
        ])
      })
    }

    for (const body of ['{}', 'null', '<html>', JSON.stringify({ ...answer, apis: '5' })]) {
      test(`takes ${body.slice(0, 20)} for something else`, async () => {
        const { code, stderr, port } = await statusOf(body, (on) => ['--port', String(on)])
        assert.deepEqual([code, stderr], [1, `gatehouse: what answers at http://127.0.0.1:${port} is not Gatehouse\n`])
      })
    }
  })
})

describe('duration', () => {
  for (const [seconds, text] of [
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min 0 s'],
    [90_061, '1 d 1 h 1 min 1 s'],
  ] as const) {
    test(text, () => assert.equal(duration(seconds), text))
  }
})

describe('standing', () => {
  const since = 1_000
  for (const [state, nodes, text] of [
    ['connected', 3, '3 nodes, connected to Redis for 1 min 5 s'],
    ['connected', 1, '1 node, connected to Redis for 1 min 5 s'],
    ['alone', 3, 'Redis has not answered for 1 min 5 s: serves 1/3 of every limit by itself'],
    ['alone', 1, 'Redis has not answered for 1 min 5 s: serves all of every limit by itself'],
  ] as const) {
    test(text, () => assert.equal(standing({ state, nodes, since }, 66_000), text))
  }
})
