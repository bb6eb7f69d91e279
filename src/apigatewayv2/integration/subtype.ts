import { invalidMapping } from '../../apigateway/mapping-expression.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import { requestValueProblem } from '../../parameter-mapping/check.ts'
import { isServiceIntegration, serviceIntegrations } from '../../snapshot/service-integration.ts'
import type { IntegrationRecord } from './integration.ts'

/**
 * Checks an integration that calls an AWS service.
 * @throws {ServiceError} `BadRequestException` in the observed words, where there are any.
 */
export function checkSubtype(name: string, integration: IntegrationRecord): void {
  const { IntegrationUri, CredentialsArn, PayloadFormatVersion, RequestParameters = {} } = integration
  if (!isServiceIntegration(name) || PayloadFormatVersion !== '1.0') {
    throw badRequest(`Operation: ${name} is not supported.`)
  }
  if (IntegrationUri !== undefined) throw badRequest(`IntegrationUri is not supported for Subtype: ${name}`)
  if (!CredentialsArn) {
    throw badRequest(`Role ARN must be specified for AWS integration configuration with Subtype: ${name}`)
  }
  const given = Object.keys(RequestParameters)
  const { required: requiredKinds, optional } = serviceIntegrations[name]
  const required = Object.keys(requiredKinds)
  if (required.some((parameter) => !given.includes(parameter))) {
    throw badRequest(
      `Operation: ${name} requires enabling passthrough, or defining all of the following parameters: [${required.join(', ')}]`,
    )
  }
  const unknown = given.find((parameter) => !required.includes(parameter) && !Object.hasOwn(optional, parameter))
  if (unknown !== undefined) throw badRequest(`Operation: ${name} does not support the parameter ${unknown}`)
  for (const value of Object.values(RequestParameters)) {
    const problem = requestValueProblem(value)
    if (problem !== undefined) throw invalidMapping(problem)
  }
}
