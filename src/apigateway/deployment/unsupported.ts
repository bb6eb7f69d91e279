import { javaPattern } from '../../pattern/java-pattern.ts'
import { compilePolicy } from '../../policy/policy.ts'
import { PolicyError } from '../../policy/policy-error.ts'
import { isLambdaInvocation, isStreamingInvocation, parseAwsTarget } from '../../snapshot/aws-target.ts'
import type { GatewayResponseRecord } from '../gateway-response/gateway-response.ts'
import { type IntegrationRecord, isCustom, isHttp } from '../integration/integration.ts'
import type { IntegrationResponseRecord } from '../integration-response/integration-response.ts'
import { badRequest } from '../refusal.ts'
import type { RestApiRecord } from '../rest-api/rest-api.ts'
import { defaultMethodSetting } from '../stage/method-setting.ts'
import type { StageRecord } from '../stage/stage.ts'
import { authorizationProblem } from './authorization.ts'
import type { Definition, DeployableMethod } from './definition.ts'

/**
 * Every setting that is stored but not enforced yet. Nothing is ever served open that was configured closed: a
 * deployment or a stage that depends on one of these is refused. When a feature arrives, its line goes.
 *
 * A rule gives the words that follow the place, when the setting is used.
 */
type Rule<T> = (subject: T) => string | false | undefined

const apiRules: readonly Rule<RestApiRecord>[] = [
  ({ policy }) => policy !== undefined && policyProblem(policy),
  ({ securityPolicy = 'TLS_1_0' }) =>
    securityPolicy !== 'TLS_1_0' && `has securityPolicy ${securityPolicy}, which this version does not enforce`,
  ({ endpointAccessMode = 'BASIC' }) =>
    endpointAccessMode !== 'BASIC' &&
    `has endpointAccessMode ${endpointAccessMode}, which this version does not enforce`,
]

const integrationRules: readonly Rule<IntegrationRecord>[] = [
  (integration) => leadsElsewhere(integration) && `does not invoke a Lambda function by ${invocationOf(integration)}`,
  (integration) =>
    integration.connectionType === 'VPC_LINK' &&
    !isHttp(integration) &&
    'has connectionType VPC_LINK, which holds for HTTP and HTTP_PROXY only',
  ({ connectionType, integrationTarget }) =>
    connectionType !== 'VPC_LINK' && integrationTarget && 'has an integrationTarget, but no connectionType VPC_LINK',
  ({ type, credentials }) =>
    credentials && !type.startsWith('AWS') && 'has credentials, which hold for AWS and AWS_PROXY only',
  ({ type, contentHandling: mode }) =>
    type === 'AWS_PROXY' &&
    mode === 'CONVERT_TO_BINARY' &&
    `has contentHandling ${mode}, which this version does not apply to AWS_PROXY`,
  (integration) =>
    integration.tlsConfig?.insecureSkipVerification &&
    !isHttp(integration) &&
    'has tlsConfig.insecureSkipVerification, which holds for HTTP and HTTP_PROXY only',
  ({ type, responseTransferMode: mode }) =>
    mode === 'STREAM' && !type.endsWith('_PROXY') && `has responseTransferMode STREAM, which ${type} does not run`,
]

const integrationResponseRules: readonly Rule<IntegrationResponseRecord>[] = [
  ({ selectionPattern = '' }) =>
    !javaPattern(selectionPattern) &&
    `has selectionPattern ${selectionPattern}, which this version cannot match in linear time`,
]

const gatewayResponseRules: readonly Rule<GatewayResponseRecord>[] = [
  ({ statusCode = '' }) => statusCode.startsWith('1') && `has statusCode ${statusCode}, with which no answer can end`,
]

const stageRules: readonly Rule<StageRecord>[] = [
  (stage) => stage.accessLogSettings && 'accessLogSettings',
  (stage) => stage.tracingEnabled && 'tracingEnabled',
  ({ methodSettings }) => methodSettingInUse(methodSettings),
]

/** @throws {ServiceError} `BadRequestException` naming every setting of the API that is not enforced yet, and its place. */
export function refuseUnsupported({ api, resources, gatewayResponses, validation, authorizers }: Definition): void {
  const problems = [
    ...problemsOf('the API', api, apiRules),
    ...resources.flatMap(({ resource, methods }) =>
      methods.flatMap((method) => {
        const place = `method ${method.httpMethod} ${resource.path}`
        return [...problemsOf(place, method, [authorizationProblem(authorizers)]), ...methodProblems(place, method)]
      }),
    ),
    ...validation.problems,
    ...gatewayResponses.flatMap((response) =>
      problemsOf(`gateway response ${response.responseType}`, response, gatewayResponseRules),
    ),
  ]
  if (problems.length > 0) throw badRequest(`Cannot deploy: ${problems.join('; ')}`)
}

/** @throws {ServiceError} `BadRequestException` naming every setting of the stage that is not enforced yet. */
export function refuseUnsupportedStage(stage: StageRecord): void {
  const settings = problemsOf('', stage, stageRules)
  if (settings.length > 0) {
    throw badRequest(
      `Cannot set on stage ${stage.stageName}, as this version does not enforce it: ${settings.join('; ')}`,
    )
  }
}

function methodProblems(place: string, method: DeployableMethod): string[] {
  const { methodIntegration: integration } = method
  // The integration responses of a proxy have no effect on the service.
  const responses = isCustom(integration) ? Object.values(integration.integrationResponses ?? {}) : []
  return [
    ...problemsOf(`the integration of ${place}`, integration, integrationRules),
    ...responses.flatMap((response) =>
      problemsOf(`integration response ${response.statusCode} of ${place}`, response, integrationResponseRules),
    ),
  ]
}

function problemsOf<T>(place: string, subject: T, rules: readonly Rule<T>[]): string[] {
  return rules.flatMap((rule) => {
    const words = rule(subject)
    return words ? [`${place} ${words}`.trim()] : []
  })
}

/** A policy that was stored by a version that looked at less. */
function policyProblem(policy: string): string | false {
  try {
    compilePolicy(policy, 'resource')
    return false
  } catch (error) {
    if (error instanceof PolicyError) return `has a resource policy that is none: ${error.message} (${error.place})`
    throw error
  }
}

function leadsElsewhere({ type, uri = '', responseTransferMode }: IntegrationRecord): boolean {
  const target = parseAwsTarget(uri)
  const invokes = responseTransferMode === 'STREAM' ? isStreamingInvocation : isLambdaInvocation
  return type === 'AWS_PROXY' && !(target && invokes(target))
}

function invocationOf({ responseTransferMode }: IntegrationRecord): string {
  return responseTransferMode === 'STREAM'
    ? '2021-11-15/functions/…/response-streaming-invocations'
    : '2015-03-31/functions/…/invocations'
}

/** Throttling and caching. What is cached at rest is always encrypted: `cacheDataEncrypted` asks nothing more. */
function isEnforced(methodSetting: string): boolean {
  return /^(throttling|cach|requireAuthorizationForCacheControl|unauthorizedCacheControl)/.test(methodSetting)
}

function methodSettingInUse(methodSettings: StageRecord['methodSettings']) {
  const inert = new Map<string, unknown>(Object.entries({ ...defaultMethodSetting, loggingLevel: 'OFF' }))
  const changed = Object.entries(methodSettings).flatMap(([key, setting]) =>
    Object.entries(setting)
      .filter(([member, value]) => !isEnforced(member) && inert.get(member) !== value)
      .map(([member]) => `methodSettings ${key} ${member}`),
  )
  return changed.join('; ')
}
