import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { HeaderList } from '../headers.ts'
import { endpointAddress } from './endpoint-address.ts'

const id = 'vpce-0a1'
const aws = 'abc123.execute-api.eu-west-1.amazonaws.com'
const alias = `abc123-${id}.execute-api.eu-west-1.amazonaws.com`
const own = `${id}-x1y2z3ab.execute-api.eu-west-1.vpce.amazonaws.com`
const zonal = own.replace('.execute', '-eu-west-1a.execute')

function read(host: string, headers: readonly string[] = [], target = '/dev/pets?x=1') {
  return endpointAddress(host, target, new HeaderList(headers), id)
}

describe('endpointAddress', () => {
  const named = ['x-apigw-api-id', 'abc123']
  for (const [host, headers, region, domainName, isAlias] of [
    [aws, [], 'eu-west-1', aws, undefined],
    [aws, ['X-Apigw-Api-Id', 'other'], 'eu-west-1', aws, undefined],
    [alias, [], 'eu-west-1', alias, true],
    [`${alias.toUpperCase()}:8443`, [], 'eu-west-1', alias, true],
    [own, named, 'eu-west-1', own, undefined],
    [zonal, named, 'eu-west-1', zonal, undefined],
    ['10.0.0.2:8443', named, undefined, '10.0.0.2', undefined],
    ['abc123.execute-api.localhost', [], undefined, 'abc123.execute-api.localhost', undefined],
  ] as const) {
    test(`${host} ${headers}`, () => {
      const expected = { apiId: 'abc123', region, path: '/dev/pets', query: 'x=1', domainName }
      assert.deepEqual(read(host, headers), isAlias ? { ...expected, isAlias } : expected)
    })
  }

  for (const [host, headers] of [
    [own, []],
    [own.replace(id, 'vpce-0b2'), named],
    [alias.replace(id, 'vpce-0b2'), []],
    ['10.0.0.2', []],
    ['', []],
  ] as const) {
    test(`${host} ${headers} calls no API`, () => assert.equal(read(host, headers), undefined))
  }

  test('a path can name an API, too', () => {
    const { apiId, path } = read('10.0.0.2', [], '/_aws/execute-api/abc123/dev/pets') ?? {}
    assert.deepEqual([apiId, path], ['abc123', '/dev/pets'])
  })
})
