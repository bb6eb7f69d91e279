import type { GatewayResponseType } from '@aws-sdk/client-api-gateway'
import { isGatewayResponseType } from '../../../apigateway/gateway-response/gateway-response.ts'
import { isObject, type JsonObject, objectAt, textAt, textOf } from '../../json.ts'
import type { GatewayResponseDefinition } from '../definition.ts'
import type { ReadContext } from './context.ts'

/** Reads the root's `x-amazon-apigateway-gateway-responses`. */
export function readGatewayResponses({ root, findings }: ReadContext): GatewayResponseDefinition[] {
  const source = objectAt(root, 'x-amazon-apigateway-gateway-responses')
  return Object.entries(source).flatMap(([name, value]) => {
    if (isGatewayResponseType(name) && isObject(value)) return [readGatewayResponse(name, value)]
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
