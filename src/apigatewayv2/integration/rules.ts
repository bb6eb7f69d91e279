import { checkHttpUri } from '../../apigateway/integration/uri.ts'
import { invalidMapping } from '../../apigateway/mapping-expression.ts'
import { checkPassRole } from '../../apigateway/pass-role.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import { requestMappingProblem, responseMappingProblem } from '../../parameter-mapping/check.ts'
import { isLambdaInvocation, parseAwsTarget } from '../../snapshot/aws-target.ts'
import type { Reader } from '../../storage/store.ts'
import { parseArn } from '../../wire/arn.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import type { ApiRecord } from '../api/api.ts'
import { requireVpcLinkV2 } from '../vpc-link/vpc-link.ts'
import type { IntegrationRecord } from './integration.ts'
import { checkSubtype } from './subtype.ts'

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY']
const maxTimeoutMs = { HTTP: 30_000, WEBSOCKET: 29_000 }
/** The listener of a load balancer, or a Cloud Map service and behind `?` the attributes of its instances. */
const privateTarget =
  /^arn:[\w-]+:(elasticloadbalancing:[\w-]+:\d{12}:listener\/(app|net)\/[\w/-]+|servicediscovery:[\w-]+:\d{12}:service\/srv-[\w-]+(\?[^=&]+=[^&]*(&+[^=&]+=[^&]*)*)?)$/
const webSocketMembers = [
  'RequestTemplates',
  'TemplateSelectionExpression',
  'PassthroughBehavior',
  'ContentHandlingStrategy',
  'IntegrationResponseSelectionExpression',
] as const

/**
 * Checks an integration against its API.
 * @throws {ServiceError} `BadRequestException` for the first setting that does not hold, `AccessDeniedException` for a role
 *   of another account, `NotFoundException` for a VPC link that is not there.
 */
export async function checkIntegration(
  reader: Reader,
  caller: Caller,
  { ProtocolType }: Pick<ApiRecord, 'ProtocolType'>,
  integration: IntegrationRecord,
): Promise<void> {
  const { IntegrationMethod: method, CredentialsArn, TimeoutInMillis } = integration
  if (method !== undefined && !verbs.includes(method)) throw badRequest('Invalid HTTP method identifier specified')
  if (CredentialsArn !== undefined) checkPassRole(CredentialsArn, caller)
  const maxMs = maxTimeoutMs[ProtocolType]
  if (TimeoutInMillis < 50 || TimeoutInMillis > maxMs) {
    throw badRequest(`Timeout should be between 50 ms and ${maxMs} ms`)
  }
  if (ProtocolType === 'WEBSOCKET') checkWebSocketIntegration(integration)
  else checkHttpIntegration(integration)
  await checkConnection(reader, caller, integration)
}

function checkHttpIntegration(integration: IntegrationRecord): void {
  const { IntegrationType: type, IntegrationSubtype: subtype } = integration
  if (type !== 'AWS_PROXY' && type !== 'HTTP_PROXY') {
    throw badRequest(
      'Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)',
    )
  }
  for (const member of webSocketMembers) {
    if (integration[member] !== undefined) throw badRequest(`${member} is not currently supported for HTTP APIs.`)
  }
  checkPayloadFormat(integration)
  checkResponseParameters(integration)
  if (subtype !== undefined) {
    if (type !== 'AWS_PROXY') throw badRequest(`IntegrationSubtype is not supported for integration of type ${type}`)
    checkSubtype(subtype, integration)
  } else {
    checkRequestParameters(integration)
    if (type === 'AWS_PROXY') checkFunction(integration)
    else checkHttpBackend(integration)
  }
}

function checkRequestParameters({ RequestParameters = {} }: IntegrationRecord): void {
  const problem = requestMappingProblem(RequestParameters)
  if (problem !== undefined) throw invalidMapping(problem)
}

function checkResponseParameters({ ResponseParameters = {} }: IntegrationRecord): void {
  const problem = responseMappingProblem(ResponseParameters)
  if (problem === undefined) return
  throw problem.startsWith('Status Code ') ? badRequest(problem) : invalidMapping(problem)
}

function checkPayloadFormat({ IntegrationType: type, PayloadFormatVersion: version }: IntegrationRecord): void {
  if (version === undefined) throw badRequest('PayloadFormatVersion is a required parameter for integration')
  if (version !== '1.0' && version !== '2.0') throw badRequest(`Unsupported PayloadFormatVersion: ${version}`)
  if (version === '2.0' && type !== 'AWS_PROXY') {
    throw badRequest(`PayloadFormatVersion 2.0 is not supported for integration of type ${type}`)
  }
}

function checkFunction({ IntegrationUri: uri = '' }: IntegrationRecord): void {
  const target = parseAwsTarget(uri)
  const isFunction = parseArn(uri)?.service === 'lambda' && parseArn(uri)?.resource.startsWith('function:')
  if (!isFunction && !(target && isLambdaInvocation(target))) {
    throw badRequest(
      'Integration URI for AWS_PROXY must be the ARN of a Lambda function, or an API Gateway ARN that represents its invocation',
    )
  }
}

function checkHttpBackend({ IntegrationMethod, IntegrationUri = '', ConnectionType }: IntegrationRecord): void {
  if (IntegrationMethod === undefined) {
    throw badRequest('HttpMethod parameter method must be specified for integrationType HTTPPROXY')
  }
  if (ConnectionType === 'INTERNET') {
    checkHttpUri(IntegrationUri)
    return
  }
  if (!IntegrationUri.includes('${') && !privateTarget.test(IntegrationUri)) {
    // Observed.
    throw badRequest(
      'For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.',
    )
  }
}

async function checkConnection(reader: Reader, caller: Caller, integration: IntegrationRecord): Promise<void> {
  const { IntegrationType: type, ConnectionType, ConnectionId, TlsConfig } = integration
  if (ConnectionType === 'INTERNET') {
    if (ConnectionId !== undefined) throw badRequest('ConnectionId needs the ConnectionType VPC_LINK')
    if (TlsConfig) throw badRequest('TlsConfig is supported for private integrations only')
    return
  }
  if (type !== 'HTTP_PROXY' && type !== 'HTTP') {
    throw badRequest(`ConnectionType VPC_LINK is not supported for integration of type ${type}`)
  }
  if (!ConnectionId) throw badRequest('ConnectionId must be set to vpcLinkId for ConnectionType VPC_LINK')
  if (!ConnectionId.includes('${')) await requireVpcLinkV2(reader, scopeOf(caller), ConnectionId)
}

/** WebSocket APIs are not served yet: what they are made of is looked at when they are. */
function checkWebSocketIntegration({ PayloadFormatVersion: version, IntegrationSubtype }: IntegrationRecord): void {
  if (version !== undefined && version !== '1.0') throw badRequest(`Unsupported PayloadFormatVersion: ${version}`)
  if (IntegrationSubtype !== undefined) {
    throw badRequest('IntegrationSubtype is not currently supported for WEBSOCKET APIs.')
  }
}
