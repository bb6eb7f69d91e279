import { parseArn } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'
import { ServiceError } from '../../wire/service-error.ts'
import {
  invalidExpression,
  invalidParameter,
  isIntegrationParameter,
  isRequestSource,
  parseMethodParameter,
} from '../mapping-expression.ts'
import { checkTemplates } from '../media-type.ts'
import type { MethodRecord } from '../method/method.ts'
import { checkVerb } from '../method/rules.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'
import type { IntegrationRecord } from './integration.ts'
import { checkHttpUri, requireAwsTarget } from './uri.ts'

const minTimeoutMs = 50
/** AWS's own limit, unless its quota is raised. */
const usualMaxMs = 29_000
/** Documented: a streamed response has 15 minutes, whatever the limit of others is. */
const maxStreamMs = 900_000

/**
 * What is said about a timeout that is out of range, or no number.
 * @param maxTimeoutMs The gateway's limit.
 */
export function invalidTimeout(maxTimeoutMs: number): string {
  return `Timeout should be between ${minTimeoutMs} ms and ${Math.max(usualMaxMs, maxTimeoutMs)} ms`
}

/** What decides about an integration besides itself and its method. */
export interface IntegrationContext {
  readonly caller: Caller
  /** Longest timeout of an integration whose responses are buffered. */
  readonly maxIntegrationTimeoutMs: number
}

/**
 * Checks an integration's settings against the method that it belongs to.
 * @throws {ServiceError} `BadRequestException` for the first that does not hold; `AccessDeniedException` for a role of
 *   another account.
 */
export function checkIntegration(
  integration: IntegrationRecord,
  method: MethodRecord,
  { caller, maxIntegrationTimeoutMs }: IntegrationContext,
): void {
  checkBackend(integration, caller)
  const { timeoutInMillis, responseTransferMode } = integration
  const maxTimeoutMs = responseTransferMode === 'STREAM' ? maxStreamMs : maxIntegrationTimeoutMs
  if (
    !(
      Number.isInteger(timeoutInMillis) &&
      timeoutInMillis >= minTimeoutMs &&
      timeoutInMillis <= Math.max(usualMaxMs, maxTimeoutMs)
    )
  ) {
    throw badRequest(invalidTimeout(maxTimeoutMs))
  }
  checkWord(integration.passthroughBehavior, ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'], 'PassthroughBehavior')
  checkWord(integration.contentHandling, ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'], 'ContentHandling')
  checkWord(integration.connectionType, ['INTERNET', 'VPC_LINK'], 'ConnectionType')
  checkWord(integration.responseTransferMode, ['BUFFERED', 'STREAM'], 'ResponseTransferMode')
  checkConnection(integration)
  checkTemplates(integration.requestTemplates)
  checkRequestParameters(integration.requestParameters, method)
}

function checkBackend(integration: IntegrationRecord, caller: Caller): void {
  const { type, httpMethod, uri = '' } = integration
  if (httpMethod !== undefined) checkVerb(httpMethod)
  if (type === 'MOCK') return
  if (httpMethod === undefined) throw badRequest('Enumeration value for HttpMethod must be non-empty')
  if (type === 'HTTP' || type === 'HTTP_PROXY') checkHttpUri(uri)
  else checkAwsTarget(integration, uri, caller)
}

function checkAwsTarget({ type, credentials }: IntegrationRecord, uri: string, caller: Caller): void {
  const { service } = requireAwsTarget(uri)
  if (type === 'AWS_PROXY' && service !== 'lambda' && service !== 'firehose') {
    throw badRequest(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    )
  }
  if (service !== 'lambda' && !credentials) throw badRequest('Role ARN must be specified for AWS integrations')
  const account = parseArn(credentials ?? '')?.account
  if (account && account !== '*' && account !== caller.account && !account.includes('$')) {
    throw new ServiceError('AccessDeniedException', 'Cross-account pass role is not allowed.', { status: 403 })
  }
}

function checkConnection({ connectionType, connectionId }: IntegrationRecord): void {
  if (connectionType === 'VPC_LINK' && !connectionId) {
    throw badRequest('ConnectionId should be set to the vpcLinkId or stage variable on connection type VPC_LINK')
  }
}

function checkWord(value: string | undefined, options: readonly string[], what: string): void {
  if (value !== undefined && !oneOf(options, value)) {
    throw badRequest(`Invalid ${what} specified. Valid options are ${options}`)
  }
}

function checkRequestParameters(mappings: Readonly<Record<string, string>> = {}, method: MethodRecord): void {
  for (const [target, source] of Object.entries(mappings)) {
    if (!isIntegrationParameter(target)) throw invalidParameter(target)
    if (isRequestSource(source)) continue
    if (!parseMethodParameter(source)) throw invalidExpression(source)
    if (!declares(method, source)) throw invalidParameter(source)
  }
}

/** A multi-value source reads the parameter that the method declares without `multivalue`. */
function declares({ requestParameters = {} }: MethodRecord, source: string): boolean {
  return source in requestParameters || source.replace('.multivalue', '.') in requestParameters
}
