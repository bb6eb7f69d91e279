import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { ServiceError } from '../wire/service-error.ts'
import { openFixture, type Patch } from './fixture.ts'

/** The documented paths of every update: what each takes, and that it takes nothing else. */

const { operations, caller, createApi, close } = await openFixture()
after(close)

type Op = 'add' | 'remove' | 'replace' | 'copy'
/** Operations that are run in this order, a path, a value or the source of a copy, and what has to come first. */
type Row = readonly [ops: string, path: string, value?: string, first?: readonly Patch[]]
type Update = (patchOperations: Patch[]) => Promise<unknown>

const all = ['add', 'remove', 'replace', 'copy', 'move', 'test']
const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/c-1'
const lambda =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations'
const loadBalancer = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/a/0123456789abcdef'

/** An API with `GET /pets`, which has a response, a parameter, and a backend with a response, on the stage `dev`. */
async function api() {
  const created = await createApi()
  const { restApiId } = created
  const resourceId = await created.createResource('pets')
  const method = { restApiId, resourceId, httpMethod: 'GET' }
  const requestParameters = { 'method.request.querystring.q': false }
  const response = { ...method, statusCode: '200' }
  await operations.PutMethod({ ...method, authorizationType: 'NONE', requestParameters }, caller)
  await operations.PutMethodResponse({ ...response, responseParameters: { 'method.response.header.a': false } }, caller)
  await created.integrate(method)
  await operations.PutIntegrationResponse(response, caller)
  const deploymentId = await created.deploy('dev')
  const part = { restApiId, location: { type: 'API' as const }, properties: '{}' }
  const documentationPartId = (await operations.CreateDocumentationPart(part, caller)).id ?? ''
  await operations.CreateDocumentationVersion({ restApiId, documentationVersion: '1' }, caller)
  const authorizer = { restApiId, name: 'a', type: 'TOKEN' as const, authorizerUri: lambda }
  const identitySource = 'method.request.header.A'
  const authorizerId = (await operations.CreateAuthorizer({ ...authorizer, identitySource }, caller)).id ?? ''
  const requestValidatorId = (await operations.CreateRequestValidator({ restApiId, name: 'v' }, caller)).id ?? ''
  return { restApiId, method, response, deploymentId, documentationPartId, authorizerId, requestValidatorId }
}

