import type { FunctionInvocation, FunctionInvoker } from '../../../lambda/invoker.ts'
import type { BackendCredentials } from '../../credentials/backend-credentials.ts'
import { integrationAuthority } from '../../credentials/integration-authority.ts'
import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import type { Invocation } from '../../invocation.ts'
import { binaryMediaTypes } from '../../mapping/binary-media-types.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import type { Handler } from '../../pipeline.ts'
import type { Reply } from '../../reply.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import { whenKnown } from '../../when-known.ts'
import { traceId, traceSegment } from '../trace.ts'
import { exchangeTimes } from '../transfer-mode.ts'
import { awaited } from './awaited.ts'
import { eventBuilder } from './event.ts'
import { eventBody } from './event-body.ts'
import { functionArn, streamingFunctionArn } from './function-arn.ts'
import { malformed } from './malformed.ts'
import { replyOf } from './result.ts'
import { sourceArns } from './source-arn.ts'
import { streamFunction } from './stream.ts'

export interface LambdaProxyOutside {
  readonly functions: FunctionInvoker
  readonly credentials: BackendCredentials
  readonly ids: Ids
  readonly timeoutMs: number
}

const noBody = Buffer.alloc(0)

/** `AWS_PROXY`: the function gets the whole call as an event, and its result is the reply. */
export function lambdaProxy(deployed: DeployedMethod, outside: LambdaProxyOutside): Handler {
  const { functions, ids, timeoutMs } = outside
  const { integration } = deployed.method
  const { stage } = deployed
  const uri = withStageVariables(integration.uri ?? '', stage.variables)
  const streams = integration.responseTransferMode === 'STREAM'
  const target = streams ? streamingFunctionArn(uri) : functionArn(uri)
  if (target === undefined) return refuse(`Invalid function ARN or invalid function URI: ${uri}`)
  if (integration.httpMethod !== 'POST') return refuse('Lambda is invoked by POST only')

  const isBinary = binaryMediaTypes(stage.api.binaryMediaTypes)
  const buildEvent = eventBuilder(deployed)
  const sourceArn = sourceArns(deployed)
  const authority = integrationAuthority(deployed, target, outside.credentials)
  const times = exchangeTimes(integration, timeoutMs)

  const inputOf = ({ request, caller }: Invocation, event: string, traceId: string): FunctionInvocation => ({
    functionArn: target,
    payload: event,
    invocationType: 'RequestResponse',
    traceId,
    ...authority({ account: stage.account, arn: sourceArn(request.method) }, caller),
  })

  const invoke = (invocation: Invocation, bytes: Buffer): Promise<Reply> => {
    const { headers } = invocation.request
    const trace = traceId(invocation, ids)
    const segment = traceSegment(trace, ids)
    const event = buildEvent(invocation, eventBody(bytes, isBinary(headers.get('content-type'))), trace)
    const input = inputOf(invocation, event, segment)
    if (streams) {
      return streamFunction(functions, input, times, invocation.client).then((reply) => traced(reply, segment))
    }
    return awaited(functions.invoke(input), invocation.client, timeoutMs, (result) => {
      if (result.functionError) throw malformed('the function failed')
      return traced(replyOf(result.payload, isBinary(headers.get('accept'))), segment)
    })
  }

  return (invocation) => {
    const { body } = invocation.request
    if (body.length === 0) return invoke(invocation, noBody)
    return whenKnown(body.read(), (bytes) => invoke(invocation, bytes))
  }
}

function traced(reply: Reply, segment: string): Reply {
  return { ...reply, headers: [...reply.headers, 'X-Amzn-Trace-Id', segment] }
}

function refuse(detail: string): Handler {
  return () => {
    throw configurationError(detail)
  }
}
