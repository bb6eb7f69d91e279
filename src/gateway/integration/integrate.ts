import type { FunctionInvoker } from '../../lambda/invoker.ts'
import type { Limits } from '../../limiter/limits.ts'
import type { Rate } from '../../limiter/token-bucket.ts'
import type { Log } from '../../log.ts'
import { isLambdaInvocation, parseAwsTarget } from '../../snapshot/aws-target.ts'
import type { ApiKeys } from '../api-key/api-keys.ts'
import type { UserPools } from '../authorizer/cognito/user-pools.ts'
import type { CallSignatures } from '../authorizer/iam/call-signatures.ts'
import type { CacheOutside } from '../cache/cache-responses.ts'
import type { BackendCredentials } from '../credentials/backend-credentials.ts'
import type { JwtIssuers } from '../http-api/authorizer/jwt/jwt-issuers.ts'
import type { Ids } from '../ids.ts'
import type { Network } from '../network/network.ts'
import type { Handler } from '../pipeline.ts'
import { backendWay } from '../rest/backend-way.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { type AwsServices, awsService } from './aws-service/aws-service.ts'
import type { Backend } from './backend.ts'
import { custom } from './custom/custom.ts'
import { httpBackend } from './http/http.ts'
import { httpProxy } from './http-proxy/http-proxy.ts'
import { lambdaBackend } from './lambda/lambda.ts'
import type { QueueEvent } from './lambda/queue-event.ts'
import { lambdaProxy } from './lambda-proxy/lambda-proxy.ts'
import { mock } from './mock/mock.ts'
import { timeoutOf } from './transfer-mode.ts'

/** All that the data plane reaches outside of itself. */
export interface Outside extends CacheOutside {
  readonly functions: FunctionInvoker
  readonly queueEvent: QueueEvent
  readonly credentials: BackendCredentials
  readonly services: AwsServices
  readonly network: Network
  readonly userPools: UserPools
  readonly jwtIssuers: JwtIssuers
  readonly signatures: CallSignatures
  readonly apiKeys: ApiKeys
  readonly limits: Limits
  /** Of each account in each region. Absent: none. */
  readonly accountRate?: Rate | undefined
  /** Whether callers are told of their limits. */
  readonly announceLimits: boolean
  readonly ids: Ids
  readonly log: Log
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** The handler that calls a method's backend. */
export function integrate(deployed: DeployedMethod, outside: Outside): Handler {
  const { integration } = deployed.method
  const { network } = outside
  const timeoutMs = timeoutOf(integration, outside.maxIntegrationTimeoutMs)
  const timed = { ...outside, timeoutMs }
  switch (integration.type) {
    case 'AWS':
      return custom(deployed, awsBackend(deployed, timed), outside.ids)
    case 'AWS_PROXY':
      return lambdaProxy(deployed, timed)
    case 'HTTP':
      return custom(
        deployed,
        httpBackend(deployed, { ...timed, send: network.sendOf(backendWay(deployed)) }),
        outside.ids,
      )
    case 'HTTP_PROXY':
      return httpProxy(deployed, { ...timed, send: network.sendOf(backendWay(deployed)) })
    case 'MOCK':
      return mock(deployed, outside.ids)
  }
}

function awsBackend(deployed: DeployedMethod, outside: Outside & { readonly timeoutMs: number }): Backend {
  const target = parseAwsTarget(deployed.method.integration.uri ?? '')
  if (target && isLambdaInvocation(target)) return lambdaBackend(deployed, outside)
  return awsService(deployed, { ...outside, send: outside.network.send })
}
