import { type Kind, matching } from './kind.ts'
import { httpUrl, region } from './network.ts'
import { listOf, objectOf, optional, required } from './structure.ts'

/** Where integrations reach an AWS service, instead of its public endpoint. */
export interface ServiceEndpoint {
  /** As integrations' URIs name it: `dynamodb`, or with its subdomain, `data-ats.iot`. */
  readonly service: string
  /** Unset: the service in every region. */
  readonly region?: string
  /** Base URL. */
  readonly url: string
  /** The name that requests are signed for, where it is not the service's own. */
  readonly signingName?: string
}

const serviceName = matching(
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
  'a service as in arn:aws:apigateway:us-east-1:dynamodb:action/GetItem',
  '<service>',
)

const members = {
  service: required(serviceName),
  url: required(httpUrl),
  region: optional(region),
  signingName: optional(serviceName),
} as const

const entry = objectOf(members, ({ service, url, region: only, signingName }) => {
  const value: ServiceEndpoint = {
    service,
    url,
    ...(only !== undefined && { region: only }),
    ...(signingName !== undefined && { signingName }),
  }
  return { value }
})

/** A list of service endpoints as the configuration file gives it. */
export const serviceEndpointList: Kind<readonly ServiceEndpoint[]> = listOf(
  entry,
  'a list of objects with service and url',
)
