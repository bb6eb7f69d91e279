import {
  invalidExpression,
  invalidMapping,
  invalidParameter,
  isMethodResponseHeader,
  isResponseSource,
} from '../mapping-expression.ts'
import { checkTemplates } from '../media-type.ts'
import type { MethodRecord } from '../method/method.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'
import type { IntegrationResponseRecord } from './integration-response.ts'
import { isBrokenPattern } from './selection-pattern.ts'

const contentHandlings = ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] as const

/**
 * Checks an integration response against the method that it belongs to.
 * @throws {ServiceError} `BadRequestException` for the first setting that does not hold.
 */
export function checkIntegrationResponse(response: IntegrationResponseRecord, method: MethodRecord): void {
  const { contentHandling, selectionPattern = '' } = response
  if (contentHandling !== undefined && !oneOf(contentHandlings, contentHandling)) {
    throw badRequest(`Invalid ContentHandling specified. Valid options are ${contentHandlings}`)
  }
  if (isBrokenPattern(selectionPattern)) throw badRequest('Invalid regex pattern specified')
  checkTemplates(response.responseTemplates)
  checkResponseParameters(response, method)
}

function checkResponseParameters(response: IntegrationResponseRecord, { methodResponses = {} }: MethodRecord): void {
  const mappings = Object.entries(response.responseParameters ?? {})
  const declared = methodResponses[response.statusCode]
  if (mappings.length > 0 && !declared) throw invalidMapping('No method response exists for method.')
  for (const [target, source] of mappings) {
    const isDeclared = target in (declared?.responseParameters ?? {})
    if (!isMethodResponseHeader(target) || !isDeclared) throw invalidParameter(target)
    if (!isResponseSource(source)) throw invalidExpression(source)
  }
}
