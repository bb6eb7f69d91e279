import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueuedEvent } from './event-queue.ts'
import { takeOver } from './take-over.ts'

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:f:live'

test('an event of the data plane is queued where its function is', async () => {
  const queued: [string, QueuedEvent][] = []
  const queue = takeOver({ add: async (scope, event) => void queued.push([scope, event]) })
  const event = { functionArn, payload: '{}', traceId: 'Root=1' }
  await queue(event)
  assert.deepEqual(queued, [['123456789012/eu-west-1', event]])
  await assert.rejects(queue({ ...event, functionArn: 'f' }), { code: 'InvalidParameterValueException' })
  await assert.rejects(queue({ ...event, payload: 'x'.repeat(1_048_577) }), { code: 'RequestTooLargeException' })
})
