import type { Findings } from '../findings.ts'
import { flagAt, isObject, type JsonObject, listAt, textAt } from '../json.ts'

/** What a document says of an API's endpoint. */
export const endpointExtension = 'x-amazon-apigateway-endpoint-configuration'

/** OpenAPI 3 has it at a server, Swagger 2.0 at the root. */
export function findEndpointConfiguration(root: JsonObject): JsonObject | undefined {
  const servers = listAt(root, 'servers').filter(isObject)
  return [root, ...servers].map((holder) => holder[endpointExtension]).find(isObject)
}

/** What every kind of API takes of its endpoint configuration. */
export interface EndpointSettings {
  readonly disableExecuteApiEndpoint?: boolean
  readonly ipAddressType?: 'ipv4' | 'dualstack'
}

/** Reads an endpoint configuration. @param members Those that this kind of API has. */
export function readEndpoint(source: JsonObject, members: readonly string[], findings: Findings): EndpointSettings {
  const ipAddressType = textAt(source, 'ipAddressType')
  const isKnown = ipAddressType === 'ipv4' || ipAddressType === 'dualstack'
  if (ipAddressType !== undefined && !isKnown) {
    findings.errors.push('Unable to set endpoint configuration: ipAddressType must be either ipv4 or dualstack.')
  }
  for (const member of Object.keys(source)) {
    if (!members.includes(member)) {
      findings.warnings.push(`Unsupported member '${member}' of ${endpointExtension}. Ignoring.`)
    }
  }
  return {
    ...('disableExecuteApiEndpoint' in source && {
      disableExecuteApiEndpoint: flagAt(source, 'disableExecuteApiEndpoint'),
    }),
    ...(isKnown && { ipAddressType }),
  }
}
