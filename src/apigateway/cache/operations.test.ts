import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { openFixture } from '../fixture.ts'

const fixture = await openFixture()
const { operations, caller, createApi } = fixture
after(fixture.close)

for (const name of ['FlushStageCache', 'FlushStageAuthorizersCache'] as const) {
  describe(name, () => {
    test('finds nothing to flush on a stage without cache', async () => {
      const api = await createApi()
      await api.integrate(await api.createMethod())
      await api.deploy('dev')
      assert.deepEqual(await operations[name]({ restApiId: api.restApiId, stageName: 'dev' }, caller), {})
    })

    test('refuses an unknown stage', async () => {
      const { restApiId } = await createApi()
      const unknown = { code: 'NotFoundException', message: 'Invalid stage identifier specified' }
      await assert.rejects(operations[name]({ restApiId, stageName: 'dev' }, caller), unknown)
    })
  })
}

test('FlushStageCache says so when not all nodes can be told', async () => {
  const alone = await openFixture({ flushResponses: async () => false })
  const api = await alone.createApi()
  await api.integrate(await api.createMethod())
  await api.deploy('dev')
  const flush = alone.operations.FlushStageCache({ restApiId: api.restApiId, stageName: 'dev' }, alone.caller)
  await assert.rejects(flush, { code: 'ServiceUnavailableException' })
  await alone.close()
})
