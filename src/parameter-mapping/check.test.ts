import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { requestMappingProblem, requestValueProblem, responseMappingProblem } from './check.ts'

describe('requestMappingProblem', () => {
  const good: [key: string, value: string][] = [
    ['append:header.x-tenant', '$request.header.Tenant'],
    ['overwrite:header.host', 'example.com'],
    ['remove:header.x-tenant', "''"],
    ['remove:header.x-tenant', '$nothing.at.all'],
    ['append:querystring.a.b', '$request.querystring.a.b'],
    ['overwrite:querystring.id', '${request.path.id}-${context.requestId}'],
    ['overwrite:path', '$request.path'],
    ['overwrite:path', '/v2/${request.path}'],
    ['overwrite:header.x', '$request.body'],
    ['overwrite:header.x', '$request.body.pet.names[0]'],
    ['overwrite:header.x', '$stageVariables.edition'],
    ['overwrite:header.x', '$5'],
    ['overwrite:header.x', ''],
  ]
  for (const [key, value] of good) {
    test(`takes ${key} = ${value}`, () => assert.equal(requestMappingProblem({ [key]: value }), undefined))
  }

  for (const key of [
    'overwrite:body',
    'append:path',
    'header.x',
    'overwrite:header.',
    'overwrite:header.a b',
    'replace:header.x',
    'overwrite:statuscode',
  ]) {
    test(`refuses the key ${key}`, () => {
      assert.equal(
        requestMappingProblem({ [key]: 'x' }),
        `Invalid Request Actioned Parameter destination specified: ${key}`,
      )
    })
  }

  for (const name of [
    'Authorization',
    'access-control-allow-origin',
    'X-Amz-Date',
    'apigw-requestid',
    'Via',
    'Origin',
  ]) {
    test(`refuses the reserved header ${name}`, () => {
      for (const action of ['append', 'overwrite', 'remove']) {
        assert.match(requestMappingProblem({ [`${action}:header.${name}`]: 'x' }) ?? '', /restricted/)
      }
    })
  }

  for (const value of [
    '$request.foo',
    '$request.header',
    '$request.header.',
    '$context',
    '$response.header.x',
    'a ${b} c',
    '$request.body..name',
    '$request.body.pets[?(@.id)]',
  ]) {
    test(`refuses the value ${value}`, () => {
      const problem = requestMappingProblem({ 'append:header.x': value })
      assert.equal(problem, `Invalid mapping expression specified: ${value}`)
    })
  }
})

describe('responseMappingProblem', () => {
  test('takes what is made of the response, the context, variables and text', () => {
    const parameters = {
      'overwrite:statuscode': '404',
      'append:header.a': '$response.header.b',
      'overwrite:header.c': '${response.body.error}, ${context.requestId}',
      'remove:header.server': '',
    }
    assert.equal(
      responseMappingProblem({ 200: parameters, 599: { 'overwrite:statuscode': '$response.body.s' } }),
      undefined,
    )
  })

  for (const [status, key, value, problem] of [
    ['199', 'append:header.a', 'x', /^Status Code 199 is not valid$/],
    ['600', 'append:header.a', 'x', /^Status Code .* is not valid$/],
    ['2xx', 'append:header.a', 'x', /^Status Code .* is not valid$/],
    ['200', 'append:querystring.a', 'x', /^Invalid Response Actioned Parameter destination specified/],
    ['200', 'overwrite:path', 'x', /^Invalid Response Actioned Parameter destination specified/],
    ['200', 'overwrite:header.transfer-encoding', 'x', /restricted/],
    ['200', 'overwrite:header.a', '$request.header.b', /Invalid mapping expression/],
    ['200', 'overwrite:statuscode', '99', /Invalid mapping expression/],
    ['200', 'overwrite:statuscode', 'teapot', /Invalid mapping expression/],
  ] as const) {
    test(`refuses ${key} = ${value} at ${status}`, () => {
      assert.match(responseMappingProblem({ [status]: { [key]: value } }) ?? '', problem)
    })
  }
})

describe('requestValueProblem', () => {
  test('is about references only', () => {
    assert.equal(requestValueProblem('$request.body.Message'), undefined)
    assert.equal(requestValueProblem('{"a": "${request.header.x}"}'), undefined)
    assert.match(requestValueProblem('$response.body') ?? '', /Invalid mapping expression/)
  })
})
