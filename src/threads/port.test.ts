import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { MessageChannel } from 'node:worker_threads'
import { ServiceError } from '../wire/service-error.ts'
import { openPort } from './port.ts'

describe('openPort', () => {
  const { port1, port2 } = new MessageChannel()
  after(() => port1.close())
  const far = {
    double: async (value: number) => value * 2,
    refuse: async () => {
      throw new ServiceError('NotFoundException', 'No such thing', { members: { Type: 'User' }, status: 404 })
    },
    fail: async () => {
      throw new TypeError('bad')
    },
    hang: () => new Promise<never>(() => {}),
    size: async (bytes: Uint8Array) => bytes.byteLength,
  }
  openPort(port2, far)
  const peer = openPort<typeof far>(port1, {})

  test('answers many calls at once, each with its own result', async () => {
    assert.deepEqual(await Promise.all([1, 2, 3].map((value) => peer.call('double', value))), [2, 4, 6])
  })

  test('carries a ServiceError whole', () =>
    assert.rejects(peer.call('refuse', undefined), {
      name: 'ServiceError',
      code: 'NotFoundException',
      message: 'No such thing',
      members: { Type: 'User' },
      status: 404,
    }))

  test('carries any other error as its message', () =>
    assert.rejects(peer.call('fail', undefined), { name: 'Error', message: 'bad' }))

  test('transfers buffers instead of copying them', async () => {
    const bytes = new Uint8Array(1000)
    assert.equal(await peer.call('size', bytes, { transfer: [bytes.buffer] }), 1000)
    assert.equal(bytes.byteLength, 0)
  })

  test('rejects what is open and what comes later when the port closes', async () => {
    const open = assert.rejects(peer.call('hang', undefined), { message: 'The thread has ended' })
    await peer.call('double', 1)
    port2.close()
    await open
    await assert.rejects(peer.call('double', 1), { message: 'The thread has ended' })
  })
})
