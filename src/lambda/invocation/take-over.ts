import { parseArn } from '../../wire/arn.ts'
import { scopeOf } from '../../wire/operation.ts'
import { invalidParameter } from '../error.ts'
import type { EventQueue, QueuedEvent } from './event-queue.ts'
import { checkPayloadSize } from './payload.ts'

/**
 * Queues the asynchronous invocations of the data plane, each in the scope of its function.
 * @throws {ServiceError} `RequestTooLargeException`; `InvalidParameterValueException` for what is no function's ARN.
 */
export function takeOver(queue: Pick<EventQueue, 'add'>): (event: QueuedEvent) => Promise<void> {
  return async (event) => {
    checkPayloadSize(Buffer.byteLength(event.payload), 'Event')
    const arn = parseArn(event.functionArn)
    if (!arn) throw invalidParameter(`${event.functionArn} is no ARN of a function`)
    await queue.add(scopeOf(arn), event)
  }
}
