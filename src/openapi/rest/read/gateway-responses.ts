import type { GatewayResponseType } from '@aws-sdk/client-api-gateway'
import { isObject, type JsonObject, objectAt, textAt, textOf } from '../../json.ts'
import type { GatewayResponseDefinition } from '../definition.ts'
import type { ReadContext } from './context.ts'

const responseTypes: readonly GatewayResponseType[] = [
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'RESOURCE_NOT_FOUND',
  'UNAUTHORIZED',
  'INVALID_API_KEY',
  'ACCESS_DENIED',
  'AUTHORIZER_FAILURE',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'INVALID_SIGNATURE',
  'EXPIRED_TOKEN',
  'MISSING_AUTHENTICATION_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'API_CONFIGURATION_ERROR',
  'UNSUPPORTED_MEDIA_TYPE',
  'BAD_REQUEST_PARAMETERS',
  'BAD_REQUEST_BODY',
  'REQUEST_TOO_LARGE',
  'THROTTLED',
  'QUOTA_EXCEEDED',
  'WAF_FILTERED',
]

/** Reads the root's `x-amazon-apigateway-gateway-responses`. */
export function readGatewayResponses({ root, findings }: ReadContext): GatewayResponseDefinition[] {
  const source = objectAt(root, 'x-amazon-apigateway-gateway-responses')
  return Object.entries(source).flatMap(([name, value]) => {
    const responseType = responseTypes.find((type) => type === name)
    if (responseType && isObject(value)) return [readGatewayResponse(responseType, value)]
    findings.errors.push(`Unable to put gateway response '${name}': Invalid gateway response specified`)
    return []
  })
}

function readGatewayResponse(responseType: GatewayResponseType, source: JsonObject): GatewayResponseDefinition {
  const statusCode = textAt(source, 'statusCode')
  const responseParameters = texts(objectAt(source, 'responseParameters'))
  const responseTemplates = texts(objectAt(source, 'responseTemplates'))
  return {
    responseType,
    ...(statusCode !== undefined && { statusCode }),
    ...(responseParameters && { responseParameters }),
    ...(responseTemplates && { responseTemplates }),
  }
}

function texts(source: JsonObject): Record<string, string> | undefined {
  const entries = Object.entries(source).flatMap(([name, value]) => {
    const text = textOf(value)
    return text === undefined ? [] : [[name, text]]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
