import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Caller } from '../../wire/operation.ts'
import { type Fixture, openFixture } from '../fixture.ts'
import { identityOf } from './identity.ts'

async function identify({ store, dependencies, caller }: Fixture, given: Partial<Caller>) {
  const { kind, arn } = await store.read((reader) => identityOf(reader, { ...caller, ...given }, dependencies.now()))
  return { kind, arn }
}

const root = { kind: 'root', arn: 'arn:aws:iam::123456789012:root' }
const alice = { kind: 'user', arn: 'arn:aws:iam::123456789012:user/alice' }

describe('identityOf', () => {
  test('tells a user by an active key, and else the root', async () => {
    await using fixture = await openFixture()
    const { iam, caller } = fixture
    await iam.CreateUser({ UserName: 'alice' }, caller)
    const { AccessKey } = await iam.CreateAccessKey({ UserName: 'alice' }, caller)
    const accessKeyId = AccessKey?.AccessKeyId ?? ''
    assert.deepEqual(await identify(fixture, { accessKeyId }), alice)
    assert.deepEqual(await identify(fixture, { accessKeyId: 'test' }), root)
    assert.deepEqual(await identify(fixture, {}), root)
    await iam.UpdateAccessKey({ UserName: 'alice', AccessKeyId: accessKeyId, Status: 'Inactive' }, caller)
    assert.deepEqual(await identify(fixture, { accessKeyId }), root)
  })

  test('never takes a verified key that is gone for the root', async () => {
    await using fixture = await openFixture()
    const gone = { accessKeyId: 'AKIAGONE', verifiedAs: 'principal' } as const
    await assert.rejects(identify(fixture, gone), { code: 'InvalidClientTokenId', status: 403 })
    assert.deepEqual(await identify(fixture, { accessKeyId: 'AKIAROOT', verifiedAs: 'root' }), root)
  })
})
