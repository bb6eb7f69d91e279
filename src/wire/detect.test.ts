import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ParsedRequest } from './codec.ts'
import { credentialOf } from './credential.ts'
import { detectService, protocolOf } from './detect.ts'
import { loadContract } from './load-contract.ts'
import { routeTable } from './rest-json/routes.ts'

const services = (['apigateway', 'apigatewayv2', 'lambda'] as const)
  .map(loadContract)
  .map((contract) => ({ contract, match: routeTable(contract) }))
const signed = (scope: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/${scope}/aws4_request, SignedHeaders=host, Signature=0`,
})

function request(method: string, target: string, headers: Record<string, string> = {}, body = ''): ParsedRequest {
  const [path = '', query = ''] = target.split('?')
  return { method, path, query: new URLSearchParams(query), headers, body: Buffer.from(body) }
}

describe('detectService', () => {
  const cases: [string, ParsedRequest, string, string?][] = [
    ['the credential scope', request('GET', '/restapis', signed('us-east-1/apigateway')), 'apigateway', 'GetRestApis'],
    [
      'the path, for services that share a scope',
      request('GET', '/v2/apis', signed('us-east-1/apigateway')),
      'apigatewayv2',
      'GetApis',
    ],
    ['the scope, for a path that no operation has', request('GET', '/nothing', signed('us-east-1/lambda')), 'lambda'],
    ['the scope before the path', request('GET', '/restapis', signed('us-east-1/lambda')), 'lambda'],
    ['the scope of a service that is not served', request('GET', '/bucket', signed('us-east-1/s3')), 'unknown s3'],
    [
      'the scope in the query',
      request('GET', '/restapis?X-Amz-Credential=A%2F20260101%2Fus-east-1%2Fapigateway%2Faws4_request'),
      'apigateway',
      'GetRestApis',
    ],
    [
      'the scope of SigV4a',
      request('GET', '/restapis', {
        authorization: 'AWS4-ECDSA-P256-SHA256 Credential=A/20260101/apigateway/aws4_request, Signature=0',
      }),
      'apigateway',
      'GetRestApis',
    ],
    ['the target', request('POST', '/', { 'x-amz-target': 'DynamoDB_20120810.GetItem' }), 'unknown DynamoDB_20120810'],
    ['the host', request('GET', '/nothing', { host: 'lambda.eu-west-1.amazonaws.com' }), 'lambda'],
    [
      'the dual-stack host',
      request('GET', '/v2/apis', { host: 'apigateway.eu-west-1.api.aws:443' }),
      'apigatewayv2',
      'GetApis',
    ],
    ['the host of a service that is not served', request('GET', '/', { host: 's3.amazonaws.com' }), 'unknown s3'],
    [
      'the path alone',
      request('POST', '/2015-03-31/functions', { host: 'localhost:4566' }),
      'lambda',
      'CreateFunction',
    ],
    ['a literal query', request('POST', '/restapis?mode=import'), 'apigateway', 'ImportRestApi'],
    ['no literal query', request('POST', '/restapis?mode=other'), 'apigateway', 'CreateRestApi'],
    ['a trailing slash', request('POST', '/2015-03-31/functions/'), 'lambda', 'CreateFunction'],
    [
      'an encoded label',
      request('GET', '/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa'),
      'apigateway',
      'GetTags',
    ],
    ['nothing that tells', request('GET', '/nothing'), 'nobody'],
    ['a method that the path does not have', request('HEAD', '/restapis'), 'nobody'],
    ['an empty label', request('GET', '/restapis//stages'), 'nobody'],
  ]
  for (const [name, parsed, expected, operation] of cases) {
    test(`goes by ${name}`, () => {
      const found = detectService(services, parsed, credentialOf(parsed))
      const shown = !found ? 'nobody' : 'unknown' in found ? `unknown ${found.unknown}` : found.service.contract.service
      assert.equal(shown, expected)
      if (found && 'service' in found) assert.equal(found.service.match(parsed)?.name, operation)
    })
  }
})

describe('protocolOf', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const cases: [ParsedRequest, string][] = [
    [request('GET', '/restapis'), 'restJson1'],
    [request('POST', '/', { 'x-amz-target': 'A.B', 'content-type': 'application/x-amz-json-1.0' }), 'awsJson1_0'],
    [request('POST', '/', { 'x-amz-target': 'A.B', 'content-type': 'application/x-amz-json-1.1' }), 'awsJson1_1'],
    [request('POST', '/', form, 'Action=GetCallerIdentity&Version=2011-06-15'), 'awsQuery'],
    [request('GET', '/?Action=ListUsers&Version=2010-05-08'), 'awsQuery'],
    [request('POST', '/2015-03-31/functions/f/invocations', form, 'Action=x'), 'restJson1'],
    [request('POST', '/', form, '{"a":1}'), 'restJson1'],
    [request('POST', '/service/S/operation/O', { 'smithy-protocol': 'rpc-v2-cbor' }), 'rpcv2Cbor'],
  ]
  for (const [parsed, protocol] of cases) {
    test(`${parsed.method} ${parsed.path} ${JSON.stringify(parsed.headers)} is ${protocol}`, () =>
      assert.equal(protocolOf(parsed), protocol))
  }
})

describe('credentialOf', () => {
  const cases: [string, object | undefined][] = [
    [
      'AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0',
      { accessKeyId: 'AK', date: '20260101', region: 'us-east-1', service: 'lambda' },
    ],
    [
      'AWS4-HMAC-SHA256 SignedHeaders=host, Credential=A/K/20260101/us-east-1/lambda/aws4_request',
      { accessKeyId: 'A/K', date: '20260101', region: 'us-east-1', service: 'lambda' },
    ],
    ['AWS4-HMAC-SHA256 Credential=AK/lambda/aws4_request', undefined],
    ['AWS4-HMAC-SHA256 Credential=AK/20260101/us-east-1/lambda/aws5_request', undefined],
    ['AWS4-HMAC-SHA256 Credential=', undefined],
    ['Bearer abc', undefined],
    ['', undefined],
  ]
  for (const [authorization, credential] of cases) {
    test(authorization || 'no header', () =>
      assert.deepEqual(credentialOf({ headers: { authorization }, query: new URLSearchParams() }), credential),
    )
  }
})
