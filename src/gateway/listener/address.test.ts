import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { apiAddress } from './address.ts'

const aws = 'abc123.execute-api.eu-west-1.amazonaws.com'
const local = 'abc123.execute-api.localhost'

describe('apiAddress', () => {
  for (const [host, target, apiId, region, path, query, domainName] of [
    [aws, '/dev/pets?x=1', 'abc123', 'eu-west-1', '/dev/pets', 'x=1', aws],
    [`${aws}:4566`, '/dev', 'abc123', 'eu-west-1', '/dev', '', aws],
    [aws.toUpperCase(), '/dev/', 'abc123', 'eu-west-1', '/dev/', '', aws],
    [aws, '/', 'abc123', 'eu-west-1', '/', '', aws],
    [aws, '/?x=/y', 'abc123', 'eu-west-1', '/', 'x=/y', aws],
    [aws, '/dev?x=/y/z', 'abc123', 'eu-west-1', '/dev', 'x=/y/z', aws],
    [aws, '/dev//a%2Fb/', 'abc123', 'eu-west-1', '/dev//a%2Fb/', '', aws],
    [local, '/dev/pets', 'abc123', undefined, '/dev/pets', '', local],
    [`${local}:80`, '/dev/pets', 'abc123', undefined, '/dev/pets', '', local],
    ['localhost:4566', '/restapis/abc123/dev/_user_request_', 'abc123', undefined, '/dev', '', undefined],
    ['x', '/restapis/abc123/dev/_user_request_?a=1', 'abc123', undefined, '/dev', 'a=1', undefined],
    ['x', '/restapis/abc123/dev/_user_request_/pets/?a=1', 'abc123', undefined, '/dev/pets/', 'a=1', undefined],
    ['x', '/_aws/execute-api/abc123/dev', 'abc123', undefined, '/dev', '', undefined],
    ['x', '/_aws/execute-api/abc123/dev/pets?a=1', 'abc123', undefined, '/dev/pets', 'a=1', undefined],
    ['x', '/_aws/execute-api/abc123?a=1', 'abc123', undefined, '', 'a=1', undefined],
    ['x', '/_aws/execute-api/abc123/$default/pets', 'abc123', undefined, '/pets', '', undefined],
    ['x', '/_aws/execute-api/abc123/$default', 'abc123', undefined, '', '', undefined],
    ['x', '/_aws/execute-api/abc123/$defaults', 'abc123', undefined, '/$defaults', '', undefined],
    ['x', '/restapis/abc123/$default/_user_request_/pets', 'abc123', undefined, '/pets', '', undefined],
  ] as const) {
    test(`${host} ${target}`, () => {
      assert.deepEqual(apiAddress(host, target), { apiId, region, path, query, domainName })
    })
  }

  for (const [host, target] of [
    ['localhost:4566', '/restapis'],
    ['localhost:4566', '/restapis/abc123'],
    ['localhost:4566', '/restapis/abc123/resources'],
    ['localhost:4566', '/restapis/abc123/dev/_user_request_more'],
    ['localhost:4566', '/restapis/abc123/resources/_user_request_x/y'],
    ['localhost:4566', '/2015-03-31/functions'],
    ['.execute-api.localhost', '/dev'],
    ['abc123.execute-api.example.com', '/dev'],
    ['apigateway.us-east-1.amazonaws.com', '/restapis'],
    ['', '/'],
  ] as const) {
    test(`${host} ${target} calls no API`, () => assert.equal(apiAddress(host, target), undefined))
  }
})
