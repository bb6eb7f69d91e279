import type { FunctionInvocation, FunctionInvoker } from '../../../lambda/invoker.ts'
import type { BackendCredentials } from '../../credentials/backend-credentials.ts'
import { integrationAuthority } from '../../credentials/integration-authority.ts'
import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import type { Backend, IntegrationResponse } from '../backend.ts'
import { awaited } from '../lambda-proxy/awaited.ts'
import { functionArn } from '../lambda-proxy/function-arn.ts'
import { failureOf } from '../lambda-proxy/invoke-failure.ts'
import { sourceArns } from '../lambda-proxy/source-arn.ts'
import { traceSegment } from '../trace.ts'
import { accepted, badInvocationType, lambdaAnswer, notAnInvocation } from './answers.ts'
import { invocationHeaders } from './invocation-headers.ts'
import { payloadOf } from './payload.ts'
import type { QueueEvent } from './queue-event.ts'

export interface LambdaOutside {
  readonly functions: FunctionInvoker
  readonly queueEvent: QueueEvent
  readonly credentials: BackendCredentials
  readonly ids: Ids
  readonly timeoutMs: number
}

/**
 * `AWS` with the invocation of a Lambda function: the function gets the mapped body as its event. The headers
 * `X-Amz-Invocation-Type`, `X-Amz-Client-Context` and `X-Amz-Log-Type` mean what they mean to Lambda's `Invoke`.
 */
export function lambdaBackend(deployed: DeployedMethod, outside: LambdaOutside): Backend {
  const { functions, queueEvent, ids, timeoutMs } = outside
  const { stage, method } = deployed
  const uri = withStageVariables(method.integration.uri ?? '', stage.variables)
  const target = functionArn(uri)
  if (target === undefined) return refuse(`Invalid function ARN or invalid function URI: ${uri}`)
  const sourceArn = sourceArns(deployed)
  const authority = integrationAuthority(deployed, target, outside.credentials)

  return async (request, { request: { method: verb }, client, caller }): Promise<IntegrationResponse> => {
    const trace = traceSegment(request.trace, ids)
    if (request.httpMethod !== 'POST') return notAnInvocation(trace)
    const { type, clientContext, tailLog } = invocationHeaders(request.headers)
    if (type !== 'RequestResponse' && type !== 'Event' && type !== 'DryRun') return badInvocationType(type, trace)
    const invocation: FunctionInvocation = {
      functionArn: target,
      payload: payloadOf(request.body),
      invocationType: type === 'RequestResponse' ? type : 'DryRun',
      traceId: trace,
      ...(clientContext !== undefined && { clientContext }),
      tailLog,
      ...authority({ account: stage.account, arn: sourceArn(verb) }, caller),
    }
    const result = await awaited(functions.invoke(invocation), client, timeoutMs, (done) => done)
    if (type === 'RequestResponse') return lambdaAnswer(result, trace)
    // A function that is not there, or may not be called, was refused before the event is taken over.
    if (type === 'Event') {
      await queueEvent({ functionArn: target, payload: invocation.payload, traceId: trace }).catch(refused)
    }
    return accepted(type, trace)
  }
}

function refused(error: unknown): never {
  throw failureOf(error)
}

function refuse(detail: string): Backend {
  return () => {
    throw configurationError(detail)
  }
}
