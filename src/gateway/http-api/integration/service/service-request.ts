import { percentEncoded } from '../../../../sigv4/canonical-request.ts'
import { GatewayError } from '../../../error.ts'
import { hasDotSegment } from '../../../integration/aws-service/uri-text.ts'
import type { ParameterValue } from './parameter-value.ts'
import type { ParameterValues } from './parameters.ts'
import type { JsonProtocol, ServiceCall } from './service-calls.ts'

/** What is said to a service, before it is addressed and signed. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST'
  /** Begins with a slash; escaped once. */
  readonly path: string
  /** Without `?`; escaped. */
  readonly query: string
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Empty: there is none. */
  readonly body: string
}

/** Compiles the requests of a service integration. */
export function serviceRequests({ protocol }: ServiceCall): (values: ParameterValues) => ServiceRequest {
  return protocol === 'rest' ? configurationRequest : jsonRequests(protocol)
}

function jsonRequests({ target, version, lowerCamelCase = false, itemOf }: JsonProtocol) {
  const headers = [
    ['content-type', `application/x-amz-json-${version}`],
    ['x-amz-target', target],
  ] as const
  const nameOf = lowerCamelCase
    ? (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
    : (name: string) => name
  return (values: ParameterValues): ServiceRequest => {
    const members = Object.fromEntries(membersOf(values).map(([name, value]) => [nameOf(name), value]))
    const body = JSON.stringify(itemOf === undefined ? members : { [itemOf]: [members] })
    return { method: 'POST', path: '/', query: '', headers, body }
  }
}

/** The region tells where a request goes, and is no part of it. */
function membersOf(values: ParameterValues): (readonly [string, ParameterValue])[] {
  return [...values].filter(([name]) => name !== 'Region')
}

/** `GET /applications/{Application}/environments/{Environment}/configurations/{Configuration}`. */
function configurationRequest(values: ParameterValues): ServiceRequest {
  const text = (name: string) => percentEncoded(String(values.get(name) ?? '').toWellFormed())
  const [application, environment, configuration] = ['Application', 'Environment', 'Configuration'].map(text)
  const path = `/applications/${application}/environments/${environment}/configurations/${configuration}`
  // A caller's value must not lead out of the path.
  if (path.includes('//') || path.endsWith('/') || hasDotSegment(path)) {
    throw new GatewayError('BAD_REQUEST_PARAMETERS', 'Bad Request', { detail: `${path} is no configuration` })
  }
  const version = values.has('ClientConfigurationVersion')
    ? `&client_configuration_version=${text('ClientConfigurationVersion')}`
    : ''
  return { method: 'GET', path, query: `client_id=${text('ClientId')}${version}`, headers: [], body: '' }
}
