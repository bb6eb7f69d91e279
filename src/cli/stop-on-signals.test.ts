import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { describe, mock, test } from 'node:test'
import { stopOnSignals } from './stop-on-signals.ts'

/** A process that can be sent signals, at the given time, and that notes its exits. */
function fakeProcess(stop: () => Promise<void>) {
  const exits: number[] = []
  const signals = new EventEmitter()
  let time = 0
  const target = Object.assign(signals, { exit: (code: number) => exits.push(code) })
  stopOnSignals(target, stop, () => time)
  return {
    exits,
    send(signal: 'SIGTERM' | 'SIGINT', atMs: number) {
      time = atMs
      signals.emit(signal)
    },
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('stopOnSignals', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`${signal} stops and then exits with 0`, async () => {
      const stopped = Promise.withResolvers<void>()
      const { exits, send } = fakeProcess(() => stopped.promise)
      send(signal, 1_000)
      await turn()
      assert.deepEqual(exits, [])
      stopped.resolve()
      await turn()
      assert.deepEqual(exits, [0])
    })
  }

  test('a second signal exits at once with 130', () => {
    const { exits, send } = fakeProcess(() => new Promise(() => {}))
    send('SIGTERM', 1_000)
    send('SIGINT', 1_250)
    assert.deepEqual(exits, [130])
  })

  test('the same Ctrl-C, passed on by npm and the launcher, is one signal', () => {
    const stop = mock.fn(() => new Promise<void>(() => {}))
    const { exits, send } = fakeProcess(stop)
    for (const time of [1_000, 1_003, 1_030]) send('SIGINT', time)
    assert.deepEqual(exits, [])
    assert.equal(stop.mock.callCount(), 1)
  })

  test('a stop that fails is printed and exits with 1', async () => {
    const printed = mock.method(console, 'error', () => {})
    const { exits, send } = fakeProcess(() => Promise.reject(new Error('disk gone')))
    send('SIGTERM', 1_000)
    await turn()
    printed.mock.restore()
    assert.deepEqual(exits, [1])
    assert.match(String(printed.mock.calls[0]?.arguments[0]), /disk gone/)
  })
})
