import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openFixture } from '../fixture.ts'
import { formatModelUrl } from '../model/model-url.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

test('A clone has the whole definition under ids of its own, and changes apart', async () => {
  const original = await createApi()
  const pets = await original.createResource('pets')
  const ids = await original.createMethod({ resourceId: await original.createResource('{petId}', pets) })
  await original.integrate(ids)
  const add = { op: 'add' as const, path: '/binaryMediaTypes/image~1png' }
  await operations.UpdateRestApi({ restApiId: original.restApiId, patchOperations: [add] }, caller)

  const cloneFrom = original.restApiId
  const clone = await operations.CreateRestApi({ name: 'copy', description: 'd', cloneFrom }, caller)
  assert.deepEqual(
    [clone.name, clone.description, clone.binaryMediaTypes, clone.tags],
    ['copy', 'd', ['image/png'], undefined],
  )

  const restApiId = clone.id ?? ''
  const definition = async (id: string) =>
    (await operations.GetResources({ restApiId: id, embed: ['methods'] }, caller)).items ?? []
  const before = await definition(cloneFrom)
  const copied = await definition(restApiId)
  assert.deepEqual(
    copied.map(({ path }) => path),
    ['/', '/pets', '/pets/{petId}'],
  )
  assert.equal(copied[0]?.id, clone.rootResourceId)
  assert.deepEqual(
    copied.map(({ parentId }) => parentId),
    [undefined, copied[0]?.id, copied[1]?.id],
  )
  const originals = before.map(({ id }) => id)
  assert.ok(copied.every(({ id }) => !originals.includes(id)))
  const integrationOf = ([, , leaf]: typeof copied) => leaf?.resourceMethods?.['GET']?.methodIntegration
  assert.deepEqual(integrationOf(copied), { ...integrationOf(before), cacheNamespace: copied[2]?.id })
  assert.equal((await operations.GetModels({ restApiId }, caller)).items.length, 2)

  await operations.DeleteResource({ restApiId, resourceId: copied[1]?.id ?? '' }, caller)
  assert.deepEqual(await definition(cloneFrom), before)
})

test('A clone has children of its own, and methods that use them', async () => {
  const { restApiId, rootId } = await createApi()
  const model = (name: string, schema: object) => {
    const text = JSON.stringify(schema)
    return operations.CreateModel({ restApiId, name, contentType: 'application/json', schema: text }, caller)
  }
  await model('Pet', {})
  await model('Pets', { items: { $ref: formatModelUrl({ restApiId, modelName: 'Pet' }) } })
  const providerARNs = ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a']
  const authorizer = await operations.CreateAuthorizer(
    { restApiId, name: 'pool', type: 'COGNITO_USER_POOLS', providerARNs, identitySource: 'method.request.header.A' },
    caller,
  )
  const validator = await operations.CreateRequestValidator({ restApiId, name: 'all' }, caller)
  await operations.PutGatewayResponse({ restApiId, responseType: 'THROTTLED', statusCode: '420' }, caller)
  const part = await operations.CreateDocumentationPart(
    { restApiId, location: { type: 'API' }, properties: '{}' },
    caller,
  )
  await operations.PutMethod(
    {
      restApiId,
      resourceId: rootId,
      httpMethod: 'GET',
      authorizationType: 'COGNITO_USER_POOLS',
      authorizerId: authorizer.id ?? '',
      requestValidatorId: validator.id ?? '',
    },
    caller,
  )

  const clone = await operations.CreateRestApi({ name: 'copy', cloneFrom: restApiId }, caller)
  const ids = { restApiId: clone.id ?? '' }
  await operations.DeleteRestApi({ restApiId }, caller)
  const [copiedAuthorizer] = (await operations.GetAuthorizers(ids, caller)).items ?? []
  const [copiedValidator] = (await operations.GetRequestValidators(ids, caller)).items ?? []
  const [copiedPart] = (await operations.GetDocumentationParts(ids, caller)).items ?? []
  assert.deepEqual(copiedAuthorizer, { ...authorizer, id: copiedAuthorizer?.id })
  assert.deepEqual(copiedValidator, { ...validator, id: copiedValidator?.id })
  assert.deepEqual(copiedPart, { ...part, id: copiedPart?.id })
  assert.notEqual(copiedAuthorizer?.id, authorizer.id)
  const response = await operations.GetGatewayResponse({ ...ids, responseType: 'THROTTLED' }, caller)
  assert.equal(response.statusCode, '420')
  const method = { ...ids, resourceId: clone.rootResourceId ?? '', httpMethod: 'GET' }
  const { authorizerId, requestValidatorId } = await operations.GetMethod(method, caller)
  assert.deepEqual([authorizerId, requestValidatorId], [copiedAuthorizer?.id, copiedValidator?.id])
  const pets = await operations.GetModel({ ...ids, modelName: 'Pets', flatten: true }, caller)
  assert.deepEqual(JSON.parse(pets.schema ?? ''), { items: { $ref: '#/definitions/Pet' }, definitions: { Pet: {} } })
})

test('A clone of an unknown API is refused, and leaves nothing', async () => {
  const count = async () => (await operations.GetRestApis({}, caller)).items?.length
  const before = await count()
  await assert.rejects(operations.CreateRestApi({ name: 'copy', cloneFrom: 'x' }, caller), {
    code: 'NotFoundException',
    message: 'Invalid API identifier specified 123456789012:x',
  })
  assert.equal(await count(), before)
})
