import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { accessKeys } from '../../iam/access-key/access-key.ts'
import { openFixture } from '../../iam/fixture.ts'
import { everyAccount } from '../../iam/scope.ts'
import { stsOperations } from '../sts-operations.ts'

describe('a session', () => {
  test('ends by itself, and is forgotten when later ones come', async () => {
    await using fixture = await openFixture()
    const { dependencies, store, caller } = fixture
    const sts = stsOperations({ ...dependencies, fetch })
    const open = async (DurationSeconds: number) =>
      (await sts.GetSessionToken({ DurationSeconds }, caller)).Credentials?.AccessKeyId ?? ''
    const stored = () => store.read((reader) => reader.list(accessKeys, everyAccount))
    const [short, long] = [await open(900), await open(1_800)]
    const whose = async (accessKeyId: string) => (await sts.GetAccessKeyInfo({ AccessKeyId: accessKeyId })).Account
    assert.equal(await whose(short), caller.account)
    fixture.wait(899)
    assert.equal(await whose(short), caller.account)
    fixture.wait(1)
    await assert.rejects(whose(short), { code: 'ValidationError' })
    assert.equal((await stored()).length, 2)
    assert.equal((await fixture.publishedToAll()).filter(({ kind }) => kind === 'access-key').length, 1)

    await fixture.published()
    const next = await open(900)
    assert.deepEqual(
      (await stored()).map(({ key }) => key),
      [long, next].sort(),
    )
    const told = (await fixture.published()).filter(({ kind }) => kind === 'access-key')
    assert.partialDeepStrictEqual(told, [{ kind: 'access-key', id: short }, { id: next }])
    assert.ok(told[0] && !('accessKey' in told[0]))
  })

  test('of a root ends after an hour at the latest', async () => {
    await using fixture = await openFixture()
    const sts = stsOperations({ ...fixture.dependencies, fetch })
    const { Credentials } = await sts.GetSessionToken({ DurationSeconds: 43_200 }, fixture.caller)
    const nowMs = fixture.dependencies.now().getTime()
    assert.equal(Credentials?.Expiration?.getTime(), nowMs + 3_600_000)
    assert.partialDeepStrictEqual(await fixture.published(), [
      { kind: 'principal', principal: { kind: 'root', account: '123456789012' } },
      { kind: 'access-key', accessKey: { principalId: '123456789012' } },
    ])
  })

  test('leaves no secret readable in the data folder', async () => {
    await using fixture = await openFixture()
    const sts = stsOperations({ ...fixture.dependencies, fetch })
    const { Credentials } = await sts.GetSessionToken({}, fixture.caller)
    const { SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    const files = await readdir(fixture.folder, { recursive: true, withFileTypes: true })
    const contents = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
    )
    assert.ok(contents.some((content) => content.includes(Credentials?.AccessKeyId ?? '-')))
    for (const content of contents) {
      assert.ok(!content.includes(SecretAccessKey) && !content.includes(SessionToken.slice(16)))
    }
  })
})
