import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture, type Patch, startMs } from '../fixture.ts'
import { stages } from '../stage/stage.ts'
import { clientCertificates } from './client-certificate.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

const scope = '123456789012/us-east-1'
const unknown = { code: 'NotFoundException', message: 'Invalid Client Certificate identifier specified' }
const json = (value: unknown) => JSON.parse(JSON.stringify(value))

async function generate(input: object = {}) {
  const { clientCertificateId = '', ...rest } = await operations.GenerateClientCertificate(input, caller)
  return { clientCertificateId, ...rest }
}

describe('GenerateClientCertificate', () => {
  test('answers with the certificate, never with its key', async () => {
    const certificate = await generate({ description: 'd', tags: { a: 'b' } })
    const { clientCertificateId } = certificate
    assert.deepEqual(json(certificate), {
      clientCertificateId,
      description: 'd',
      pemEncodedCertificate: 'certificate',
      createdDate: new Date(startMs).toISOString(),
      expirationDate: new Date(startMs + 1000).toISOString(),
      tags: { a: 'b' },
    })
    assert.deepEqual(await operations.GetClientCertificate({ clientCertificateId }, caller), certificate)
    const stored = await fixture.store.read((reader) => reader.get(clientCertificates, scope, clientCertificateId))
    assert.ok(stored && !JSON.stringify(stored).includes('private key'))
  })

  test('is refused for a 61st one', async () => {
    const paris = { ...caller, region: 'eu-west-3' }
    for (let count = 0; count < 60; count++) await operations.GenerateClientCertificate({}, paris)
    await assert.rejects(operations.GenerateClientCertificate({}, paris), { code: 'LimitExceededException' })
    const first = await operations.GetClientCertificates({ limit: 59 }, paris)
    const second = await operations.GetClientCertificates({ position: first.position ?? '' }, paris)
    assert.deepEqual([first.items?.length, second.items?.length, second.position], [59, 1, undefined])
  })
})

describe('UpdateClientCertificate', () => {
  const update = (clientCertificateId: string, ...patchOperations: Patch[]) =>
    operations.UpdateClientCertificate({ clientCertificateId, patchOperations }, caller)

  test('changes the description only', async () => {
    const { clientCertificateId } = await generate()
    const updated = await update(clientCertificateId, { op: 'replace', path: '/description', value: 'z' })
    assert.equal(updated.description, 'z')
    assert.deepEqual(await operations.GetClientCertificate({ clientCertificateId }, caller), updated)
    await assert.rejects(update(clientCertificateId, { op: 'replace', path: '/pemEncodedCertificate', value: 'z' }), {
      code: 'BadRequestException',
      message:
        "Invalid patch path  '/pemEncodedCertificate' specified for op 'replace'. Must be one of: [/description]",
    })
    await assert.rejects(update('x'), unknown)
  })
})

describe('DeleteClientCertificate', () => {
  test('deletes a certificate that no stage shows', async () => {
    const { clientCertificateId } = await generate()
    await operations.DeleteClientCertificate({ clientCertificateId }, caller)
    await assert.rejects(operations.GetClientCertificate({ clientCertificateId }, caller), unknown)
    await assert.rejects(operations.DeleteClientCertificate({ clientCertificateId }, caller), unknown)
  })

  test('refuses a certificate that a stage shows', async () => {
    const { clientCertificateId } = await generate()
    const api = await createApi()
    await api.integrate(await api.createMethod())
    await api.deploy('dev')
    const key = `${api.restApiId}/dev`
    await fixture.store.write(async (transaction) => {
      const stage = await transaction.get(stages, scope, key)
      if (stage) await transaction.put(stages, scope, key, { ...stage, clientCertificateId })
    })
    await assert.rejects(operations.DeleteClientCertificate({ clientCertificateId }, caller), {
      code: 'BadRequestException',
      message: `Cannot delete client certificate '${clientCertificateId}', is referenced in stages: ${api.restApiId}:dev`,
    })
  })
})
