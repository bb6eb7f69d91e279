import type { LambdaAuthorizer, UserPoolAuthorizer } from '../../snapshot/authorizer.ts'
import type { AuthorizerTest, AuthorizerTestResult } from '../../snapshot/test-invocation.ts'
import { authorizeByUserPool } from '../authorizer/cognito/authorize-by-user-pool.ts'
import { lambdaAuthorizer } from '../authorizer/lambda/lambda-authorizer.ts'
import { GatewayError } from '../error.ts'
import type { Outside } from '../integration/integrate.ts'
import type { Invocation } from '../invocation.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import type { ExecutionLog } from './execution-log.ts'
import { logText } from './log-text.ts'
import { invocationOf } from './made-up-call.ts'

/** Documented: the status of a success. */
const succeeded = 0
/** Observed: what stands for the resource that is called. */
const nowhere = { resourceId: 'test-invoke-resource-id', resourcePath: '/', pathVariables: [] }

/** What the authorizers of a test reach outside of the data plane. */
type AuthorizerOutside = Pick<
  Outside,
  'functions' | 'credentials' | 'userPools' | 'ids' | 'now' | 'maxIntegrationTimeoutMs'
>

type Found = Omit<AuthorizerTestResult, 'clientStatus' | 'latencyMs' | 'log'>

interface Run {
  readonly invocation: Invocation
  readonly place: CallPlace
  readonly log: ExecutionLog
}

/** Runs `TestInvokeAuthorizer`: an authorizer as it stands, told line by line. Whether its policy allows a call is not asked. */
export function authorizerTester(outside: AuthorizerOutside): (test: AuthorizerTest) => Promise<AuthorizerTestResult> {
  const { ids, now } = outside
  return async (test) => {
    const { authorizer, stage, headers, pathWithQueryString: target = '/' } = test
    const receivedAt = now()
    const requestId = ids.request()
    const call = { httpMethod: 'GET', target, headers, body: '', requestId, receivedAt }
    const log = logText(requestId, now)
    const run = { invocation: invocationOf(call, ids, () => []), place: { ...nowhere, stage }, log }
    log.write(`Starting authorizer: ${authorizer.authorizerId} for request: ${requestId}`)
    const ended = (clientStatus: number) => ({ clientStatus, latencyMs: now() - receivedAt, log: log.text })
    try {
      const found =
        authorizer.type === 'COGNITO_USER_POOLS'
          ? await byUserPool(authorizer, run, outside)
          : await byFunction(authorizer, test, run, outside)
      return { ...ended(succeeded), ...found }
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      tellFailure(error, requestId, log)
      return ended(error.status)
    }
  }
}

async function byFunction(
  authorizer: LambdaAuthorizer,
  { additionalContext }: AuthorizerTest,
  { invocation, place, log }: Run,
  { functions, credentials, now, maxIntegrationTimeoutMs: timeoutMs }: AuthorizerOutside,
): Promise<Found> {
  const outside = { functions, credentials, now, timeoutMs, log, context: additionalContext }
  const compiled = lambdaAuthorizer(authorizer, place, outside)
  const found = await compiled.authorize(invocation, compiled.identify(invocation), 'test')
  return { principalId: found.principalId, policy: found.policyDocument }
}

/** What the authorizer lets through carries the token's claims. */
async function byUserPool(
  authorizer: UserPoolAuthorizer,
  { invocation, place }: Run,
  outside: AuthorizerOutside,
): Promise<Found> {
  let claims: Record<string, string> = {}
  const integration = {
    type: 'MOCK',
    timeoutInMillis: 0,
    requestParameters: {},
    requestTemplates: {},
    responses: [],
  } as const
  const deployed = { ...place, httpMethod: 'GET', method: { authorizer, integration } }
  const handler = authorizeByUserPool(outside.userPools)(deployed, ({ authorization }) => {
    const found = authorization?.members.get('claims')
    if (found instanceof Map) claims = Object.fromEntries(found)
    return { status: 200, headers: [], body: '' }
  })
  await handler(invocation)
  return { claims }
}

/** Observed words; the last line is what the caller would get. */
function tellFailure(
  { type, message, errorType, detail = message }: GatewayError,
  requestId: string,
  log: ExecutionLog,
) {
  const isUnauthorized = type === 'UNAUTHORIZED'
  log.write(isUnauthorized ? `Unauthorized request: ${requestId}` : detail)
  log.write(isUnauthorized ? message : errorType)
}
