import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const unknownCode = { code: 'NotFoundException', message: 'Invalid Response status code specified' }

async function method() {
  return (await createApi()).createMethod()
}

describe('PutMethodResponse', () => {
  test('keeps what it is given, empty maps too, and shows it in the method', async () => {
    const ids = await method()
    const response = { statusCode: '200', responseParameters: {}, responseModels: {} }
    assert.deepEqual(await operations.PutMethodResponse({ ...ids, ...response }, caller), response)
    assert.deepEqual(await operations.GetMethodResponse({ ...ids, statusCode: '200' }, caller), response)
    assert.deepEqual((await operations.GetMethod(ids, caller)).methodResponses, { 200: response })
  })

  test('refuses a status code that is declared, an unknown model and a malformed header', async () => {
    const ids = await method()
    const response = { ...ids, statusCode: '200' }
    await operations.PutMethodResponse(response, caller)
    await assert.rejects(operations.PutMethodResponse(response, caller), {
      code: 'ConflictException',
      message: 'Response already exists for this resource',
    })
    const other = { ...ids, statusCode: '201' }
    await assert.rejects(operations.PutMethodResponse({ ...other, responseModels: { 'a/b': 'X' } }, caller), {
      code: 'BadRequestException',
      message: 'Invalid model identifier specified: X',
    })
    await assert.rejects(operations.PutMethodResponse({ ...other, responseParameters: { 'x.y': true } }, caller), {
      code: 'BadRequestException',
      message:
        'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: x.y]',
    })
  })
})

describe('UpdateMethodResponse', () => {
  const header: Patch = { op: 'add', path: '/responseParameters/method.response.header.x', value: 'true' }
  const model: Patch = { op: 'add', path: '/responseModels/application~1json', value: 'Empty' }

  test('adds, replaces and removes', async () => {
    const ids = { ...(await method()), statusCode: '200' }
    await operations.PutMethodResponse({ ...ids, responseModels: {} }, caller)
    const update = (...patchOperations: Patch[]) => operations.UpdateMethodResponse({ ...ids, patchOperations }, caller)
    assert.deepEqual(await update(header, model), {
      statusCode: '200',
      responseParameters: { 'method.response.header.x': true },
      responseModels: { 'application/json': 'Empty' },
    })
    assert.deepEqual(await update({ ...header, op: 'replace', value: 'false' }, { ...model, op: 'remove' }), {
      statusCode: '200',
      responseParameters: { 'method.response.header.x': false },
    })
    assert.deepEqual(await update({ ...header, op: 'remove' }), { statusCode: '200' })
  })

  const refusals: [string, Patch, string][] = [
    ['an absent header', { ...header, op: 'replace' }, 'Invalid parameter name specified'],
    ['an absent model', { ...model, op: 'replace' }, 'Content-Type specified was not found'],
    ['an unknown path', { ...header, path: '/wrong/x' }, 'Invalid patch path /wrong/x'],
    ['an unknown model', { ...model, value: 'X' }, 'Invalid model identifier specified: X'],
  ]
  for (const [name, patch, message] of refusals) {
    test(`refuses ${name}`, async () => {
      const ids = { ...(await method()), statusCode: '200' }
      await operations.PutMethodResponse(ids, caller)
      await assert.rejects(operations.UpdateMethodResponse({ ...ids, patchOperations: [patch] }, caller), { message })
    })
  }
})

for (const name of ['GetMethodResponse', 'UpdateMethodResponse', 'DeleteMethodResponse'] as const) {
  test(`${name} refuses an unknown status code, method and resource`, async () => {
    const ids = { ...(await method()), statusCode: '200' }
    await assert.rejects(operations[name](ids, caller), unknownCode)
    await assert.rejects(operations[name]({ ...ids, httpMethod: 'PUT' }, caller), {
      message: 'Invalid Method identifier specified',
    })
    await assert.rejects(operations[name]({ ...ids, resourceId: 'x' }, caller), {
      message: 'Invalid Resource identifier specified',
    })
  })
}

test('DeleteMethodResponse leaves the other status codes', async () => {
  const ids = await method()
  for (const statusCode of ['200', '404']) await operations.PutMethodResponse({ ...ids, statusCode }, caller)
  await operations.DeleteMethodResponse({ ...ids, statusCode: '200' }, caller)
  assert.deepEqual((await operations.GetMethod(ids, caller)).methodResponses, { 404: { statusCode: '404' } })
  await operations.DeleteMethodResponse({ ...ids, statusCode: '404' }, caller)
  assert.equal((await operations.GetMethod(ids, caller)).methodResponses, undefined)
})
