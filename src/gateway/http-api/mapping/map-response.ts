import { parseResponseTarget, type Target } from '../../../parameter-mapping/target.ts'
import { configurationError } from '../../error.ts'
import type { Invocation } from '../../invocation.ts'
import { headerValue } from '../../mapping/header-value.ts'
import type { Step } from '../../pipeline.ts'
import { isFinalStatus, type Reply } from '../../reply.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { changeHeader } from './change-header.ts'
import { collectBody } from './collect-body.ts'
import { MappedBody, unreadBody } from './mapped-body.ts'
import { type ResponseValue, responseValue } from './response-value.ts'

interface Mapping {
  readonly target: Target
  readonly value: ResponseValue
}

interface Mappings {
  readonly all: readonly Mapping[]
  readonly readsBody: boolean
}

/** Changes the integration's response as its `responseParameters` say for its status. */
export const mapResponse: Step<DeployedRoute> = (deployed, next) => {
  const byStatus = new Map<number, Mappings>()
  for (const [status, parameters] of Object.entries(deployed.route.integration?.responseParameters ?? {})) {
    const all: Mapping[] = []
    for (const [key, text] of Object.entries(parameters)) {
      const mapping = compileMapping(key, text, deployed)
      if (!mapping)
        return () => {
          throw configurationError(`Invalid mapping expression specified: ${key}: ${text}`)
        }
      all.push(mapping)
    }
    byStatus.set(Number(status), { all, readsBody: all.some(({ value }) => value.readsBody) })
  }
  if (byStatus.size === 0) return next

  const map = (reply: Reply, invocation: Invocation): Reply | Promise<Reply> => {
    const mappings = byStatus.get(reply.status)
    if (!mappings) return reply
    if (!mappings.readsBody) return mapped(reply, mappings.all, unreadBody, invocation)
    return collectBody(reply.body).then((bytes) =>
      mapped({ ...reply, body: bytes }, mappings.all, new MappedBody(bytes), invocation),
    )
  }
  return (invocation) => {
    const reply = next(invocation)
    return reply instanceof Promise ? reply.then((late) => map(late, invocation)) : map(reply, invocation)
  }
}

function compileMapping(key: string, text: string, deployed: DeployedRoute): Mapping | undefined {
  const target = parseResponseTarget(key)
  if (!target) return undefined
  const value = target.action === 'remove' ? nothing : responseValue(text, deployed)
  return value && { target, value }
}

const nothing: ResponseValue = { readsBody: false, read: () => '' }

/** All values are read from the response as it came, whatever the order of the mappings. */
function mapped(reply: Reply, mappings: readonly Mapping[], body: MappedBody, invocation: Invocation): Reply {
  const response = { headers: reply.headers, body }
  const headers = reply.headers.slice()
  let { status } = reply
  for (const { target, value } of mappings) {
    const text = value.read(invocation, response)
    if (target.location === 'statuscode') status = statusOf(text)
    else changeHeader(headers, target, sendable(text))
  }
  return { status, headers, body: reply.body }
}

function statusOf(text: string): number {
  const status = /^\d{3}$/.test(text) ? Number(text) : undefined
  if (isFinalStatus(status)) return status
  throw configurationError(`The response is mapped to the status ${JSON.stringify(text)}`)
}

function sendable(text: string): string {
  const line = headerValue(text)
  if (line === undefined) throw configurationError('A header is mapped to what no header can hold')
  return line
}
