import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JsonOutput } from './json-output.ts'
import { loadContract } from './load-contract.ts'
import { styleOf } from './service-style.ts'

function encode(service: 'apigateway' | 'apigatewayv2', of: string, output: object): unknown {
  const json = new JsonOutput(loadContract(service).structures, 'epoch-seconds', styleOf(service).emptyAsNull)
  return json.encode({ type: 'structure', of }, output)
}

test('apigateway answers an empty template as null', () => {
  const templates = { 'application/json': '', 'text/plain': '$input.body' }
  const shown = { 'application/json': null, 'text/plain': '$input.body' }
  const response = { statusCode: '200', selectionPattern: '', responseTemplates: templates }
  const shownResponse = { ...response, responseTemplates: shown }
  assert.deepEqual(encode('apigateway', 'IntegrationResponse', response), shownResponse)
  assert.deepEqual(
    encode('apigateway', 'Method', {
      methodIntegration: { requestTemplates: templates, integrationResponses: { 200: response } },
    }),
    { methodIntegration: { requestTemplates: shown, integrationResponses: { 200: shownResponse } } },
  )
})

test('other maps, and other services, keep empty texts', () => {
  assert.deepEqual(encode('apigateway', 'Stage', { variables: { a: '' } }), { variables: { a: '' } })
  assert.deepEqual(encode('apigatewayv2', 'Integration', { RequestTemplates: { a: '' } }), {
    requestTemplates: { a: '' },
  })
})
