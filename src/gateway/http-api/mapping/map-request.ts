import { parseRequestTarget, type Target } from '../../../parameter-mapping/target.ts'
import { configurationError, GatewayError } from '../../error.ts'
import { HeaderList } from '../../headers.ts'
import { withoutConnectionHeaders } from '../../integration/call/passed-headers.ts'
import type { Invocation } from '../../invocation.ts'
import { headerValue } from '../../mapping/header-value.ts'
import type { Step } from '../../pipeline.ts'
import { receivedBody } from '../../received-body.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { changeHeader } from './change-header.ts'
import { changeQuery } from './change-query.ts'
import { MappedBody, unreadBody } from './mapped-body.ts'
import { encodePath } from './path-encoding.ts'
import { type RequestValue, requestValue } from './request-value.ts'

interface Mapping {
  readonly target: Target
  readonly value: RequestValue
}

/**
 * Changes the request as the integration's `requestParameters` say, before the integration sees it. A service integration's are
 * its own business.
 */
export const mapRequest: Step<DeployedRoute> = (deployed, next) => {
  const { integration } = deployed.route
  const parameters = Object.entries(integration?.requestParameters ?? {})
  if (parameters.length === 0 || integration?.subtype !== undefined) return next
  const mappings: Mapping[] = []
  for (const [key, text] of parameters) {
    const mapping = compileMapping(key, text, deployed)
    if (!mapping)
      return () => {
        throw configurationError(`Invalid mapping expression specified: ${key}: ${text}`)
      }
    mappings.push(mapping)
  }

  if (!mappings.some(({ value }) => value.readsBody)) {
    return (invocation) => next(mapped(invocation, mappings, unreadBody))
  }
  return async (invocation) => {
    const bytes = await invocation.request.body.read()
    const request = { ...invocation.request, body: receivedBody(bytes) }
    return next(mapped({ ...invocation, request }, mappings, new MappedBody(bytes)))
  }
}

function compileMapping(key: string, text: string, deployed: DeployedRoute): Mapping | undefined {
  const target = parseRequestTarget(key)
  if (!target) return undefined
  const value =
    target.action === 'remove'
      ? nothing
      : requestValue(text, deployed, target.location === 'path' ? encodePath : undefined)
  return value && { target, value }
}

const nothing: RequestValue = { readsBody: false, read: () => '' }

/** All values are read from the request as it came, whatever the order of the mappings. */
function mapped(invocation: Invocation, mappings: readonly Mapping[], body: MappedBody): Invocation {
  const { request } = invocation
  // What `Connection` names must not remove a mapped header on its way.
  const lines = withoutConnectionHeaders(request.headers.raw)
  let { query } = request
  let path = ''
  let host = ''
  for (const { target, value } of mappings) {
    const text = value.read(invocation, body)
    if (target.location === 'path') path = text
    else if (target.location === 'querystring') query = changeQuery(query, target, text)
    else {
      const line = sendable(text)
      changeHeader(lines, target, line)
      if (target.name.toLowerCase() === 'host') host = line
    }
  }
  const whole = { ...(path !== '' && { path: path.startsWith('/') ? path : `/${path}` }), ...(host !== '' && { host }) }
  return { ...invocation, request: { ...request, headers: new HeaderList(lines), query, mapped: whole } }
}

function sendable(text: string): string {
  const line = headerValue(text)
  if (line === undefined) throw new GatewayError('DEFAULT_4XX', 'Bad Request')
  return line
}
