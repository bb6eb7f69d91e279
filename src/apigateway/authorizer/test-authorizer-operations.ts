import type * as Sdk from '@aws-sdk/client-api-gateway'
import type { AuthorizerTest } from '../../snapshot/test-invocation.ts'
import type { Reader } from '../../storage/store.ts'
import { type Caller, type Input, scopeOf } from '../../wire/operation.ts'
import type { Dependencies } from '../dependencies.ts'
import { freezeFunction, freezeUserPools } from '../deployment/authorization.ts'
import { testStage } from '../deployment/test-stage.ts'
import { headerLines } from '../method/header-lines.ts'
import type { RestOperations } from '../operations.ts'
import { requireRestApi } from '../rest-api/rest-api.ts'
import { type AuthorizerRecord, requireAuthorizer } from './authorizer.ts'

type Request = Input<typeof Sdk, 'TestInvokeAuthorizer'>

/** Runs of authorizers that need no deployment. */
export function testAuthorizerOperations({ store, testAuthorizer }: Dependencies) {
  return {
    async TestInvokeAuthorizer(request, caller) {
      const test = await store.read((reader) => authorizerTest(reader, caller, request))
      const { latencyMs, claims, ...result } = await testAuthorizer(test)
      return { ...result, latency: latencyMs, ...(claims && { claims: { ...claims } }) }
    },
  } satisfies Partial<RestOperations>
}

async function authorizerTest(reader: Reader, caller: Caller, request: Request): Promise<AuthorizerTest> {
  const { restApiId, authorizerId, pathWithQueryString, stageVariables = {}, additionalContext = {} } = request
  const api = await requireRestApi(reader, caller, restApiId)
  const authorizer = await requireAuthorizer(reader, scopeOf(caller), restApiId, authorizerId)
  return {
    stage: testStage(caller, stageVariables, {
      restApiId,
      name: api.name,
      binaryMediaTypes: [],
      disableExecuteApiEndpoint: false,
      resources: [],
    }),
    authorizer: frozen(authorizer),
    ...(pathWithQueryString && { pathWithQueryString }),
    headers: headerLines(request),
    additionalContext,
  }
}

function frozen(authorizer: AuthorizerRecord): AuthorizerTest['authorizer'] {
  const { type } = authorizer
  return type === 'COGNITO_USER_POOLS' ? freezeUserPools(authorizer, []) : freezeFunction(type, authorizer)
}
