import type { EndpointAccessMode } from '@aws-sdk/client-api-gateway'
import { securityPolicies } from '../../../apigateway/security-policy.ts'
import { findEndpointConfiguration, readEndpoint } from '../../document/endpoint-configuration.ts'
import { readNumber } from '../../document/read-number.ts'
import { readTags } from '../../document/tags.ts'
import { isObject, type JsonObject, objectAt, textAt, textsAt } from '../../json.ts'
import type { ApiSettings } from '../definition.ts'
import type { ReadContext } from './context.ts'

/** Reads what a document says about the API as a whole. */
export function readSettings(context: ReadContext): ApiSettings {
  const { root, findings } = context
  const info = objectAt(root, 'info')
  const name = textAt(info, 'title')
  const description = textAt(info, 'description')
  const version = textAt(info, 'version')
  const binaryMediaTypes = root['x-amazon-apigateway-binary-media-types']
  const size = readNumber(root['x-amazon-apigateway-minimum-compression-size'], 'minimum compression size', findings)
  const tags = readTags(root)
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && description !== '' && { description }),
    ...(version !== undefined && { version }),
    ...(binaryMediaTypes !== undefined && {
      binaryMediaTypes: textsAt(root, 'x-amazon-apigateway-binary-media-types'),
    }),
    ...(size !== undefined && { minimumCompressionSize: size }),
    ...readApiKeySource(context),
    ...readPolicy(root),
    ...readEndpointSettings(context),
    ...readWords(context),
    ...(Object.keys(tags).length > 0 && { tags }),
  }
}

function readApiKeySource({ root, findings }: ReadContext): Pick<ApiSettings, 'apiKeySource'> {
  const source = textAt(root, 'x-amazon-apigateway-api-key-source')?.toUpperCase()
  if (source === undefined) return {}
  if (source === 'HEADER' || source === 'AUTHORIZER') return { apiKeySource: source }
  findings.errors.push(`Unable to set api key source: Invalid api key source specified: ${source}`)
  return {}
}

/** An object, or its JSON text. */
function readPolicy(root: JsonObject): Pick<ApiSettings, 'policy'> {
  const policy = root['x-amazon-apigateway-policy']
  if (isObject(policy)) return { policy: JSON.stringify(policy) }
  return typeof policy === 'string' ? { policy } : {}
}

function readEndpointSettings({ root, findings }: ReadContext): Partial<ApiSettings> {
  const source = findEndpointConfiguration(root)
  if (!source) return {}
  const vpcEndpointIds = textsAt(source, 'vpcEndpointIds')
  return {
    ...readEndpoint(source, ['disableExecuteApiEndpoint', 'vpcEndpointIds', 'ipAddressType'], findings),
    ...(vpcEndpointIds.length > 0 && { vpcEndpointIds }),
  }
}

function readWords({ root, findings }: ReadContext): Pick<ApiSettings, 'securityPolicy' | 'endpointAccessMode'> {
  const policy = textAt(root, 'x-amazon-apigateway-security-policy')
  const mode = textAt(root, 'x-amazon-apigateway-endpoint-access-mode')?.toUpperCase()
  const securityPolicy = securityPolicies.find((known) => known === policy)
  const modes: readonly EndpointAccessMode[] = ['BASIC', 'STRICT']
  const endpointAccessMode = modes.find((known) => known === mode)
  if (policy !== undefined && !securityPolicy) {
    findings.errors.push(`Unable to set security policy: Invalid security policy specified: ${policy}`)
  }
  if (mode !== undefined && !endpointAccessMode) {
    findings.errors.push(`Unable to set endpoint access mode: Invalid endpoint access mode specified: ${mode}`)
  }
  return { ...(securityPolicy && { securityPolicy }), ...(endpointAccessMode && { endpointAccessMode }) }
}
