import assert from 'node:assert/strict'
import type { LookupFunction } from 'node:net'
import { describe, test } from 'node:test'
import type { Addresses } from '../integration/upstream/dial.ts'
import { privateAddresses } from './private-addresses.ts'

const hosts: Readonly<Record<string, readonly string[]>> = {
  'public.example': ['203.0.113.9'],
  'sneaky.example': ['203.0.113.9', '10.0.0.5'],
  'orders.internal': ['10.0.0.7'],
  'alias.example': ['10.0.0.7'],
}

const find: LookupFunction = (name, options, callback) => {
  const found = (hosts[name] ?? []).map((address) => ({ address, family: 4 }))
  const [first] = found
  if (!first) callback(new Error(`no ${name}`), '')
  else if (options.all) callback(null, found)
  else callback(null, first.address, first.family)
}

function lookUp(addresses: Addresses, name: string, port: number, all = true): Promise<unknown> {
  return new Promise((resolve, reject) => {
    addresses.lookup(port)(name, { all }, (error, address) => (error ? reject(error) : resolve(address)))
  })
}

const targets = [
  { host: '10.0.0.5', port: 8080 },
  { host: '::2', port: 8080 },
  { host: 'orders.internal', port: 80 },
  { host: '127.0.0.1', port: 9000 },
]

describe('Private backends', () => {
  const { outside, inside } = privateAddresses(targets, find)

  for (const [host, port] of [
    ['10.0.0.5', 8080],
    ['::ffff:10.0.0.5', 8080],
    ['::2', 8080],
    ['orders.internal', 80],
    ['Orders.Internal.', 80],
    ['127.0.0.1', 9000],
    ['127.8.8.8', 9000],
    ['::1', 9000],
    ['localhost', 9000],
    ['0.0.0.0', 9000],
    ['::', 9000],
  ] as const) {
    test(`are not reached from outside by ${host}:${port}`, () => {
      assert.match(
        outside.refuse(host, port)?.message ?? '',
        /is a private backend, which is reached through its VPC link/,
      )
      assert.equal(inside.refuse(host, port), undefined)
    })
  }

  for (const [host, port] of [
    ['10.0.0.5', 8081],
    ['10.0.0.6', 8080],
    ['127.0.0.1', 8080],
    ['0.0.0.0', 8080],
    ['orders.internal', 8080],
    ['public.example', 80],
  ] as const) {
    test(`leave ${host}:${port} alone`, () => assert.equal(outside.refuse(host, port), undefined))
  }

  for (const all of [true, false]) {
    test(`are not reached by a name that stands for one: ${all ? 'all its addresses' : 'the first'}`, async () => {
      if (all) await assert.rejects(lookUp(outside, 'sneaky.example', 8080, all), { code: 'ENOTFOUND' })
      else assert.equal(await lookUp(outside, 'sneaky.example', 8080, all), '203.0.113.9')
      assert.ok(await lookUp(outside, 'sneaky.example', 80, all))
      assert.ok(await lookUp(outside, 'public.example', 8080, all))
    })
  }

  test('that have names are private at every address they were found at', async () => {
    assert.ok(await lookUp(outside, 'alias.example', 80))
    assert.deepEqual(await lookUp(inside, 'orders.internal', 80), [{ address: '10.0.0.7', family: 4 }])
    await assert.rejects(lookUp(outside, 'alias.example', 80), { code: 'ENOTFOUND' })
    assert.match(outside.refuse('10.0.0.7', 80)?.message ?? '', /private/)
  })

  test('whose names do not exist give the system’s error', () =>
    assert.rejects(lookUp(outside, 'none.example', 8080), { message: 'no none.example' }))
})
