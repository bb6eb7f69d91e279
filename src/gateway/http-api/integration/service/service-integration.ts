import { sha256OfAnySize } from '../../../../hash/sha256-of-any-size.ts'
import type { HttpIntegration } from '../../../../snapshot/http-api.ts'
import { isServiceIntegration } from '../../../../snapshot/service-integration.ts'
import type { BackendCredentials } from '../../../credentials/backend-credentials.ts'
import { configurationError } from '../../../error.ts'
import type { Ids } from '../../../ids.ts'
import type { AwsServices } from '../../../integration/aws-service/aws-service.ts'
import { callWhole, type WholeResponse } from '../../../integration/call/call-whole.ts'
import { traceId } from '../../../integration/trace.ts'
import type { Send } from '../../../integration/upstream/upstream.ts'
import type { Invocation } from '../../../invocation.ts'
import { withStageVariables } from '../../../mapping/stage-variables.ts'
import type { Handler } from '../../../pipeline.ts'
import { receivedBody } from '../../../received-body.ts'
import type { Reply } from '../../../reply.ts'
import type { DeployedRoute } from '../../deployed-route.ts'
import { MappedBody, unreadBody } from '../../mapping/mapped-body.ts'
import { requestValue } from '../../mapping/request-value.ts'
import { sourceArns } from '../source-arn.ts'
import type { Read } from './parameter-value.ts'
import { compileParameters } from './parameters.ts'
import { serviceCalls } from './service-calls.ts'
import { servicePlaces } from './service-place.ts'
import { serviceRequests } from './service-request.ts'

export interface ServiceIntegrationOutside {
  readonly services: AwsServices
  readonly credentials: BackendCredentials
  /** Reaches the services. */
  readonly send: Send
  readonly ids: Ids
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly timeoutMs: number
}

/**
 * `AWS_PROXY` with a subtype: calls one action of an AWS service, signed as the role of the integration's `credentialsArn` or as
 * who called, and answers with what the service answers.
 *
 * Without credentials every call fails, as on AWS when the role cannot be assumed.
 */
export function serviceIntegration(
  deployed: DeployedRoute,
  { subtype = '', credentialsArn = '', requestParameters }: HttpIntegration,
  outside: ServiceIntegrationOutside,
): Handler {
  const { send, ids, timeoutMs } = outside
  const { variables, api, account, region } = deployed.stage
  if (!isServiceIntegration(subtype)) return refuse(() => configurationError(`There is no integration ${subtype}`))

  const call = serviceCalls[subtype]
  const { readsBody, resolve } = resolver(deployed)
  const valuesOf = compileParameters(subtype, requestParameters, resolve)
  const credentials = withStageVariables(credentialsArn, variables)
  const placeOf = servicePlaces({ call, ownRegion: region, credentialsArn: credentials }, outside)
  const requestOf = serviceRequests(call)
  const arnOf = sourceArns(deployed)

  async function answered(mapped: MappedCall): Promise<Reply> {
    const { invocation } = mapped
    const values = valuesOf(mapped)
    const { address, signerOf } = placeOf(values)
    const source = { account, arn: arnOf(invocation.request.method) }
    const { method, path, query, headers, body: text } = requestOf(values)
    const body = Buffer.from(text)
    const sign = await signerOf(source, invocation.caller)
    const request = {
      address,
      method,
      path: address.basePath + path,
      query,
      headers: new Map([
        ['accept', 'application/json'],
        ['user-agent', `AmazonAPIGateway_${api.apiId}`],
        ['x-amzn-apigateway-api-id', api.apiId],
        ['x-amz-source-arn', source.arn],
        ...headers,
        ['x-amzn-trace-id', traceId(invocation, ids)],
      ]),
      body,
      payloadHash: await sha256OfAnySize(body),
    }
    return replyOf(await callWhole(send, address.origin, sign(request), timeoutMs, invocation.client))
  }

  return async (invocation) => answered(readsBody() ? await withBody(invocation) : { invocation, body: unreadBody })
}

/** What the values of one call are read from. */
interface MappedCall {
  readonly invocation: Invocation
  readonly body: MappedBody
}

/** Compiles values, and tells whether one of them needs the body. */
function resolver(deployed: DeployedRoute) {
  let needsBody = false
  return {
    readsBody: () => needsBody,
    resolve(text: string): Read<MappedCall, string> {
      if (text === '') return () => text
      const value = requestValue(text, deployed)
      if (value?.readsBody) needsBody = true
      return ({ invocation, body }) => value?.read(invocation, body) || undefined
    },
  }
}

async function withBody(invocation: Invocation): Promise<MappedCall> {
  const bytes = await invocation.request.body.read()
  const request = { ...invocation.request, body: receivedBody(bytes) }
  return { invocation: { ...invocation, request }, body: new MappedBody(bytes) }
}

/** What belongs to the connection, and what names the service's own call. */
const kept = /^(content-type|configuration-version|retry-after)$/i

/** The service's own answer. */
function replyOf({ status, headers, body }: WholeResponse): Reply {
  const lines: string[] = []
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? ''
    if (kept.test(name)) lines.push(name, headers[i + 1] ?? '')
  }
  return { status, headers: lines, body }
}

function refuse(error: () => Error): Handler {
  return () => {
    throw error()
  }
}
