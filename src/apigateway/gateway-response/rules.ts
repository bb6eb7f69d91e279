import { invalidExpression, isRequestSource, parseMethodParameter } from '../mapping-expression.ts'
import { checkTemplates } from '../media-type.ts'
import { badRequest } from '../refusal.ts'
import type { GatewayResponseRecord } from './gateway-response.ts'

const parameterForm = /^gatewayresponse\.header\.[a-zA-Z0-9._$-]+$/
const statusForm = /^[1-5]\d\d$/

/** @throws {ServiceError} `BadRequestException` for the first part that the service does not take. */
export function checkGatewayResponse(response: GatewayResponseRecord): void {
  const { statusCode, responseParameters, responseTemplates } = response
  if (statusCode !== undefined && !statusForm.test(statusCode)) {
    throw badRequest(`Invalid statusCode specified: ${statusCode}`)
  }
  for (const value of Object.values(responseTemplates)) requireValue(value, 'responseTemplates')
  checkTemplates(responseTemplates)
  for (const [target, source] of Object.entries(responseParameters)) {
    requireValue(source, 'responseParameters')
    if (!parameterForm.test(target)) throw invalidExpression(target)
    if (!isSource(source)) throw invalidExpression(source)
  }
}

/** @throws {ServiceError} `BadRequestException` in the observed words when there is no text. */
export function requireValue(value: string | undefined, member: string): string {
  if (!value) throw badRequest(`Invalid null or empty value in ${member}`)
  return value
}

/** A body may not have been read when the gateway answers for itself. */
function isSource(source: string): boolean {
  if (source.startsWith('method.request.body')) return false
  return parseMethodParameter(source) !== undefined || isRequestSource(source)
}
