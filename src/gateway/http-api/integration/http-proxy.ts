import type { HttpIntegration } from '../../../snapshot/http-api.ts'
import { configurationError } from '../../error.ts'
import type { Ids } from '../../ids.ts'
import { callBackend } from '../../integration/call/call-backend.ts'
import { forwardBody } from '../../integration/call/forward-body.ts'
import { traceId } from '../../integration/trace.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import { discoveryOf } from '../../network/discovery.ts'
import type { Network } from '../../network/network.ts'
import type { Way } from '../../network/way.ts'
import type { Handler } from '../../pipeline.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { headersForBackend, headersForClient } from './backend-headers.ts'
import { privateTarget, publicTarget } from './backend-target.ts'

export interface HttpProxyOutside {
  readonly network: Network
  readonly ids: Ids
  readonly timeoutMs: number
}

/** `HTTP_PROXY`: the backend gets the call nearly as it came, and its response is the reply. Bodies stream both ways. */
export function httpProxy(deployed: DeployedRoute, integration: HttpIntegration, outside: HttpProxyOutside): Handler {
  const { network, ids, timeoutMs } = outside
  const { uri = '', method: verb = 'ANY', connectionId } = integration
  const isPrivate = connectionId !== undefined
  const targetOf = isPrivate ? privateTarget(deployed, integration) : publicTarget(deployed, uri)
  if (!targetOf) return refuse(`Invalid endpoint address: ${uri}`)
  const send = network.sendOf(wayOf(deployed, uri, connectionId))
  const times = { idleMs: timeoutMs }

  return (invocation) => {
    const { request, client } = invocation
    const { origin, path } = targetOf(invocation)
    const host = request.mapped?.host ?? (isPrivate ? request.domainName : undefined)
    const call = {
      method: verb === 'ANY' ? request.method : verb,
      path: withQuery(request.mapped?.path ?? path, request.query),
      headers: headersForBackend(invocation, traceId(invocation, ids), host),
    }
    return forwardBody(request.body, (body) =>
      callBackend({ send, origin, request: { ...call, body }, times, headersForClient }, client),
    )
  }
}

function wayOf({ stage }: DeployedRoute, target: string, connectionId: string | undefined): Way {
  const { account, region, variables } = stage
  if (connectionId === undefined) return { tls: {} }
  const vpcLinkId = withStageVariables(connectionId, variables)
  return {
    tls: {},
    link: { account, region, vpcLinkId, ...discoveryOf(withStageVariables(target, variables)), pathPrefix: '' },
  }
}

function withQuery(path: string, query: string): string {
  if (query === '') return path
  return path + (path.includes('?') ? '&' : '?') + query
}

function refuse(detail: string): Handler {
  return () => {
    throw configurationError(detail)
  }
}
