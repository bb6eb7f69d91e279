import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Location } from '../../apigateway/documentation-part/location.ts'
import { inheritDocumentation } from './inherited-documentation.ts'

const part = (text: string, location: Location) => ({ location, properties: { text } })

describe('inheritDocumentation', () => {
  const find = inheritDocumentation([
    part('any response', { type: 'RESPONSE', path: '/', method: '*', statusCode: '*' }),
    part('any 400', { type: 'RESPONSE', path: '/', method: '*', statusCode: '400' }),
    part('any of pets', { type: 'RESPONSE', path: '/pets', method: '*', statusCode: '*' }),
    part('400 of pets', { type: 'RESPONSE', path: '/pets', method: '*', statusCode: '400' }),
    part('GET 400 of pets', { type: 'RESPONSE', path: '/pets', method: 'GET', statusCode: '400' }),
    part('any GET', { type: 'METHOD', path: '/', method: 'GET' }),
    part('page', { type: 'QUERY_PARAMETER', path: '/', method: '*', name: 'page' }),
    part('a body', { type: 'REQUEST_BODY', path: '/pets', method: 'POST', name: 'Pet' }),
    part('pets', { type: 'RESOURCE', path: '/pets' }),
    part('Pet', { type: 'MODEL', name: 'Pet' }),
    part('API', { type: 'API' }),
  ])
  const response = (path: string, method: string, statusCode: string) => ({
    type: 'RESPONSE' as const,
    path,
    method,
    statusCode,
  })
  const cases: [string, Location, string | undefined][] = [
    ['what is told about all', response('/', 'GET', '200'), 'any response'],
    ['what is told about the status', response('/orders', 'GET', '400'), 'any 400'],
    ['the path before the status', response('/pets/{id}', 'GET', '200'), 'any of pets'],
    ['the status on the same path', response('/pets/{id}', 'POST', '400'), '400 of pets'],
    ['the verb on the same path', response('/pets', 'GET', '400'), 'GET 400 of pets'],
    ['no path that only begins alike', response('/petshop', 'GET', '200'), 'any response'],
    ['the verb', { type: 'METHOD', path: '/pets', method: 'GET' }, 'any GET'],
    ['no other verb', { type: 'METHOD', path: '/pets', method: 'POST' }, undefined],
    ['the name', { type: 'QUERY_PARAMETER', path: '/a', method: 'PUT', name: 'page' }, 'page'],
    ['no other name', { type: 'QUERY_PARAMETER', path: '/a', method: 'PUT', name: 'size' }, undefined],
    ['the body, whatever its name', { type: 'REQUEST_BODY', path: '/pets', method: 'POST' }, 'a body'],
    ['a resource', { type: 'RESOURCE', path: '/pets' }, 'pets'],
    ['no resource above', { type: 'RESOURCE', path: '/pets/{id}' }, undefined],
    ['a model', { type: 'MODEL', name: 'Pet' }, 'Pet'],
    ['the API', { type: 'API' }, 'API'],
  ]
  for (const [name, location, expected] of cases) {
    test(`finds ${name}`, () => assert.equal(find(location)?.['text'], expected))
  }
})
