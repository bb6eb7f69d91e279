import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FunctionStream } from './function-stream.ts'
import type { FunctionResult } from './invoker.ts'
import { streamFromPort, streamToPort } from './stream-over-port.ts'

const result: FunctionResult = { payload: '', executedVersion: '1', requestId: 'r' }

/** Streams from what a function writes to what its caller takes, over a port. */
function stream(taker: FunctionStream, run: (stream: FunctionStream) => Promise<FunctionResult>) {
  return streamFromPort(taker, (port) => streamToPort(port, run))
}

describe('a stream between threads', () => {
  test('arrives whole and in order before its result', async () => {
    const pieces: string[] = []
    const taker: FunctionStream = {
      begin: () => pieces.push('begin'),
      write: (chunk) => pieces.push(String(chunk)) > 0,
    }
    const done = await stream(taker, async (far) => {
      far.begin(() => {})
      for (const text of ['a', 'b', 'c']) assert.equal(far.write(Buffer.from(text)), true)
      return result
    })
    assert.deepEqual([pieces, done], [['begin', 'a', 'b', 'c'], result])
  })

  test('holds back while its taker does', async () => {
    let resume = () => {}
    let taken = 0
    const held = Promise.withResolvers<void>()
    const taker: FunctionStream = {
      begin: (goOn) => {
        resume = goOn
      },
      write(chunk) {
        taken += chunk.length
        if (taken === 300_000) held.resolve()
        return taken > 300_000
      },
    }
    const done = stream(taker, async (far) => {
      const room = Promise.withResolvers<void>()
      far.begin(room.resolve)
      assert.equal(far.write(Buffer.alloc(200_000)), true)
      assert.equal(far.write(Buffer.alloc(100_000)), false)
      await room.promise
      assert.equal(far.write(Buffer.alloc(1)), true)
      return result
    })
    await held.promise
    resume()
    await done
    assert.equal(taken, 300_001)
  })

  test('ends with the error of its function', async () => {
    const taker: FunctionStream = { begin: () => {}, write: () => true }
    await assert.rejects(
      stream(taker, async () => {
        throw new Error('refused')
      }),
      { message: 'refused' },
    )
  })
})
