import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DeleteStageCommand, UpdateStageCommand } from '@aws-sdk/client-api-gateway'
import { clientsOf, createApi, deploy, editMock, invokeUrl, putMock } from './api.ts'
import { startGatehouse } from './gatehouse.ts'
import { startLoad } from './load.ts'

describe('a deployment', () => {
  test('freezes the API: edits wait for the next one, and the stage can go back', async () => {
    await using gatehouse = await startGatehouse()
    const clients = clientsOf(gatehouse.url)
    const { restApiId, rootId: resourceId } = await createApi(clients, 'frozen')
    const answer = async () => (await fetch(invokeUrl(clients, restApiId))).text()

    await putMock(clients, { restApiId, resourceId, text: 'first' })
    const first = await deploy(clients, restApiId)
    assert.equal(await answer(), 'first')

    await editMock(clients, { restApiId, resourceId, text: 'second' })
    assert.equal(await answer(), 'first')

    await deploy(clients, restApiId)
    assert.equal(await answer(), 'second')

    const patchOperations = [{ op: 'replace', path: '/deploymentId', value: first } as const]
    await clients.apigateway.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }))
    assert.equal(await answer(), 'first')

    await clients.apigateway.send(new DeleteStageCommand({ restApiId, stageName: 'dev' }))
    const gone = await fetch(invokeUrl(clients, restApiId))
    assert.deepEqual([gone.status, await gone.text()], [403, '{"message":"Forbidden"}'])
  })

  test('reaches every worker within 100 ms, and no call fails meanwhile', async () => {
    await using gatehouse = await startGatehouse()
    const clients = clientsOf(gatehouse.url)
    const { restApiId, rootId: resourceId } = await createApi(clients, 'changing')
    await putMock(clients, { restApiId, resourceId, text: '0' })
    await deploy(clients, restApiId)

    await using load = startLoad(invokeUrl(clients, restApiId), 16)
    const changes: { readonly text: string; readonly sentAt: number; readonly doneAt: number }[] = []
    for (let round = 1; round <= 10; round++) {
      const text = String(round)
      await editMock(clients, { restApiId, resourceId, text })
      const sentAt = performance.now()
      await deploy(clients, restApiId)
      changes.push({ text, sentAt, doneAt: performance.now() })
      await load.reached(load.calls.length + 100)
    }
    const calls = await load.stop()

    assert.deepEqual(
      calls.filter(({ status }) => status !== 200),
      [],
    )
    for (const { text, sentAt, doneAt } of changes) {
      const lastStale = Math.max(
        0,
        ...calls.filter(({ body }) => Number(body) < Number(text)).map((call) => call.startedAt),
      )
      assert.ok(lastStale < doneAt, 'a call that starts after the answer of CreateDeployment gets the new deployment')
      assert.ok(lastStale - sentAt < 100, `a worker served the old deployment for ${lastStale - sentAt} ms`)
    }
  })
})
