import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseIpRange } from './ip-range.ts'

describe('parseIpRange', () => {
  const cases: [range: string, address: string, contains: boolean][] = [
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.8', false],
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.114.0', false],
    ['203.0.113.128/25', '203.0.113.127', false],
    ['203.0.113.64/27', '203.0.113.95', true],
    ['203.0.113.64/27', '203.0.113.96', false],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '8.8.8.8', false],
    ['::/0', '2001:db8::1', true],
    ['203.0.113.0/24', '::ffff:203.0.113.9', true],
    ['203.0.113.0/24', '::ffff:cb00:7109', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1', true],
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201', true],
    ['10.0.0.0/8', 'not an address', false],
    ['10.0.0.0/8', '', false],
    ['10.0.0.0/8', '10.0.0.1.5', false],
    ['10.0.0.0/8', '010.0.0.1', false],
  ]
  for (const [range, address, contains] of cases) {
    test(`${range} ${contains ? 'contains' : 'does not contain'} ${address}`, () =>
      assert.equal(parseIpRange(range)?.contains(address), contains))
  }

  const wrong = [
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '::/129',
    ':::',
    '1::2::3',
    '12345::',
  ]
  for (const text of [
    ...wrong,
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '10.0.0.0/-1',
    '10.0.0.0/1e1',
  ]) {
    test(`is none: ${text}`, () => assert.equal(parseIpRange(text), undefined))
  }
})
