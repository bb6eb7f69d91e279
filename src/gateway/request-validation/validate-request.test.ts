import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RestRequestValidation } from '../../snapshot/rest-api.ts'
import { deployed, type InvocationValues, invocation } from '../fixtures.ts'
import type { Invocation } from '../invocation.ts'
import { validateRequest } from './validate-request.ts'

const base = 'https://apigateway.amazonaws.com/restapis/abc123/models'
const models = {
  Pet: JSON.stringify({
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, owner: { $ref: `${base}/Owner` } },
  }),
  Owner: JSON.stringify({ type: 'object', properties: { pets: { type: 'array', items: { $ref: `${base}/Pet` } } } }),
  Anything: '{}',
}

/** A step that gives what came through, or throws. */
function validating(requestValidation: RestRequestValidation | undefined) {
  const { stage, method, ...place } = deployed({})
  const handler = validateRequest(
    {
      ...place,
      stage: { ...stage, api: { ...stage.api, models } },
      method: { ...method, ...(requestValidation && { requestValidation }) },
    },
    (passed) => {
      through.push(passed)
      return { status: 200, headers: [], body: '' }
    },
  )
  const through: Invocation[] = []
  return async (values: InvocationValues = {}) => {
    await handler(invocation(values))
    return through.at(-1)
  }
}

test('a method without a validator is left alone', () => {
  const next = () => ({ status: 200, headers: [], body: '' })
  assert.equal(validateRequest(deployed({}), next), next)
})

describe('required parameters', () => {
  const call = validating({
    requiredParameters: [
      'method.request.header.X-Tenant',
      'method.request.path.petId',
      'method.request.querystring.page',
    ],
  })
  const complete = { headers: ['X-Tenant', 'acme'], query: 'page=1' }

  test('let a call pass that has them', async () => assert.ok(await call(complete)))

  const refusals: [string, InvocationValues, string][] = [
    ['all missing', {}, 'X-Tenant, page'],
    ['a blank header', { ...complete, headers: ['X-Tenant', ' '] }, 'X-Tenant'],
    ['a header in another case', { ...complete, headers: ['x-tenant', 'acme'] }, 'X-Tenant'],
    ['a blank query parameter', { ...complete, query: 'page=+' }, 'page'],
    ['a query parameter without value', { ...complete, query: 'page' }, 'page'],
    ['a query parameter in another case', { ...complete, query: 'Page=1' }, 'page'],
  ]
  for (const [name, values, missing] of refusals) {
    test(`refuse ${name}`, async () => {
      const message = `Missing required request parameters: [${missing}]`
      await assert.rejects(call(values), { type: 'BAD_REQUEST_PARAMETERS', status: 400, message })
    })
  }

  test('that the path does not have are always missing', async () => {
    const { stage, ...method } = deployed({}, { path: '/pets' })
    const requestValidation = { requiredParameters: ['method.request.path.petId'] }
    const step = validateRequest({ ...method, stage, method: { ...method.method, requestValidation } }, () =>
      assert.fail('came through'),
    )
    assert.throws(() => step(invocation()), { message: 'Missing required request parameters: [petId]' })
  })

  test('are checked before the body', async () => {
    const both = validating({ requiredParameters: ['method.request.querystring.q'], models: { 'a/b': 'Pet' } })
    await assert.rejects(both({ headers: ['Content-Type', 'a/b'], body: '1' }), { type: 'BAD_REQUEST_PARAMETERS' })
  })
})

describe('a body', () => {
  const call = validating({ models: { 'application/json': 'Pet', 'application/vnd.pet+json': 'Anything' } })

  test('that satisfies its model passes, and can be read again', async () => {
    const passed = await call({ method: 'POST', body: '{"name":"Rex","owner":{"pets":[{"name":"Max"}]}}' })
    assert.equal(String(await passed?.request.body.read()), '{"name":"Rex","owner":{"pets":[{"name":"Max"}]}}')
    const chunks: Uint8Array[] = []
    for await (const chunk of passed?.request.body.stream() ?? []) chunks.push(chunk)
    assert.equal(Buffer.concat(chunks).length, passed?.request.body.length)
  })

  for (const [name, values] of [
    ['of a type without model', { headers: ['Content-Type', 'text/plain'], body: 'x' }],
    ['of a type with another model', { headers: ['Content-Type', 'Application/vnd.pet+json; v=1'], body: '[]' }],
  ] as const) {
    test(`${name} passes`, async () => assert.ok(await call(values)))
  }

  const refusals: [string, InvocationValues, string][] = [
    ['that lacks what its model requires', { body: '{}' }, 'object has missing required properties (["name"])'],
    ['that is empty', {}, 'object has missing required properties (["name"])'],
    [
      'whose parts do not satisfy the models that it refers to',
      { body: '{"name":"Rex","owner":{"pets":[{"name":1}]}}' },
      'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
    ],
    ['that is no JSON', { body: '{name' }, 'Unable to parse the request body as JSON'],
    [
      'of a JSON type with parameters',
      { headers: ['Content-Type', 'application/json; charset=utf-8'], body: '1' },
      'instance type (integer) does not match any allowed primitive type (allowed: ["object"])',
    ],
  ]
  for (const [name, values, found] of refusals) {
    test(`${name} is refused`, async () => {
      await assert.rejects(call(values), {
        type: 'BAD_REQUEST_BODY',
        status: 400,
        message: 'Invalid request body',
        validationError: `[${found}]`,
      })
    })
  }
})
