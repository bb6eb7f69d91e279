import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fateOfMapped, fateToClient, fateToHttp, fateToLambda, remapped } from './header-fate.ts'

/** Towards an HTTP backend, towards a function, back to the client. */
const fates = {
  age: ['pass', 'pass', 'pass'],
  accept: ['pass', 'pass', 'pass'],
  'accept-charset': ['pass', 'pass', 'pass'],
  'accept-encoding': ['pass', 'pass', 'pass'],
  authorization: ['pass', 'pass', 'remap'],
  connection: ['drop', 'drop', 'remap'],
  'content-encoding': ['drop', 'pass', 'pass'],
  'content-length': ['drop', 'drop', 'pass'],
  'content-md5': ['drop', 'drop', 'remap'],
  'content-type': ['pass', 'pass', 'pass'],
  date: ['pass', 'pass', 'remap'],
  expect: ['drop', 'drop', 'drop'],
  host: ['drop', 'pass', 'drop'],
  'keep-alive': ['drop', 'pass', 'drop'],
  'max-forwards': ['drop', 'drop', 'remap'],
  pragma: ['pass', 'pass', 'pass'],
  'proxy-authenticate': ['drop', 'drop', 'drop'],
  range: ['pass', 'pass', 'pass'],
  referer: ['pass', 'pass', 'pass'],
  server: ['drop', 'drop', 'remap'],
  te: ['drop', 'drop', 'drop'],
  'transfer-encoding': ['drop', 'drop', 'drop'],
  trailer: ['drop', 'drop', 'drop'],
  upgrade: ['drop', 'drop', 'drop'],
  'user-agent': ['pass', 'pass', 'remap'],
  via: ['drop', 'pass', 'drop'],
  warn: ['pass', 'pass', 'pass'],
  'www-authenticate': ['drop', 'drop', 'remap'],
  'x-anything': ['pass', 'pass', 'pass'],
  'x-amzn-requestid': ['pass', 'pass', 'remap'],
}

describe('header fates', () => {
  for (const [name, expected] of Object.entries(fates)) {
    test(name, () => assert.deepEqual([fateToHttp(name), fateToLambda(name), fateToClient(name)], expected))
  }

  test('mapped headers come out remapped, and never change the framing', () => {
    assert.equal(fateOfMapped('content-length'), 'remap')
    assert.equal(fateOfMapped('expect'), 'remap')
    assert.equal(fateOfMapped('transfer-encoding'), 'drop')
    assert.equal(fateOfMapped('via'), 'pass')
  })

  test('a remapped header keeps its case, but for the request id', () => {
    assert.equal(remapped('Server'), 'x-amzn-Remapped-Server')
    assert.equal(remapped('X-AMZN-REQUESTID'), 'x-amzn-Remapped-x-amzn-RequestId')
  })
})
