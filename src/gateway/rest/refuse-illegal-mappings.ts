import { configurationError } from '../error.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from './deployed-method.ts'

const neverMapped = ['content-length', 'transfer-encoding', 'x-amzn-trace-id', 'x-amzn-apigateway-api-id']
/** Observed: refused for `AWS_PROXY` too, where mappings have no other effect. */
const neverMappedToAws = ['authorization', 'connection', 'expect', 'proxy-authenticate', 'te']
/** AWS documents these as mappable; on our connections to backends they are the gateway's own business. */
const hopByHop = ['connection', 'expect', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade']

/** A method that maps a value to a header that the gateway itself makes fails at run time, as on AWS. */
export const refuseIllegalMappings: Step<DeployedMethod> = ({ method: { integration } }, next) => {
  const illegal = new Set([...neverMapped, ...(integration.type === 'HTTP_PROXY' ? hopByHop : neverMappedToAws)])
  const target = Object.keys(integration.requestParameters).find((key) => illegal.has(headerTarget(key)))
  if (target === undefined) return next
  return () => {
    throw configurationError(`Illegal mapping target ${target}`)
  }
}

function headerTarget(key: string): string {
  const prefix = 'integration.request.header.'
  return key.startsWith(prefix) ? key.slice(prefix.length).toLowerCase() : ''
}
