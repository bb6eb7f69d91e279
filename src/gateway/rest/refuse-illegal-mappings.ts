import { configurationError } from '../error.ts'
import { illegalHeaders } from '../mapping/illegal-headers.ts'
import type { Step } from '../pipeline.ts'
import type { DeployedMethod } from './deployed-method.ts'

/** A method that maps a value to a header that the gateway itself makes fails at run time, as on AWS. */
export const refuseIllegalMappings: Step<DeployedMethod> = ({ method: { integration } }, next) => {
  const illegal = illegalHeaders(integration.type)
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
