import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { refusalOfBrowsers } from './browser-guard.ts'

describe('refusalOfBrowsers', () => {
  for (const host of [
    'localhost:4566',
    '127.0.0.1:4566',
    '[::1]:4566',
    'api.localhost',
    'apigateway.us-east-1.amazonaws.com',
  ]) {
    test(`lets clients in that call ${host}`, () => assert.equal(refusalOfBrowsers({ headers: { host } }), undefined))
  }

  for (const host of ['evil.example', '127.0.0.1.evil.example', 'evil.example:4566', '']) {
    test(`refuses the rebound name '${host}'`, () =>
      assert.match(refusalOfBrowsers({ headers: { host } }) ?? '', /local names only/))
  }

  const host = 'localhost:4566'
  for (const [name, headers] of [
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
  ] as const) {
    test(`refuses ${name}`, () => assert.match(refusalOfBrowsers({ headers: { host, ...headers } }) ?? '', /web pages/))
  }

  test('lets its own pages in', () => {
    const headers = { host, origin: 'http://localhost:4566', 'sec-fetch-site': 'same-origin' }
    assert.equal(refusalOfBrowsers({ headers }), undefined)
  })
})
