import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseLoad } from './load.ts'
import { readOptions } from './options.ts'
import { table } from './table.ts'
import { atLeastTimesTheCalls, atMost, atMostMore, atMostTimes } from './target.ts'
import type { Row } from './turns.ts'

/** A server that used so much in each of its turns. */
function row(name: string, cpu: readonly number[], callsPerSecond: number): Row {
  const turns = cpu.map((cpuMicrosPerCall) => ({ cpuMicrosPerCall, callsPerSecond }))
  return { name, turns, cpuMicrosPerCall: 0, callsPerSecond, p50Millis: 1, p99Millis: 2, failures: 0 }
}

describe('the benchmark', () => {
  test('reads what the loader prints', () => {
    const line = '{"calls":10,"micros":2000000,"p50Micros":500,"p99Micros":1500,"failures":1}'
    const load = { calls: 10, seconds: 2, p50Millis: 0.5, p99Millis: 1.5, failures: 1 }
    assert.deepEqual(parseLoad(`Running 2s test\n${line}\n`), load)
    assert.throws(() => parseLoad('unable to connect'), /printed no result/)
    assert.throws(() => parseLoad('{"calls":10}'), /incomplete/)
  })

  test('writes even tables', () => {
    assert.equal(table(['A', 'B:'], [['one', '1']]), '| A   |   B |\n| --- | --: |\n| one |   1 |')
  })

  test('compares with the targets', () => {
    const own = row('a', [30], 1_000)
    const peer = row('b', [10], 100)
    assert.equal(atMostTimes(3, own, peer).met, true)
    assert.equal(atMostTimes(2, own, peer).met, false)
    assert.equal(atMostMore(20, own, peer).met, true)
    assert.equal(atMostMore(19, own, peer).met, false)
    assert.equal(atLeastTimesTheCalls(10, own, peer).met, true)
    assert.equal(atLeastTimesTheCalls(11, own, peer).met, false)
    assert.equal(atMost('Idle memory', 150, 150.4, 'MB').met, false)
  })

  test('compares the turns of a round', () => {
    // The machine was half as fast in the first two turns of one and in the first of the other; by medians it would be 40 µs.
    const own = row('a', [60, 60, 33], 1)
    const peer = row('b', [40, 20, 11], 1)
    assert.match(atMostTimes(3, own, peer).measured, /^3.00 /)
    assert.match(atMostMore(3, own, peer).measured, /^22.0 /)
    assert.throws(() => atMostTimes(3, own, row('c', [1, 1], 1)), /did not take turns/)
    assert.throws(() => atMostTimes(3, own, undefined), /missing/)
  })

  test('runs whole, or in part and then without a report', () => {
    assert.equal(readOptions([], ['mock'])?.partial, false)
    assert.equal(readOptions(['--only', 'mock'], ['mock'])?.partial, true)
    assert.equal(readOptions(['--seconds', '1'], ['mock'])?.pace.warmUpSeconds, 2)
    assert.equal(readOptions(['--seconds', '2'], ['mock'])?.pace.turns, 6)
    assert.equal(readOptions(['--help'], ['mock']), undefined)
  })

  for (const args of [['--only', 'nothing'], ['--seconds', '0'], ['--seconds', 'long'], ['--fast']]) {
    test(`refuses ${args.join(' ')}`, () => assert.throws(() => readOptions(args, ['mock'])))
  }
})
