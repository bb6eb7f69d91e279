import type { FunctionInvoker, FunctionResult } from '../../../lambda/invoker.ts'
import type { Policy } from '../../../policy/policy.ts'
import type { LambdaAuthorizer } from '../../../snapshot/authorizer.ts'
import { ServiceError } from '../../../wire/service-error.ts'
import { type Authority, authorityOf } from '../../credentials/authority.ts'
import type { BackendCredentials } from '../../credentials/backend-credentials.ts'
import { GatewayError } from '../../error.ts'
import { awaited } from '../../integration/lambda-proxy/awaited.ts'
import { functionArn } from '../../integration/lambda-proxy/function-arn.ts'
import type { Invocation } from '../../invocation.ts'
import { withStageVariables } from '../../mapping/stage-variables.ts'
import type { CallPlace } from '../../rest/deployed-method.ts'
import type { ExecutionLog } from '../../test-invocation/execution-log.ts'
import type { Authorization } from '../authorization.ts'
import { type Circumstances, requestEvent, tokenEvent } from './event.ts'
import { configurationFailure } from './failure.ts'
import { compileIdentity, type Identity } from './identity.ts'
import { masked } from './masked.ts'
import { methodArn } from './method-arn.ts'
import { type AuthorizerResult, parseResult } from './result.ts'

/** What a Lambda authorizer came to about one caller. Whether its policy allows the call is not decided yet. */
export interface LambdaAuthorization {
  readonly principalId: string
  readonly policy: Policy
  /** JSON. */
  readonly policyDocument: string
  /** The API key of the caller, where those come from authorizers. */
  readonly usageIdentifierKey?: string
  /** What the method and its backend are told. */
  readonly authorization: Authorization
}

/** An authorizer at one place of a stage. */
export interface CompiledAuthorizer {
  /** Reads who calls. @throws {GatewayError} `UNAUTHORIZED` for a call that does not say. */
  identify(invocation: Invocation): Identity
  /**
   * Asks the function about the caller.
   *
   * @throws {GatewayError} `UNAUTHORIZED` and `AUTHORIZER_CONFIGURATION_ERROR`.
   */
  authorize(invocation: Invocation, identity: Identity, circumstances: Circumstances): Promise<LambdaAuthorization>
}

export interface LambdaAuthorizerOutside {
  readonly functions: FunctionInvoker
  readonly credentials: BackendCredentials
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly timeoutMs: number
  /** Values of `context.{name}` that a test makes up. */
  readonly context?: Readonly<Record<string, string>>
  /** Told line by line, where it is wanted. */
  readonly log?: ExecutionLog
}

/** Documented: the stage of `methodArn` in a test. */
const testStage = 'ESTestInvoke-stage'

