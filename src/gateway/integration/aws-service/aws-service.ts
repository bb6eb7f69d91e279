import type { Role } from '../../../config/role.ts'
import type { ServiceEndpoint } from '../../../config/service-endpoint.ts'
import { sha256OfAnySize } from '../../../hash/sha256-of-any-size.ts'
import { parseAwsTarget } from '../../../snapshot/aws-target.ts'
import type { BackendCredentials } from '../../credentials/backend-credentials.ts'
import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import type { DeployedMethod } from '../../rest/deployed-method.ts'
import type { Backend } from '../backend.ts'
import { callWhole } from '../call/call-whole.ts'
import { sourceArns } from '../lambda-proxy/source-arn.ts'
import { traceSegment } from '../trace.ts'
import type { Send } from '../upstream/upstream.ts'
import { serviceHeaders } from './service-headers.ts'
import { serviceSigners } from './service-signers.ts'
import { serviceTarget } from './service-target.ts'

/** How AWS services are reached, and as whom. */
export interface AwsServices {
  /** Without an entry, a service is called at its public endpoint. */
  readonly endpoints: readonly ServiceEndpoint[]
  readonly roles: readonly Role[]
}

export interface AwsServiceOutside {
  readonly services: AwsServices
  readonly credentials: BackendCredentials
  readonly send: Send
  readonly ids: Ids
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly timeoutMs: number
}

/**
 * `AWS`: calls an AWS service's action or path, signed as the role of the integration's `credentials`, or as who called.
 *
 * Without credentials every call fails, as on AWS when the role cannot be assumed.
 */
export function awsService(deployed: DeployedMethod, outside: AwsServiceOutside): Backend {
  const { services, send, ids, timeoutMs } = outside
  const { stage, method } = deployed
  const { uri: template = '', credentials: roleTemplate = '' } = method.integration
  const uri = withStageVariables(template, stage.variables)
  const roleArn = withStageVariables(roleTemplate, stage.variables)
  const target = parseAwsTarget(uri)
  if (!target)
    return refuse(() => configurationError(`Execution failed due to configuration error: Invalid ARN: ${uri}`))
  const signerOf = serviceSigners(roleArn, target, outside)
  const targetOf = serviceTarget(target, services.endpoints)
  const headersOf = serviceHeaders(target)
  const sourceArn = sourceArns(deployed)
  const apiId = stage.api.restApiId

  return async (request, invocation) => {
    const to = targetOf(request)
    const source = { account: stage.account, arn: sourceArn(invocation.request.method) }
    const headers = headersOf(request, { apiId, sourceArn: source.arn })
    const body = Buffer.from(request.body)
    const [hash, sign] = await Promise.all([sha256OfAnySize(body), signerOf(source, invocation.caller)])
    const signed = sign({ ...to, method: request.httpMethod, headers, body, payloadHash: hash })
    const answer = await callWhole(send, to.address.origin, signed, timeoutMs, invocation.client)
    return { ...answer, selectionText: String(answer.status), trace: traceSegment(request.trace, ids) }
  }
}

function refuse(error: () => Error): Backend {
  return () => {
    throw error()
  }
}
