import type { FunctionInvocation, FunctionInvoker, FunctionResult } from '../../../lambda/invoker.ts'
import type { HttpIntegration } from '../../../snapshot/http-api.ts'
import { authorityOf } from '../../credentials/authority.ts'
import type { BackendCredentials } from '../../credentials/backend-credentials.ts'
import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import { awaited } from '../../integration/lambda-proxy/awaited.ts'
import { traceId, traceSegment } from '../../integration/trace.ts'
import type { Invocation } from '../../invocation.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import type { Handler } from '../../pipeline.ts'
import type { Reply } from '../../reply.ts'
import { whenKnown } from '../../when-known.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { eventBody } from './event-body.ts'
import { eventBuilderV1 } from './event-v1.ts'
import { eventBuilderV2 } from './event-v2.ts'
import { functionArn } from './function-arn.ts'
import { refusalOf } from './invoke-failure.ts'
import { malformed } from './malformed.ts'
import { replyOfV1 } from './result-v1.ts'
import { replyOfV2 } from './result-v2.ts'
import { sourceArns } from './source-arn.ts'

export interface LambdaProxyOutside {
  readonly functions: FunctionInvoker
  readonly credentials: BackendCredentials
  readonly ids: Ids
  readonly timeoutMs: number
}

const noBody = Buffer.alloc(0)

/** `AWS_PROXY` without a subtype: the function gets the whole call as an event, and its result is the reply. */
export function lambdaProxy(
  deployed: DeployedRoute,
  integration: HttpIntegration,
  outside: LambdaProxyOutside,
): Handler {
  const { functions, ids, timeoutMs } = outside
  const { stage } = deployed
  const { uri: template = '', payloadFormatVersion: format, credentialsArn } = integration
  const uri = withStageVariables(template, stage.variables)
  const target = functionArn(uri)
  if (target === undefined) return refuse(`Invalid function ARN or invalid function URI: ${uri}`)
  const buildEvent = format === '2.0' ? eventBuilderV2(deployed) : eventBuilderV1(deployed)
  const replyOf = format === '2.0' ? replyOfV2 : replyOfV1
  const sourceArn = sourceArns(deployed)
  const credentials = credentialsArn && withStageVariables(credentialsArn, stage.variables)
  const authority = authorityOf({ functionArn: target, credentials, access: outside.credentials })

  const invoke = (invocation: Invocation, bytes: Buffer): Promise<Reply> => {
    const { method, headers } = invocation.request
    const trace = traceId(invocation, ids)
    const input: FunctionInvocation = {
      functionArn: target,
      payload: buildEvent(invocation, eventBody(bytes, headers.get('content-type')), trace),
      invocationType: 'RequestResponse',
      traceId: traceSegment(trace, ids),
      ...authority({ arn: sourceArn(method), account: stage.account }, invocation.caller),
    }
    const use = ({ functionError, payload }: FunctionResult) => {
      if (functionError) throw malformed('the function failed')
      return replyOf(payload)
    }
    return awaited(functions.invoke(input), invocation.client, timeoutMs, use, refusalOf)
  }

  return (invocation) => {
    const { body } = invocation.request
    return body.length === 0 ? invoke(invocation, noBody) : whenKnown(body.read(), (bytes) => invoke(invocation, bytes))
  }
}

function refuse(detail: string): Handler {
  return () => {
    throw configurationError(detail)
  }
}
