import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SignatureV4 } from '@smithy/signature-v4'
import { Sha256 } from './oracle-hash.ts'
import { signRequest } from './sign-request.ts'

const date = new Date('2026-03-04T05:06:07.890Z')
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }

describe('signRequest agrees with the AWS SDK', () => {
  const cases: [
    string,
    {
      service?: string
      method?: string
      url: string
      headers?: Record<string, string>
      body?: string
      sessionToken?: string
    },
  ][] = [
    ['the root', { url: 'https://lambda.us-east-1.amazonaws.com/' }],
    [
      'a body and headers',
      {
        method: 'POST',
        url: 'https://a.example/2015-03-31/functions/f/invocations',
        headers: { 'X-Amz-Log-Type': 'Tail', 'Content-Type': 'application/json' },
        body: '{"a":"é"}',
      },
    ],
    ['a session token', { url: 'https://a.example/x', sessionToken: 'tok/en+==' }],
    [
      'an encoded path, encoded twice',
      { url: 'https://a.example/tags/arn%3Aaws%3Aapigateway%3A%3A%2Frestapis%2Fa%20b/~x!*()' },
    ],
    ['an encoded path of S3, encoded once', { service: 's3', url: 'https://bucket.s3.amazonaws.com/a%20b//c%2Fd/' }],
    ['doubled and trailing slashes', { url: 'https://a.example/a//b/' }],
    ['a query out of order', { url: 'https://a.example/x?b=2&a=%2F&a=%20&c&d=%2B&D=~' }],
    [
      'headers that are not signed',
      { url: 'https://a.example/x', headers: { 'User-Agent': 'me', 'X-Amzn-Trace-Id': 'Root=1', Connection: 'close' } },
    ],
    ['blanks in headers', { url: 'https://a.example/x', headers: { 'X-Amz-Meta': '  a   b  ' } }],
    ['a port', { url: 'http://localhost:4566/x' }],
  ]
  for (const [
    name,
    { service = 'execute-api', method = 'GET', url: address, headers = {}, body = '', sessionToken },
  ] of cases) {
    test(name, async () => {
      const url = new URL(address)
      const identity = { ...credentials, ...(sessionToken === undefined ? {} : { sessionToken }) }
      const ours = signRequest(
        { method, url, headers, body },
        { credentials: identity, region: 'us-east-1', service, date },
      )
      const oracle = new SignatureV4({
        service,
        region: 'us-east-1',
        credentials: identity,
        sha256: Sha256,
        uriEscapePath: service !== 's3',
      })
      const theirs = await oracle.sign(
        {
          method,
          protocol: url.protocol,
          hostname: url.hostname,
          path: url.pathname,
          query: queryBag(url),
          headers: { ...headers, host: url.host },
          body,
        },
        { signingDate: date },
      )
      assert.equal(ours['authorization'], theirs.headers['authorization'])
      assert.equal(ours['x-amz-security-token'], sessionToken)
    })
  }
})

function queryBag({ searchParams }: URL): Record<string, string[]> {
  return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]))
}
