import type { AwsTarget } from '../../../snapshot/aws-target.ts'
import type { IntegrationRequest } from '../backend.ts'
import { type Filled, filled } from './placeholders.ts'
import { jsonService } from './service-names.ts'

/** What only the signer says: a mapped header of these names has no effect. */
const ours: ReadonlySet<string> = new Set([
  'authorization',
  'host',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
])

/** What a service is told of the API that calls it. */
export interface Origin {
  readonly apiId: string
  /** `arn:aws:execute-api:…` of the method that is called. */
  readonly sourceArn: string
}

/**
 * Compiles the headers of a service's requests, names in lower case, without those of the signature: the mapped ones, and
 * where those leave them open, `accept`, `user-agent`, `content-type` and `x-amz-target`.
 */
export function serviceHeaders(
  target: AwsTarget,
): (request: IntegrationRequest, origin: Origin) => Map<string, string> {
  const operation = jsonOperation(target)
  return (request, { apiId, sourceArn }) => {
    const headers = new Map([
      ['accept', 'application/json'],
      ['user-agent', `AmazonAPIGateway_${apiId}`],
      ['x-amzn-apigateway-api-id', apiId],
      ['x-amz-source-arn', sourceArn],
    ])
    // Without a body there is no JSON: the parameters are in the query, as the older protocol has them.
    if (request.body.length > 0) {
      headers.set('content-type', operation?.contentType ?? request.contentType)
      if (operation) headers.set('x-amz-target', operation.target(request.path))
    }
    for (const [name, values] of request.headers) {
      const lowerName = name.toLowerCase()
      if (!ours.has(lowerName)) headers.set(lowerName, values.join(','))
    }
    headers.set('x-amzn-trace-id', request.trace)
    return headers
  }
}

/** Of an action of a service whose operations are named in a header. */
function jsonOperation({ kind, service, target }: AwsTarget): { target: Filled; contentType: string } | undefined {
  const json = kind === 'action' ? jsonService(service) : undefined
  if (!json) return undefined
  const [action = ''] = target.split('&')
  return {
    target: filled(`${json.targetPrefix}.${action}`, (text) => text),
    contentType: `application/x-amz-json-${json.jsonVersion}`,
  }
}
