import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sharedSlots, slotMemory } from '../../limiter/shared-slots.ts'
import type { Rate } from '../../limiter/token-bucket.ts'
import { deployed, invocation } from '../fixtures.ts'
import { throttle } from './throttle.ts'

const reply = { status: 200, headers: [], body: '' }
const never = { rateLimit: 0.001, burstLimit: 1 }

/** Methods of one stage, by path and verb, under its limits. */
function limited(throttling: Readonly<Record<string, Rate>>) {
  let ns = 1_000_000_000n
  const limits = sharedSlots(slotMemory(64))
  const step = throttle({ limits, now: () => 0, monotonicNs: () => ns })
  const handlerOf = (path: string, httpMethod: string) => {
    const place = deployed({}, { path, httpMethod })
    return step({ ...place, stage: { ...place.stage, throttling } }, () => reply)
  }
  return {
    handlerOf,
    wait: (seconds: number) => {
      ns += BigInt(seconds * 1e9)
    },
  }
}

const refused = { type: 'THROTTLED', status: 429, message: 'Too Many Requests' }

describe('throttling', () => {
  test('costs nothing on stages without limits', () => {
    const next = () => reply
    const step = throttle({ limits: sharedSlots(slotMemory(1)), now: () => 0 })
    assert.equal(step(deployed({}), next), next)
  })

  test('refuses calls beyond the burst until tokens come back', () => {
    const { handlerOf, wait } = limited({ 'pets/GET': { rateLimit: 1, burstLimit: 2 } })
    const call = handlerOf('/pets', 'GET')
    assert.equal(call(invocation()), reply)
    assert.equal(call(invocation()), reply)
    assert.throws(() => call(invocation()), refused)
    wait(1)
    assert.equal(call(invocation()), reply)
    assert.throws(() => call(invocation()), refused)
  })

  test('of a stage holds for each method on its own', () => {
    const { handlerOf } = limited({ '*/*': never })
    for (const [path, verb] of [
      ['/', 'GET'],
      ['/pets', 'GET'],
      ['/pets', 'POST'],
    ] as const) {
      const call = handlerOf(path, verb)
      assert.equal(call(invocation()), reply)
      assert.throws(() => call(invocation()), refused)
    }
  })

  test('of a method goes before that of its stage', () => {
    const { handlerOf } = limited({ '*/*': never, '/GET': { rateLimit: 1, burstLimit: 3 } })
    const call = handlerOf('/', 'GET')
    for (let i = 0; i < 3; i++) assert.equal(call(invocation()), reply)
    assert.throws(() => call(invocation()), refused)
  })

  test('tells the verbs of ANY apart where they have limits of their own', () => {
    const { handlerOf } = limited({ '*/*': never, 'pets/{petId}/GET': { rateLimit: 1, burstLimit: 2 } })
    const call = handlerOf('/pets/{petId}', 'ANY')
    const by = (method: string) => () => call(invocation({ method }))
    by('GET')()
    by('POST')()
    by('GET')()
    assert.throws(by('GET'), refused)
    assert.throws(by('POST'), refused)
    assert.throws(by('PUT'), refused)
  })

  test('goes on counting when the stage is compiled again', () => {
    const { handlerOf } = limited({ '*/*': never })
    assert.equal(handlerOf('/pets', 'GET')(invocation()), reply)
    assert.throws(() => handlerOf('/pets', 'GET')(invocation()), refused)
  })
})
