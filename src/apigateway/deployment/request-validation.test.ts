import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'
import { methodKey, methods } from '../method/method.ts'
import { readStageChange } from '../stage/stage-change.ts'

const fixture = await openFixture()
const { operations, caller, createApi, store } = fixture
after(fixture.close)

const scope = '123456789012/us-east-1'

/** An API with `POST /` that a validator of these parts checks, and models of these schemas. */
async function validated(
  parts: { validateRequestBody?: boolean; validateRequestParameters?: boolean },
  schemas: (base: string) => Record<string, object | string> = () => ({}),
  requestModels: Record<string, string> = {},
) {
  const api = await createApi()
  const { restApiId, rootId: resourceId } = api
  const base = `https://apigateway.amazonaws.com/restapis/${restApiId}/models`
  const entries = Object.entries(schemas(base))
  // Models may refer to each other in circles: all have to be there before.
  for (const [name] of entries) {
    await operations.CreateModel({ restApiId, name, contentType: 'application/json', schema: '{}' }, caller)
  }
  for (const [modelName, schema] of entries) {
    const value = typeof schema === 'string' ? schema : JSON.stringify(schema)
    await operations.UpdateModel(
      { restApiId, modelName, patchOperations: [{ op: 'replace', path: '/schema', value }] },
      caller,
    )
  }
  const { id: requestValidatorId = '' } = await operations.CreateRequestValidator(
    { restApiId, name: 'v', ...parts },
    caller,
  )
  const ids = { restApiId, resourceId, httpMethod: 'POST' }
  const requestParameters = {
    'method.request.querystring.q': true,
    'method.request.header.h': true,
    'method.request.header.x': false,
  }
  await operations.PutMethod(
    { ...ids, authorizationType: 'NONE', requestValidatorId, requestParameters, requestModels },
    caller,
  )
  await operations.PutIntegration({ ...ids, type: 'MOCK' }, caller)
  return { ...api, ids, base }
}

async function frozen(restApiId: string) {
  const { stage } = await store.read((reader) => readStageChange(reader, scope, `${restApiId}/dev`, fixture.cipher))
  return { models: stage?.api.models, validation: stage?.api.resources[0]?.methods['POST']?.requestValidation }
}

const requiredParameters = ['method.request.header.h', 'method.request.querystring.q']

describe('A deployment freezes', () => {
  const cases: [string, Parameters<typeof validated>, object | undefined][] = [
    ['the required parameters, sorted', [{ validateRequestParameters: true }], { requiredParameters }],
    ['no body check without models', [{ validateRequestBody: true }], undefined],
    [
      'nothing for a validator that checks nothing',
      [{}, () => ({ Pet: {} }), { 'application/json': 'Pet' }],
      undefined,
    ],
    [
      'both',
      [
        { validateRequestBody: true, validateRequestParameters: true },
        () => ({ Pet: {} }),
        { 'application/json': 'Pet' },
      ],
      { requiredParameters, models: { 'application/json': 'Pet' } },
    ],
  ]
  for (const [name, setup, validation] of cases) {
    test(name, async () => {
      const api = await validated(...setup)
      await api.deploy('dev')
      assert.deepEqual((await frozen(api.restApiId)).validation, validation)
    })
  }

  test('the models that bodies are validated by, directly or by reference, and no others', async () => {
    const api = await validated(
      { validateRequestBody: true },
      (base) => ({ Pet: { items: { $ref: `${base}/Owner` } }, Owner: { items: { $ref: `${base}/Pet` } }, Other: {} }),
      { 'application/json': 'Pet' },
    )
    await api.deploy('dev')
    const { models } = await frozen(api.restApiId)
    assert.deepEqual(models, {
      Pet: `{"items":{"$ref":"${api.base}/Owner"}}`,
      Owner: `{"items":{"$ref":"${api.base}/Pet"}}`,
    })
    await operations.DeleteMethod(api.ids, caller)
    assert.deepEqual((await frozen(api.restApiId)).models, models)
  })
})

describe('A deployment is refused', () => {
  test('for a model by which nothing can be validated in bounded time', async () => {
    const api = await validated({ validateRequestBody: true }, () => ({ Pet: { pattern: '^(?=.*[A-Z])' } }), {
      'application/json': 'Pet',
    })
    const message =
      'Cannot deploy: model Pet cannot be validated by: The pattern ^(?=.*[A-Z]) cannot be matched in linear time'
    await assert.rejects(api.deploy('dev'), { code: 'BadRequestException', message })
  })

  test('for a method whose validator is gone', async () => {
    const api = await validated({})
    const method = await operations.GetMethod(api.ids, caller)
    const stored = { ...method, requestValidatorId: 'v1' }
    await store.write((transaction) => transaction.put(methods, scope, methodKey(api.ids), stored))
    await assert.rejects(api.deploy('dev'), { message: 'Cannot deploy: request validator v1 does not exist' })
  })
})
