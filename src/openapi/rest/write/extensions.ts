import type { Json, JsonObject } from '../../json.ts'
import type { ApiDefinition, GatewayResponseDefinition } from '../definition.ts'
import { has, type WriteOptions } from './options.ts'

/** Writes the root's extensions; what is as by default is left out. */
export function writeApiExtensions(definition: ApiDefinition, options: WriteOptions): JsonObject {
  return { ...(has(options, 'validators') && writeValidators(definition)), ...writeSettings(definition, options) }
}

function writeValidators({ requestValidators }: ApiDefinition): JsonObject {
  if (requestValidators.length === 0) return {}
  const entries = requestValidators.map(({ name, validateRequestParameters, validateRequestBody }) => [
    name,
    { validateRequestParameters, validateRequestBody },
  ])
  return { 'x-amazon-apigateway-request-validators': Object.fromEntries(entries) }
}

function writeSettings({ settings, gatewayResponses }: ApiDefinition, { extensions }: WriteOptions): JsonObject {
  if (!extensions.has('apigateway')) return {}
  const { apiKeySource, binaryMediaTypes = [], minimumCompressionSize, policy } = settings
  const { securityPolicy, endpointAccessMode } = settings
  return {
    ...(policy !== undefined && { 'x-amazon-apigateway-policy': policyDocument(policy) }),
    ...(gatewayResponses.length > 0 && {
      'x-amazon-apigateway-gateway-responses': Object.fromEntries(gatewayResponses.map(writeGatewayResponse)),
    }),
    ...(apiKeySource === 'AUTHORIZER' && { 'x-amazon-apigateway-api-key-source': apiKeySource }),
    ...(minimumCompressionSize !== undefined && {
      'x-amazon-apigateway-minimum-compression-size': minimumCompressionSize,
    }),
    ...(binaryMediaTypes.length > 0 && { 'x-amazon-apigateway-binary-media-types': binaryMediaTypes }),
    ...(securityPolicy !== undefined && { 'x-amazon-apigateway-security-policy': securityPolicy }),
    ...(endpointAccessMode !== undefined && { 'x-amazon-apigateway-endpoint-access-mode': endpointAccessMode }),
  }
}

/** A stored policy is the text of a JSON object. */
function policyDocument(policy: string): Json {
  return JSON.parse(policy)
}

function writeGatewayResponse({ responseType, ...response }: GatewayResponseDefinition): [string, JsonObject] {
  const { statusCode, responseParameters, responseTemplates } = response
  return [
    responseType,
    {
      ...(statusCode !== undefined && { statusCode }),
      ...(responseParameters && { responseParameters }),
      ...(responseTemplates && { responseTemplates }),
    },
  ]
}

/** Writes `x-amazon-apigateway-endpoint-configuration`: of a server, or of Swagger 2.0's root. */
export function writeEndpointConfiguration({ settings }: ApiDefinition, { extensions }: WriteOptions): JsonObject {
  if (!extensions.has('apigateway')) return {}
  const { disableExecuteApiEndpoint, vpcEndpointIds = [], ipAddressType, endpointType } = settings
  const usual = endpointType === 'PRIVATE' ? 'dualstack' : 'ipv4'
  const configuration = {
    ...(disableExecuteApiEndpoint && { disableExecuteApiEndpoint }),
    ...(vpcEndpointIds.length > 0 && { vpcEndpointIds }),
    ...(ipAddressType !== undefined && ipAddressType !== usual && { ipAddressType }),
  }
  return Object.keys(configuration).length === 0 ? {} : { 'x-amazon-apigateway-endpoint-configuration': configuration }
}
