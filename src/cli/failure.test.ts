import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ListenOptions } from 'node:net'
import { describe, test } from 'node:test'
import { ConfigError } from '../config/config-error.ts'
import { StorageError } from '../storage/storage-error.ts'
import { CommandError } from './command-error.ts'
import { describeFailure } from './failure.ts'

async function listenError(options: ListenOptions): Promise<Error> {
  const [error] = await once(createServer().listen(options), 'error', { signal: AbortSignal.timeout(2_000) }).catch(
    (failure: unknown) => [failure],
  )
  assert.ok(error instanceof Error)
  return error
}

describe('describeFailure', () => {
  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['each problem of a configuration', new ConfigError(['one', 'two']), ['gatehouse: one', 'gatehouse: two']],
    [
      'a data folder in use',
      new StorageError('folder-in-use', 'The data folder is in use'),
      ['gatehouse: The data folder is in use'],
    ],
    ['a refused command', new CommandError('nothing there'), ['gatehouse: nothing there']],
    [
      'a privileged port',
      new Error('listen EACCES: permission denied 127.0.0.1:80'),
      [
        'gatehouse: cannot listen on 127.0.0.1:80: this user may not use the port; choose one above 1023 with --port or --api-port',
      ],
    ],
    [
      'an unknown host',
      new Error('getaddrinfo ENOTFOUND nowhere.invalid'),
      ['gatehouse: cannot listen on nowhere.invalid: the host name is unknown; choose another one with --host'],
    ],
    ['what is no error', 'text', ['gatehouse: unexpected failure: text']],
  ]
  for (const [what, error, lines] of cases) {
    test(`says ${what}`, () => assert.deepEqual(describeFailure(error), lines))
  }

  test('says a port in use, also after its error has crossed threads', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const error = await listenError({ host: '127.0.0.1', port })
    const expected = `gatehouse: cannot listen on 127.0.0.1:${port}: the port is in use by another program; choose another one with --port or --api-port`
    assert.deepEqual(describeFailure(error), [expected])
    assert.deepEqual(describeFailure(new Error(error.message)), [expected])
    server.close()
  })

  test('says an address that this machine does not have', async () => {
    const [line = ''] = describeFailure(await listenError({ host: '192.0.2.1', port: 0 }))
    assert.match(line, /^gatehouse: cannot listen on 192\.0\.2\.1(:0)?: this machine does not have the address/)
  })

  test('shows where an unexpected failure comes from', () => {
    const lines = describeFailure(new TypeError('x is not a function'))
    assert.match(lines.join('\n'), /^gatehouse: unexpected failure: TypeError: x is not a function\n {4}at /)
  })
})
