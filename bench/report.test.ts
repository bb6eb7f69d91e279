import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseLoad } from './load.ts'
import { readOptions } from './options.ts'
import { table } from './table.ts'
import { atLeastTimesTheCalls, atMost, atMostTimes } from './target.ts'

const row = { name: 'a', cpuMicrosPerCall: 30, callsPerSecond: 1000, p50Millis: 1, p99Millis: 2, failures: 0 }

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
    const peer = { ...row, name: 'b', cpuMicrosPerCall: 10, callsPerSecond: 100 }
    assert.equal(atMostTimes(3, row, peer).met, true)
    assert.equal(atMostTimes(2, row, peer).met, false)
    assert.equal(atLeastTimesTheCalls(10, row, peer).met, true)
    assert.equal(atLeastTimesTheCalls(11, row, peer).met, false)
    assert.equal(atMost('Idle memory', 150, 150.4, 'MB').met, false)
  })

  test('runs whole, or in part and then without a report', () => {
    assert.equal(readOptions([], ['mock'])?.partial, false)
    assert.equal(readOptions(['--only', 'mock'], ['mock'])?.partial, true)
    assert.equal(readOptions(['--seconds', '1'], ['mock'])?.pace.warmUpSeconds, 2)
    assert.equal(readOptions(['--help'], ['mock']), undefined)
  })

  for (const args of [['--only', 'nothing'], ['--seconds', '0'], ['--seconds', 'long'], ['--fast']]) {
    test(`refuses ${args.join(' ')}`, () => assert.throws(() => readOptions(args, ['mock'])))
  }
})
