import type { ServiceEndpoint } from '../../../config/service-endpoint.ts'
import type { AwsTarget } from '../../../snapshot/aws-target.ts'
import { globalRegion, signingName } from './service-names.ts'

/** Where a service's requests go, and what they are signed for. */
export interface Address {
  /** Such as `https://dynamodb.us-east-1.amazonaws.com`. */
  readonly origin: string
  /** What every path begins with: empty, or `/base`. */
  readonly basePath: string
  /** What the `Host` header says: the origin's host, behind the service's subdomain. */
  readonly host: string
  /** Region and service to sign for. */
  readonly region: string
  readonly signingName: string
}

interface Service extends Pick<AwsTarget, 'partition' | 'region' | 'service'> {
  /** What the name of the public endpoint begins with, for an operation with an endpoint of its own: `sync-`. */
  readonly hostPrefix?: string
}

/**
 * Finds where a service is reached: the first configured endpoint that names it, and its region if the endpoint has one;
 * else the service's public endpoint.
 */
export function addressOf(service: Service, configured: readonly ServiceEndpoint[]): Address {
  const named = configuredEndpoint(service, configured)
  if (!named) return publicAddress(service)
  const subdomain = service.service.slice(0, -labelOf(service).length)
  const url = new URL(named.url)
  return {
    origin: url.origin,
    basePath: url.pathname.replace(/\/$/, ''),
    // An endpoint of exactly this name stands for the subdomain, too.
    host: named.service === service.service ? url.host : subdomain + url.host,
    region: service.region,
    signingName: named.signingName ?? signingName(service.service),
  }
}

/** Whether the configuration says where a service is reached. */
export function isConfigured(service: Service, configured: readonly ServiceEndpoint[]): boolean {
  return configuredEndpoint(service, configured) !== undefined
}

function configuredEndpoint(service: Service, configured: readonly ServiceEndpoint[]): ServiceEndpoint | undefined {
  const label = labelOf(service)
  return configured.find(
    ({ service: name, region }) =>
      (name === service.service || name === label) && (region === undefined || region === service.region),
  )
}

/** The service without its subdomain. */
function labelOf({ service }: Service): string {
  return service.slice(service.lastIndexOf('.') + 1)
}

function publicAddress({ partition, region, service, hostPrefix = '' }: Service): Address {
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  const only = globalRegion(service)
  const host = only === undefined ? `${hostPrefix}${service}.${region}.${suffix}` : `${service}.${suffix}`
  return { origin: `https://${host}`, basePath: '', host, region: only ?? region, signingName: signingName(service) }
}
