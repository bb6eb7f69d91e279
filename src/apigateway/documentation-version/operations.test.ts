import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch, startMs } from '../fixture.ts'
import { documentationSnapshots } from './documentation-version.ts'

const fixture = await openFixture()
const { operations, caller, createApi, store } = fixture
after(fixture.close)

const unknown = { code: 'NotFoundException', message: 'Invalid Documentation version specified' }
const noSuchApi = { code: 'NotFoundException', message: 'Invalid API identifier specified 123456789012:x' }
const bad = (message: string) => ({ code: 'BadRequestException', message })

/** An API with a stage `dev`. */
async function deployed() {
  const api = await createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  return api
}

const versionOfStage = async (restApiId: string) =>
  (await operations.GetStage({ restApiId, stageName: 'dev' }, caller)).documentationVersion

describe('CreateDocumentationVersion', () => {
  test('freezes the parts as they are', async () => {
    const { restApiId } = await createApi()
    const location = { type: 'API' as const }
    const part = await operations.CreateDocumentationPart({ restApiId, location, properties: '{"a":1}' }, caller)
    const request = { restApiId, documentationVersion: '1.0', description: 'd' }
    const created = await operations.CreateDocumentationVersion(request, caller)
    assert.deepEqual(created, { version: '1.0', description: 'd', createdDate: new Date(startMs) })
    const ids = { restApiId, documentationVersion: '1.0' }
    assert.deepEqual(await operations.GetDocumentationVersion(ids, caller), created)
    await operations.DeleteDocumentationPart({ restApiId, documentationPartId: part.id ?? '' }, caller)
    const frozen = await store.read((reader) =>
      reader.get(documentationSnapshots, '123456789012/us-east-1', `${restApiId}/1.0`),
    )
    assert.deepEqual(frozen, { parts: [part] })
  })

  test('gives the version to a stage that it names', async () => {
    const { restApiId } = await deployed()
    await operations.CreateDocumentationVersion({ restApiId, documentationVersion: '1', stageName: 'dev' }, caller)
    assert.equal(await versionOfStage(restApiId), '1')
  })

  test('refuses a taken or blank version, an unknown stage, and an unknown API', async () => {
    const { restApiId } = await createApi()
    const create = (settings: object) =>
      operations.CreateDocumentationVersion({ restApiId, documentationVersion: '1', ...settings }, caller)
    await create({})
    await assert.rejects(create({}), { code: 'ConflictException', message: 'Documentation version already exists' })
    await assert.rejects(create({ documentationVersion: ' ' }), bad('Documentation version cannot be blank'))
    await assert.rejects(create({ documentationVersion: '2', stageName: 'x' }), {
      code: 'NotFoundException',
      message: 'Invalid stage identifier specified',
    })
    await assert.rejects(create({ restApiId: 'x' }), noSuchApi)
  })
})

test('GetDocumentationVersions pages in the order of creation', async () => {
  const { restApiId } = await createApi()
  for (const documentationVersion of ['2', '10', '1']) {
    await operations.CreateDocumentationVersion({ restApiId, documentationVersion }, caller)
    fixture.wait(1)
  }
  const { items = [], position = '' } = await operations.GetDocumentationVersions({ restApiId, limit: 2 }, caller)
  const rest = await operations.GetDocumentationVersions({ restApiId, position }, caller)
  assert.deepEqual(
    [...items, ...(rest.items ?? [])].map(({ version }) => version),
    ['2', '10', '1'],
  )
  await assert.rejects(operations.GetDocumentationVersions({ restApiId: 'x' }, caller), noSuchApi)
})

test('UpdateDocumentationVersion replaces the description only', async () => {
  const { restApiId } = await createApi()
  const ids = { restApiId, documentationVersion: '1' }
  const created = await operations.CreateDocumentationVersion(ids, caller)
  const update = (operation: Patch) =>
    operations.UpdateDocumentationVersion({ ...ids, patchOperations: [operation] }, caller)
  assert.deepEqual(await update({ op: 'replace', path: '/description', value: 'd' }), { ...created, description: 'd' })
  assert.deepEqual(await update({ op: 'replace', path: '/description', value: '' }), created)
  await assert.rejects(
    update({ op: 'replace', path: '/version', value: '2' }),
    bad("Invalid patch path  '/version' specified for op 'replace'. Must be one of: [/description]"),
  )
})

describe('DeleteDocumentationVersion', () => {
  test('deletes a version once no stage has it', async () => {
    const { restApiId } = await deployed()
    const ids = { restApiId, documentationVersion: '1' }
    await operations.CreateDocumentationVersion(ids, caller)
    const patch = (value: string): Patch[] => [{ op: 'replace', path: '/documentationVersion', value }]
    const stage = { restApiId, stageName: 'dev' }
    await operations.UpdateStage({ ...stage, patchOperations: patch('1') }, caller)
    await assert.rejects(
      operations.DeleteDocumentationVersion(ids, caller),
      bad('Cannot delete documentation version because there are API Stages associated with it.'),
    )
    await operations.UpdateStage({ ...stage, patchOperations: patch('') }, caller)
    await operations.DeleteDocumentationVersion(ids, caller)
    await assert.rejects(operations.GetDocumentationVersion(ids, caller), unknown)
    await assert.rejects(operations.UpdateStage({ ...stage, patchOperations: patch('1') }, caller), unknown)
    assert.equal(await versionOfStage(restApiId), undefined)
  })
})

test('unknown versions and APIs are refused in the same words', async () => {
  const { restApiId } = await createApi()
  await operations.CreateDocumentationVersion({ restApiId, documentationVersion: '1' }, caller)
  for (const ids of [
    { restApiId, documentationVersion: 'x' },
    { restApiId: 'x', documentationVersion: '1' },
  ]) {
    await assert.rejects(operations.GetDocumentationVersion(ids, caller), unknown)
    await assert.rejects(operations.UpdateDocumentationVersion(ids, caller), unknown)
    await assert.rejects(operations.DeleteDocumentationVersion(ids, caller), unknown)
  }
})
