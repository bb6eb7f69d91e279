import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { MappedValues } from '../backend.ts'
import { endpoint } from './endpoint.ts'

function values(from: Readonly<Record<string, string>>): MappedValues {
  return new Map(Object.entries(from).map(([name, value]) => [name, [value]]))
}

describe('endpoint', () => {
  for (const [uri, mapped, origin, path] of [
    ['http://backend.test', {}, 'http://backend.test', '/'],
    ['HTTPS://backend.test:8443/a?b=c#d', {}, 'https://backend.test:8443', '/a?b=c'],
    ['http://backend.test?b=c', {}, 'http://backend.test', '/?b=c'],
    ['http://[::1]:9000/a', {}, 'http://[::1]:9000', '/a'],
    ['http://b.test/{id}/x', { id: '7' }, 'http://b.test', '/7/x'],
    ['http://b.test/{proxy}', { proxy: 'a//b%2Fc+d' }, 'http://b.test', '/a//b%2Fc+d'],
    ['http://b.test/{proxy+}', { proxy: 'a' }, 'http://b.test', '/a'],
    ['http://b.test/{id}', { id: 'a b?é#' }, 'http://b.test', '/a%20b%3F%C3%A9%23'],
    ['http://b.test/?q={id}', { id: 'x' }, 'http://b.test', '/?q=x'],
    ['http://{host}.test:{port}/', { host: 'a', port: '81' }, 'http://a.test:81', '/'],
  ] as const) {
    test(uri, () => assert.deepEqual(endpoint(uri)?.(values(mapped)), { origin, path }))
  }

  for (const uri of [
    '',
    'backend.test',
    'ftp://backend.test',
    'http:///a',
    'http://a b/',
    'http://a:99999/',
    'http://u@h/',
  ]) {
    test(`${uri || 'nothing'} is none`, () => assert.equal(endpoint(uri), undefined))
  }

  for (const [uri, mapped] of [
    ['http://b.test/{proxy}', {}],
    ['http://b.test/{proxy}', { proxy: '' }],
    ['http://{host}/', {}],
    ['http://{host}/', { host: 'evil.test/x?' }],
    ['http://{host}.b.test/', { host: 'user@evil.test:80' }],
  ] as const) {
    test(`${uri} with ${JSON.stringify(mapped)} is a 500`, () => {
      assert.throws(() => endpoint(uri)?.(values(mapped)), { type: 'API_CONFIGURATION_ERROR' })
    })
  }
})
