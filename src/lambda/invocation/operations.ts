import { scopeOf } from '../../wire/operation.ts'
import { invalidParameter } from '../error.ts'
import { functionArn, readFunctionName } from '../function/name.ts'
import type { FunctionInvoker } from '../invoker.ts'
import type { InvokeInput, InvokeOutput, LambdaOperations } from '../operations.ts'
import type { EventQueue } from './event-queue.ts'
import { checkClientContext, readPayload } from './payload.ts'

export interface InvocationDependencies {
  readonly invoker: FunctionInvoker
  readonly eventQueue: EventQueue
}

export function invocationOperations({ invoker, eventQueue }: InvocationDependencies) {
  return {
    async Invoke(input, caller) {
      const { name, qualifier } = readFunctionName(input.FunctionName, input.Qualifier, caller)
      refuseUnsupported(input)
      const { InvocationType: invocationType = 'RequestResponse', ClientContext: clientContext } = input
      if (clientContext !== undefined) checkClientContext(clientContext)
      const payload = readPayload(input.Payload, invocationType)
      const arn = functionArn(caller, name, qualifier)

      switch (invocationType) {
        case 'DryRun':
          await invoker.invoke({ functionArn: arn, payload, invocationType })
          return { StatusCode: 204 }
        case 'Event':
          // Refuses a function that is not there before the event is taken over. The client context reaches
          // synchronous invocations only (documented).
          await invoker.invoke({ functionArn: arn, payload, invocationType: 'DryRun' })
          await eventQueue.add(scopeOf(caller), { functionArn: arn, payload })
          return { StatusCode: 202 }
        case 'RequestResponse':
          return present(
            await invoker.invoke({
              functionArn: arn,
              payload,
              invocationType,
              ...(clientContext !== undefined && { clientContext }),
              tailLog: input.LogType === 'Tail',
            }),
          )
      }
    },
  } satisfies Partial<LambdaOperations>
}

function present(result: Awaited<ReturnType<FunctionInvoker['invoke']>>): InvokeOutput {
  return {
    StatusCode: 200,
    FunctionError: result.functionError,
    LogResult: result.logResult,
    Payload: Buffer.from(result.payload),
    ExecutedVersion: result.executedVersion,
  }
}

/** @throws {ServiceError} `InvalidParameterValueException` for ways to invoke that no function here is made for. */
function refuseUnsupported({ TenantId, DurableExecutionName }: InvokeInput): void {
  if (TenantId !== undefined) {
    throw invalidParameter('TenantId is not supported: execution environments are not kept apart by tenant.')
  }
  if (DurableExecutionName !== undefined) {
    throw invalidParameter('DurableExecutionName is not supported: executions are not checkpointed.')
  }
}