/** Compiles a Lambda authorizer of types `TOKEN` and `REQUEST`. */
export function lambdaAuthorizer(
  authorizer: LambdaAuthorizer,
  place: CallPlace,
  { functions, credentials: access, now, timeoutMs, context, log }: LambdaAuthorizerOutside,
): CompiledAuthorizer {
  const { stage } = place
  const { region, account, api } = stage
  const uri = withStageVariables(authorizer.uri, stage.variables)
  const target = functionArn(uri)
  const credentials = authorizer.credentials && withStageVariables(authorizer.credentials, stage.variables)
  const authority = authorityOf({ functionArn: target ?? '', credentials, access })
  const sourceArn = `arn:aws:execute-api:${region}:${account}:${api.restApiId}/authorizers/${authorizer.authorizerId}`

  function eventOf(invocation: Invocation, identity: Identity, circumstances: Circumstances): string {
    const stageName = circumstances === 'test' ? testStage : stage.stageName
    const arn = methodArn({ region, account, apiId: api.restApiId, stageName }, invocation.request)
    if (authorizer.type === 'TOKEN') return tokenEvent(arn, identity.values[0] ?? '')
    return requestEvent(arn, invocation, place, circumstances)
  }

  function grounds(): Authority {
    try {
      return authority({ arn: sourceArn, account }, undefined)
    } catch (error) {
      throw error instanceof GatewayError ? failureOf(error) : error
    }
  }

  async function invoke(invocation: Invocation, payload: string): Promise<FunctionResult> {
    if (target === undefined) throw configurationFailure(`Invalid function ARN or invalid function URI: ${uri}`)
    const endpoint = `https://lambda.${region}.amazonaws.com/2015-03-31/functions/${target}/invocations`
    log?.write(`Endpoint request URI: ${endpoint}`)
    log?.write(`Endpoint request headers: ${requestHeaders(invocation.requestId, api.restApiId, sourceArn)}`)
    log?.write(`Endpoint request body after transformations: ${payload}`)
    log?.write(`Sending request to ${endpoint}`)
    const running = functions.invoke({
      functionArn: target,
      payload,
      invocationType: 'RequestResponse',
      ...grounds(),
    })
    try {
      return await awaited(running.catch(refuse), invocation.client, timeoutMs, (result) => result)
    } catch (error) {
      throw timedOut(error) ? configurationFailure('Authorizer error', error) : error
    }
  }

  return {
    identify: compileIdentity(authorizer, place, context),
    async authorize(invocation, identity, circumstances) {
      log?.write(`Incoming identity: ${identity.shown()}`)
      const beganMs = now()
      const answer = await invoke(invocation, eventOf(invocation, identity, circumstances))
      const latencyMs = now() - beganMs
      const result = parseTold(answer, log)
      log?.write(`Using valid authorizer policy for principal: ${masked(result.principalId)}`)
      log?.write('Successfully completed authorizer execution')
      const { context: _, ...rest } = result
      return { ...rest, authorization: authorizationOf(result, latencyMs) }
    },
  }
}

/** Observed: a refusal by the function is not shown. */
function parseTold(answer: FunctionResult, log: ExecutionLog | undefined): AuthorizerResult {
  const shown = `Authorizer result body before parsing: ${answer.payload}`
  try {
    const result = parseResult(answer)
    log?.write(shown)
    return result
  } catch (error) {
    if (!(error instanceof GatewayError && error.type === 'UNAUTHORIZED')) log?.write(shown)
    throw error
  }
}

/** Observed, but for the signature. */
function requestHeaders(requestId: string, restApiId: string, sourceArn: string): string {
  const headers = [
    `x-amzn-lambda-integration-tag=${requestId}`,
    `x-amzn-apigateway-api-id=${restApiId}`,
    `X-Amz-Source-Arn=${sourceArn}`,
    'Accept=application/json',
    `User-Agent=AmazonAPIGateway_${restApiId}`,
  ]
  return `{${headers.join(', ')}}`
}

/** What Lambda refuses is the authorizer's fault, and never the caller's. */
function refuse(error: unknown): never {
  if (!(error instanceof ServiceError)) throw error
  const { code, message } = error
  throw configurationFailure(
    code === 'AccessDeniedException' ? 'Invalid permissions on Lambda function' : message,
    error,
  )
}

/** Whatever is wrong with the role, the caller is told as of any authorizer that cannot be asked. */
function failureOf(error: GatewayError): GatewayError {
  return new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', '', { detail: error.detail ?? '', cause: error })
}

function timedOut(error: unknown): boolean {
  return error instanceof GatewayError && error.type === 'INTEGRATION_TIMEOUT'
}

/** Documented: `$context.authorizer` has the context and the principal, and so has a proxy event. */
function authorizationOf(
  { principalId, context, usageIdentifierKey }: AuthorizerResult,
  integrationLatencyMs: number,
): Authorization {
  const members = new Map([
    ...context,
    ['principalId', principalId],
    ['integrationLatency', String(integrationLatencyMs)],
  ])
  const told = { ...Object.fromEntries(context), principalId, integrationLatency: integrationLatencyMs }
  return { members, ...(usageIdentifierKey !== undefined && { usageIdentifierKey }), eventText: JSON.stringify(told) }
}