const ids = await api()
const { restApiId, method, response, deploymentId } = ids
const domain = { domainName: 'api.example.com', endpointConfiguration: { types: ['REGIONAL' as const] } }
await operations.CreateDomainName({ ...domain, regionalCertificateArn: certificateArn }, caller)
await operations.CreateBasePathMapping({ domainName: domain.domainName, basePath: 'a', restApiId }, caller)
const inner = { domainName: 'inner.example.com', endpointConfiguration: { types: ['PRIVATE' as const] } }
const { domainNameId = '' } = await operations.CreateDomainName({ ...inner, certificateArn, policy: '{}' }, caller)
const { id: apiKey = '' } = await operations.CreateApiKey({}, caller)
const { id: otherKey = '' } = await operations.CreateApiKey({}, caller)
const { id: usagePlanId = '' } = await operations.CreateUsagePlan({ name: 'p' }, caller)
const quota = { limit: 5, period: 'DAY' as const }
const { id: otherPlanId = '' } = await operations.CreateUsagePlan({ name: 'o', quota }, caller)
const usage = { usagePlanId: otherPlanId, keyId: otherKey }
await operations.CreateUsagePlanKey({ ...usage, keyType: 'API_KEY' }, caller)
const { id: vpcLinkId = '' } = await operations.CreateVpcLink({ name: 'l', targetArns: [loadBalancer] }, caller)
const { clientCertificateId = '' } = await operations.GenerateClientCertificate({}, caller)
const { id: child = '' } = await operations.CreateResource(
  { restApiId, parentId: method.resourceId, pathPart: 'x' },
  caller,
)
const { items: [root] = [] } = await operations.GetResources({ restApiId }, caller)
const set = (path: string, value: string): Patch => ({ op: 'replace', path, value })
const canary = set('/canarySettings/percentTraffic', '1')
const userPool = (id: string) => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_${id}`
const pooled = {
  restApiId,
  name: 'p',
  type: 'COGNITO_USER_POOLS' as const,
  identitySource: 'method.request.header.A',
  providerARNs: [userPool('P')],
}
const { id: poolAuthorizerId = '' } = await operations.CreateAuthorizer(pooled, caller)
const userPools = [
  set('/type', 'COGNITO_USER_POOLS'),
  set('/authorizerUri', ''),
  set('/authorizerCredentials', ''),
  { op: 'add' as const, path: '/providerARNs', value: userPool('B') },
]
const scoped = [set('/authorizationType', 'COGNITO_USER_POOLS'), set('/authorizerId', poolAuthorizerId)]
const stageSettings: readonly (readonly [string, string])[] = [
  ['metrics/enabled', 'true'],
  ['logging/dataTrace', 'true'],
  ['logging/loglevel', 'INFO'],
  ['throttling/burstLimit', '5'],
  ['throttling/rateLimit', '5.5'],
  ['caching/enabled', 'false'],
  ['caching/ttlInSeconds', '60'],
  ['caching/dataEncrypted', 'true'],
  ['caching/requireAuthorizationForCacheControl', 'false'],
  ['caching/unauthorizedCacheControlHeaderStrategy', 'FAIL_WITH_403'],
]

const tables: Readonly<Record<string, readonly [Update, readonly Row[]]>> = {
  Account: [
    (patchOperations) => operations.UpdateAccount({ patchOperations }, caller),
    [
      ['replace', '/cloudwatchRoleArn', 'arn:aws:iam::123456789012:role/logs'],
      ['add', '/features', 'UsagePlans'],
    ],
  ],
  ApiKey: [
    (patchOperations) => operations.UpdateApiKey({ apiKey, patchOperations }, caller),
    [
      ['replace', '/name', 'n'],
      ['replace', '/description', 'd'],
      ['replace', '/enabled', 'true'],
      ['replace', '/customerId', 'c'],
      ['add remove', '/stages', `${restApiId}/dev`],
    ],
  ],
  Authorizer: [
    (patchOperations) => operations.UpdateAuthorizer({ ...ids, patchOperations }, caller),
    [
      ['replace', '/name', 'n'],
      ['replace', '/type', 'REQUEST'],
      ['replace', '/authorizerUri', lambda],
      ['replace', '/authorizerCredentials', 'arn:aws:iam::123456789012:role/r'],
      ['replace', '/identitySource', 'method.request.header.B'],
      ['replace', '/identityValidationExpression', '.*'],
      ['replace', '/authorizerResultTtlInSeconds', '60'],
      ['replace', '/authType', 'custom'],
      ['add remove', '/providerARNs', userPool('A'), userPools],
    ],
  ],
  BasePathMapping: [
    (patchOperations) =>
      operations.UpdateBasePathMapping({ domainName: domain.domainName, basePath: 'a', patchOperations }, caller),
    [
      ['replace', '/restapiId', restApiId],
      ['replace', '/stage', 'dev'],
      ['replace', '/basePath', 'a'],
    ],
  ],
  ClientCertificate: [
    (patchOperations) => operations.UpdateClientCertificate({ clientCertificateId, patchOperations }, caller),
    [['replace', '/description', 'd']],
  ],
  Deployment: [
    (patchOperations) => operations.UpdateDeployment({ restApiId, deploymentId, patchOperations }, caller),
    [['replace', '/description', 'd']],
  ],
  DocumentationPart: [
    (patchOperations) => operations.UpdateDocumentationPart({ ...ids, patchOperations }, caller),
    [['replace', '/properties', '{"description":"d"}']],
  ],
  DocumentationVersion: [
    (patchOperations) =>
      operations.UpdateDocumentationVersion({ restApiId, documentationVersion: '1', patchOperations }, caller),
    [['replace', '/description', 'd']],
  ],
  DomainName: [
    (patchOperations) => operations.UpdateDomainName({ domainName: domain.domainName, patchOperations }, caller),
    [
      ['add replace', '/regionalCertificateArn', certificateArn],
      ['add replace', '/regionalCertificateName', 'n'],
      ['add replace', '/certificateArn', certificateArn],
      ['add replace', '/certificateName', 'n'],
      ['replace', '/securityPolicy', 'TLS_1_2'],
      ['add remove', '/endpointConfiguration/types/EDGE', 'EDGE'],
      ['replace', '/endpointConfiguration/types/REGIONAL', 'REGIONAL'],
      ['replace', '/endpointConfiguration/types/0', 'REGIONAL'],
      ['replace', '/endpointConfiguration/ipAddressType', 'dualstack'],
      ['replace', '/mutualTlsAuthentication/truststoreUri', 's3://bucket/trust.pem'],
      ['replace', '/mutualTlsAuthentication/truststoreVersion', '1'],
      ['add replace', '/ownershipVerificationCertificateArn', certificateArn],
      ['replace', '/routingMode', 'ROUTING_RULE_ONLY'],
      ['replace', '/endpointAccessMode', 'BASIC'],
    ],
  ],
  'DomainName, private': [
    (patchOperations) =>
      operations.UpdateDomainName({ domainName: inner.domainName, domainNameId, patchOperations }, caller),
    [
      ['replace', '/policy', '{"Version":"2012-10-17"}'],
      ['replace', '/managementPolicy', '{"Version":"2012-10-17"}'],
    ],
  ],
  GatewayResponse: [
    (patchOperations) =>
      operations.UpdateGatewayResponse({ restApiId, responseType: 'THROTTLED', patchOperations }, caller),
    [
      ['replace', '/statusCode', '420'],
      ['add replace remove', '/responseParameters/gatewayresponse.header.x', "'a'"],
      ['add replace remove', '/responseTemplates/application~1json', '{}'],
    ],
  ],
  Integration: [
    (patchOperations) => operations.UpdateIntegration({ ...method, patchOperations }, caller),
    [
      ['replace', '/uri', 'https://example.com/a'],
      ['replace', '/httpMethod', 'POST'],
      ['replace', '/credentials', 'arn:aws:iam::*:user/*'],
      ['replace', '/passthroughBehavior', 'NEVER'],
      ['replace', '/contentHandling', 'CONVERT_TO_TEXT'],
      ['replace', '/cacheNamespace', 'n'],
      ['replace', '/timeoutInMillis', '50'],
      ['replace', '/connectionId', vpcLinkId],
      ['replace', '/connectionType', 'VPC_LINK'],
      ['replace', '/tlsConfig/insecureSkipVerification', 'true'],
      ['replace', '/responseTransferMode', 'STREAM'],
      ['replace', '/integrationTarget', loadBalancer],
      ['add replace remove', '/requestParameters/integration.request.header.a', 'method.request.querystring.q'],
      ['add replace remove', '/requestTemplates/application~1json', '{}'],
      ['add remove', '/cacheKeyParameters/method.request.querystring.q'],
    ],
  ],
  IntegrationResponse: [
    (patchOperations) => operations.UpdateIntegrationResponse({ ...response, patchOperations }, caller),
    [
      ['replace', '/selectionPattern', '2..'],
      ['replace', '/contentHandling', 'CONVERT_TO_TEXT'],
      ['add replace remove', '/responseParameters/method.response.header.a', "'b'"],
      ['add replace remove', '/responseTemplates/application~1json', '{}'],
    ],
  ],
  Method: [
    (patchOperations) => operations.UpdateMethod({ ...method, patchOperations }, caller),
    [
      ['replace', '/authorizationType', 'AWS_IAM'],
      ['replace', '/authorizerId', ids.authorizerId],
      ['replace', '/apiKeyRequired', 'true'],
      ['replace', '/operationName', 'o'],
      ['replace', '/requestValidatorId', ids.requestValidatorId],
      ['add remove', '/authorizationScopes', 's', scoped],
      ['add replace remove', '/requestParameters/method.request.header.a', 'true'],
      ['add replace remove', '/requestModels/application~1json', 'Empty'],
    ],
  ],
  MethodResponse: [
    (patchOperations) => operations.UpdateMethodResponse({ ...response, patchOperations }, caller),
    [
      ['add replace remove', '/responseParameters/method.response.header.b', 'true'],
      ['add replace remove', '/responseModels/application~1json', 'Empty'],
    ],
  ],
  Model: [
    (patchOperations) => operations.UpdateModel({ restApiId, modelName: 'Error', patchOperations }, caller),
    [
      ['replace', '/description', 'd'],
      ['replace', '/schema', '{"type":"object"}'],
    ],
  ],
  RequestValidator: [
    (patchOperations) => operations.UpdateRequestValidator({ ...ids, patchOperations }, caller),
    [
      ['replace', '/name', 'n'],
      ['replace', '/validateRequestBody', 'true'],
      ['replace', '/validateRequestParameters', 'true'],
    ],
  ],
  Resource: [
    (patchOperations) => operations.UpdateResource({ restApiId, resourceId: child, patchOperations }, caller),
    [
      ['replace', '/pathPart', 'y'],
      ['replace', '/parentId', root?.id ?? ''],
    ],
  ],
  RestApi: [
    (patchOperations) => operations.UpdateRestApi({ restApiId, patchOperations }, caller),
    [
      ['replace', '/name', 'n'],
      ['replace remove', '/description', 'd'],
      ['replace', '/apiKeySource', 'AUTHORIZER'],
      ['replace remove', '/policy', '{"Version":"2012-10-17","Statement":[]}'],
      ['replace', '/disableExecuteApiEndpoint', 'true'],
      ['replace', '/minimumCompressionSize', '10'],
      ['replace', '/securityPolicy', 'TLS_1_2'],
      ['replace', '/endpointAccessMode', 'BASIC'],
      ['add replace remove', '/binaryMediaTypes/image~1png', 'image/png'],
      ['replace', '/endpointConfiguration/types/EDGE', 'REGIONAL'],
      ['replace', '/endpointConfiguration/types/0', 'PRIVATE'],
      ['replace', '/endpointConfiguration/ipAddressType', 'dualstack'],
      ['add replace remove', '/endpointConfiguration/vpcEndpointIds', 'vpce-1,vpce-2'],
    ],
  ],
  Stage: [
    (patchOperations) => operations.UpdateStage({ restApiId, stageName: 'dev', patchOperations }, caller),
    [
      ['replace', '/deploymentId', deploymentId],
      ['replace', '/description', 'd'],
      ['replace', '/cacheClusterEnabled', 'false'],
      ['replace', '/cacheClusterSize', '0.5'],
      ['replace', '/clientCertificateId', clientCertificateId],
      ['replace', '/tracingEnabled', 'false'],
      ['replace', '/documentationVersion', '1'],
      ['add replace', '/accessLogSettings/destinationArn', 'arn:aws:logs:us-east-1:123456789012:log-group:g'],
      ['add replace', '/accessLogSettings/format', '$context.requestId'],
      ['remove', '/accessLogSettings'],
      ['add replace remove', '/variables/v', 'x'],
      ...stageSettings.map(([setting, value]): Row => ['add replace', `/~1pets/GET/${setting}`, value]),
      ...stageSettings.map(([setting, value]): Row => ['add replace', `/*/*/${setting}`, value]),
      ['copy', '/deploymentId', '/canarySettings/deploymentId', [canary]],
      ['copy', '/variables', '/canarySettings/stageVariableOverrides', [canary]],
      ['replace', '/canarySettings/percentTraffic', '10.5'],
      ['replace', '/canarySettings/deploymentId', deploymentId],
      ['replace', '/canarySettings/useStageCache', 'true'],
      ['add replace remove', '/canarySettings/stageVariableOverrides/v', 'x'],
      ['remove', '/canarySettings'],
    ],
  ],
  Usage: [
    (patchOperations) => operations.UpdateUsage({ ...usage, patchOperations }, caller),
    [['replace', '/remaining', '10']],
  ],
  UsagePlan: [
    (patchOperations) => operations.UpdateUsagePlan({ usagePlanId, patchOperations }, caller),
    [
      ['replace', '/name', 'n'],
      ['replace', '/description', 'd'],
      ['add replace remove', '/productCode', 'c'],
      ['add', '/apiStages', `${restApiId}:dev`],
      ['add replace', `/apiStages/${restApiId}:dev/throttle/~1pets/GET/rateLimit`, '5'],
      ['add replace', `/apiStages/${restApiId}:dev/throttle/~1pets/GET/burstLimit`, '5'],
      ['remove', `/apiStages/${restApiId}:dev/throttle/~1pets/GET`],
      ['replace remove', `/apiStages/${restApiId}:dev/throttle`, '{"/pets/GET":{"rateLimit":1,"burstLimit":1}}'],
      ['remove', '/apiStages', `${restApiId}:dev`],
      ['add replace', '/throttle/rateLimit', '5'],
      ['add replace', '/throttle/burstLimit', '5'],
      ['remove', '/throttle'],
      ['add replace', '/quota/limit', '5', [set('/quota/period', 'DAY')]],
      ['add replace', '/quota/period', 'DAY'],
      ['add replace', '/quota/offset', '0'],
      ['remove', '/quota'],
    ],
  ],
  VpcLink: [
    (patchOperations) => operations.UpdateVpcLink({ vpcLinkId, patchOperations }, caller),
    [
      ['replace', '/name', 'n'],
      ['replace', '/description', 'd'],
    ],
  ],
}

for (const [resource, [update, rows]] of Object.entries(tables)) {
  describe(resource, () => {
    for (const [ops, path, value, first = []] of rows) {
      test(`takes ${ops} of ${path}`, async () => {
        for (const op of ops.split(' ')) await unlessNotEnforced(update([...first, patchOf(op, path, value)]))
      })
    }

    const supported = new Map<string, Set<string>>()
    for (const [ops, path] of rows) {
      supported.set(path, new Set([...(supported.get(path) ?? []), ...ops.split(' ')]))
    }
    test('takes no other operation', async () => {
      for (const [path, ops] of supported) {
        // Of types that an endpoint does not have, all operations are taken.
        if (path.startsWith('/endpointConfiguration/types/')) continue
        for (const op of all.filter((name) => !ops.has(name))) {
          await assert.rejects(update([{ op: op as Op, path, value: '1' }]), isBadRequest, `${op} ${path}`)
        }
      }
    })
  })
}

function patchOf(op: string, path: string, value: string | undefined): Patch {
  const source = op === 'copy' ? 'from' : 'value'
  return { op: op as Op, path, ...(value !== undefined && { [source]: value }) }
}

/** What a later version enforces is refused by name until then: its path is known all the same. */
async function unlessNotEnforced(updated: Promise<unknown>): Promise<void> {
  try {
    await updated
  } catch (error) {
    assert.match(String(error), /as this version does not enforce it/)
  }
}

function isBadRequest(error: unknown): boolean {
  return error instanceof ServiceError && error.code === 'BadRequestException'
}
