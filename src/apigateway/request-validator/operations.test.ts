import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const unknown = { code: 'NotFoundException', message: 'Invalid Request Validator identifier specified' }
const bad = (message: string) => ({ code: 'BadRequestException', message })

/** An API with one validator. */
async function validated(name = 'all') {
  const api = await createApi()
  const { id = '' } = await operations.CreateRequestValidator({ restApiId: api.restApiId, name }, caller)
  return { ...api, requestValidatorId: id }
}

describe('CreateRequestValidator', () => {
  test('validates nothing unless told to', async () => {
    const { restApiId } = await createApi()
    const { id, ...rest } = await operations.CreateRequestValidator({ restApiId, name: 'none' }, caller)
    assert.match(id ?? '', /^.{6}$/)
    assert.deepEqual(rest, { name: 'none', validateRequestBody: false, validateRequestParameters: false })
    const given = { name: 'both', validateRequestBody: true, validateRequestParameters: true }
    const both = await operations.CreateRequestValidator({ restApiId, ...given }, caller)
    assert.deepEqual(both, { id: both.id, ...given })
  })

  test('refuses an unknown API, a blank name, and one that is taken', async () => {
    const { restApiId } = await validated()
    const create = (settings: { restApiId?: string; name?: string }) =>
      operations.CreateRequestValidator({ restApiId, ...settings }, caller)
    await assert.rejects(create({ restApiId: 'x', name: 'n' }), bad('Invalid REST API identifier specified'))
    await assert.rejects(create({}), bad('Request Validator name cannot be blank'))
    await assert.rejects(create({ name: ' ' }), bad('Request Validator name cannot be blank'))
    await assert.rejects(
      create({ name: 'all' }),
      bad('Request Validator name must be unique. Request Validator all already exists in this RestApi.'),
    )
  })

  test('stops at 20', async () => {
    const { restApiId } = await createApi()
    for (let n = 0; n < 20; n++) await operations.CreateRequestValidator({ restApiId, name: `v${n}` }, caller)
    await assert.rejects(operations.CreateRequestValidator({ restApiId, name: 'last' }, caller), {
      code: 'LimitExceededException',
    })
  })
})

describe('GetRequestValidators', () => {
  test('pages by id', async () => {
    const { restApiId, requestValidatorId } = await validated('a')
    const { id: second } = await operations.CreateRequestValidator({ restApiId, name: 'b' }, caller)
    const first = await operations.GetRequestValidators({ restApiId, limit: 1 }, caller)
    const rest = await operations.GetRequestValidators({ restApiId, position: first.position ?? '' }, caller)
    assert.deepEqual(
      [...(first.items ?? []), ...(rest.items ?? [])].map(({ id }) => id),
      [requestValidatorId, second],
    )
  })

  test('refuses an unknown API', () =>
    assert.rejects(operations.GetRequestValidators({ restApiId: 'x' }, caller), {
      code: 'NotFoundException',
      message: 'Invalid API identifier specified 123456789012:x',
    }))
})

describe('UpdateRequestValidator', () => {
  test('replaces its settings; a missing value counts as false', async () => {
    const ids = await validated()
    const update = (...patchOperations: Patch[]) =>
      operations.UpdateRequestValidator({ ...ids, patchOperations }, caller)
    const on = await update(
      { op: 'replace', path: '/name', value: 'n' },
      { op: 'replace', path: '/validateRequestBody', value: 'true' },
      { op: 'replace', path: '/validateRequestParameters', value: 'true' },
    )
    const id = ids.requestValidatorId
    assert.deepEqual(on, { id, name: 'n', validateRequestBody: true, validateRequestParameters: true })
    const off = await update({ op: 'replace', path: '/validateRequestBody' })
    assert.deepEqual(off, { ...on, validateRequestBody: false })
    assert.deepEqual(await operations.GetRequestValidator(ids, caller), off)
  })

  const refusals: [Patch, string][] = [
    [
      { op: 'add', path: '/validateRequestBody', value: 'true' },
      "Invalid patch path  '/validateRequestBody' specified for op 'add'. Please choose supported operations",
    ],
    [
      { op: 'replace', path: '/invalidPath', value: 'true' },
      "Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name, /validateRequestParameters, /validateRequestBody]",
    ],
    [{ op: 'replace', path: '/name' }, 'Request Validator name cannot be blank'],
  ]
  for (const [operation, message] of refusals) {
    test(`refuses ${operation.op} of ${operation.path}`, async () => {
      const ids = await validated()
      const update = operations.UpdateRequestValidator({ ...ids, patchOperations: [operation] }, caller)
      await assert.rejects(update, bad(message))
    })
  }
})

describe('DeleteRequestValidator', () => {
  test('deletes it once no method uses it', async () => {
    const { requestValidatorId, ...api } = await validated()
    const ids = { restApiId: api.restApiId, requestValidatorId }
    const method = { ...ids, resourceId: api.rootId, httpMethod: 'GET' }
    await operations.PutMethod({ ...method, authorizationType: 'NONE' }, caller)
    await assert.rejects(operations.DeleteRequestValidator(ids, caller), {
      code: 'ConflictException',
      message: "Cannot delete request validator 'all', is referenced in method: GET//",
    })
    await operations.DeleteMethod(method, caller)
    await operations.DeleteRequestValidator(ids, caller)
    await assert.rejects(operations.GetRequestValidator(ids, caller), unknown)
  })
})

test('unknown ids and APIs are refused in the same words', async () => {
  const { restApiId, requestValidatorId } = await validated()
  for (const ids of [
    { restApiId, requestValidatorId: 'x' },
    { restApiId: 'x', requestValidatorId },
  ]) {
    await assert.rejects(operations.GetRequestValidator(ids, caller), unknown)
    await assert.rejects(operations.UpdateRequestValidator(ids, caller), unknown)
    await assert.rejects(operations.DeleteRequestValidator(ids, caller), unknown)
  }
})
