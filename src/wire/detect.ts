import { parametersOf } from './aws-query/form.ts'
import type { Match, ParsedRequest } from './codec.ts'
import type { Contract, Protocol } from './contract.ts'
import type { Credential } from './credential.ts'

/**
 * The wire protocol that a request speaks, by the marks that each protocol's clients leave. A form counts as `awsQuery` at
 * the root path only: elsewhere it is what curl calls any body.
 */
export function protocolOf(request: ParsedRequest): Protocol {
  const { path, query, headers } = request
  const contentType = headers['content-type'] ?? ''
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return 'rpcv2Cbor'
  if (headers['x-amz-target'] !== undefined) return contentType.includes('x-amz-json-1.0') ? 'awsJson1_0' : 'awsJson1_1'
  if (path !== '/') return 'restJson1'
  return query.has('Action') || parametersOf(request).has('Action') ? 'awsQuery' : 'restJson1'
}

/** A service that may be asked, as far as finding it needs. */
export interface Candidate {
  readonly contract: Contract
  match(request: ParsedRequest): Match | undefined
}

/** Either a service, or the name of one that is not served here, or nothing that tells. */
export type Detected<C extends Candidate> = { readonly service: C } | { readonly unknown: string } | undefined

/**
 * Finds the service that a request is for: by the credential's scope, the target's prefix, the host, and at last by whose
 * routes know the path. Services that share a name (`apigateway` and `apigatewayv2`) are told apart by their routes.
 */
export function detectService<C extends Candidate>(
  services: readonly C[],
  request: ParsedRequest,
  credential: Credential | undefined,
): Detected<C> {
  const target = request.headers['x-amz-target']
  if (credential) return choose(services, request, ({ signingName }) => signingName, credential.service)
  if (target !== undefined)
    return choose(services, request, ({ targetPrefix }) => targetPrefix, target.split('.').slice(0, -1).join('.'))
  const host = awsHost(request.headers['host'])
  if (host !== undefined) return choose(services, request, ({ endpointPrefix }) => endpointPrefix, host)
  const service = services.find((candidate) => candidate.match(request))
  return service && { service }
}

function choose<C extends Candidate>(
  services: readonly C[],
  request: ParsedRequest,
  nameOf: (contract: Contract) => string | undefined,
  name: string,
): Detected<C> {
  const named = services.filter(({ contract }) => nameOf(contract) === name)
  const service = named.find((candidate) => candidate.match(request)) ?? named[0]
  return service ? { service } : { unknown: name }
}

/** The service's label of an AWS host name, `lambda` of `lambda.eu-west-1.amazonaws.com`. */
function awsHost(host: string | undefined): string | undefined {
  return /^([a-z0-9-]+)(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|api\.aws)(?::\d+)?$/i
    .exec(host ?? '')?.[1]
    ?.toLowerCase()
}
