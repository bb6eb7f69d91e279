import { readFile } from 'node:fs/promises'
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateMethodCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { zipSync } from 'fflate'
import { invokeTarget, stageName } from './gatehouse.ts'
import type { LoadTarget } from './load.ts'

/** The identity of one method while its API is being built. */
interface Method {
  readonly restApiId: string
  readonly resourceId: string
  readonly httpMethod: 'GET' | 'POST'
}

/** Deploys `GET /{part}` with a `MOCK` integration that answers `{"status": "ok"}`. */
export function deployMock(port: number, part: string): Promise<LoadTarget> {
  return deploy(port, part, async (client, method) => {
    const requestTemplates = { 'application/json': '{"statusCode": 200}' }
    const responseTemplates = { 'application/json': '{"status": "ok"}' }
    await client.send(new PutMethodResponseCommand({ ...method, statusCode: '200' }))
    await client.send(new PutIntegrationCommand({ ...method, type: 'MOCK', requestTemplates }))
    await client.send(new PutIntegrationResponseCommand({ ...method, statusCode: '200', responseTemplates }))
  })
}

/** How much a caller may call: more than it can. */
const ample = { rateLimit: 1_000_000, burstLimit: 1_000_000 }

/**
 * Deploys `GET /{part}` as `deployMock` does, behind an API key whose plan has a rate and a quota, and throttled itself.
 * @returns the target, with the key.
 */
export async function deployLimitedMock(port: number, part: string): Promise<LoadTarget> {
  const client = new APIGatewayClient(connection(port))
  const target = await deployMock(port, part)
  const restApiId = target.headers['Host']?.split('.')[0] ?? ''
  const { items } = await client.send(new GetResourcesCommand({ restApiId }))
  const resourceId = present(items?.find(({ path }) => path === `/${part}`)?.id)
  const required = [{ op: 'replace', path: '/apiKeyRequired', value: 'true' } as const]
  await client.send(new UpdateMethodCommand({ restApiId, resourceId, httpMethod: 'GET', patchOperations: required }))
  await client.send(new CreateDeploymentCommand({ restApiId, stageName }))
  const patchOperations = Object.entries(ample).map(
    ([name, value]) => ({ op: 'replace', path: `/*/*/throttling/${name}`, value: String(value) }) as const,
  )
  await client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }))
  const plan = await client.send(
    new CreateUsagePlanCommand({
      name: part,
      throttle: ample,
      quota: { limit: 1_000_000_000, period: 'MONTH' },
      apiStages: [{ apiId: restApiId, stage: stageName }],
    }),
  )
  const key = await client.send(new CreateApiKeyCommand({ name: part, enabled: true }))
  const usagePlanId = present(plan.id)
  await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId: present(key.id), keyType: 'API_KEY' }))
  return { ...target, headers: { ...target.headers, 'x-api-key': present(key.value) } }
}

/** Deploys `GET /{part}` with an `HTTP_PROXY` integration towards `uri`. */
export function deployHttpProxy(port: number, part: string, uri: string): Promise<LoadTarget> {
  return deploy(port, part, async (client, method) => {
    const integration = { ...method, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri } as const
    await client.send(new PutIntegrationCommand(integration))
  })
}

/** Templates between a method and its backend. */
export interface Mapping {
  readonly requestTemplate: string
  readonly responseTemplate: string
  readonly requestParameters?: Readonly<Record<string, string>>
}

/** Deploys `POST /{part}` with an `HTTP_PROXY` integration towards `uri`, or between templates with `HTTP` or `MOCK`. */
export function deployPost(port: number, part: string, uri: string, mapping?: Mapping): Promise<LoadTarget> {
  return deploy(
    port,
    part,
    async (client, method) => {
      const http = { ...method, integrationHttpMethod: 'POST', uri } as const
      if (!mapping) {
        await client.send(new PutIntegrationCommand({ ...http, type: 'HTTP_PROXY' }))
        return
      }
      const requestTemplates = { 'application/json': mapping.requestTemplate }
      const responseTemplates = { 'application/json': mapping.responseTemplate }
      const requestParameters = { ...mapping.requestParameters }
      const target = uri === '' ? ({ ...method, type: 'MOCK' } as const) : ({ ...http, type: 'HTTP' } as const)
      const responseParameters = { 'method.response.header.X-Products': 'context.requestId' }
      const declared = { 'method.response.header.X-Products': true }
      await client.send(new PutMethodResponseCommand({ ...method, statusCode: '200', responseParameters: declared }))
      await client.send(new PutIntegrationCommand({ ...target, requestTemplates, requestParameters }))
      await client.send(
        new PutIntegrationResponseCommand({ ...method, statusCode: '200', responseTemplates, responseParameters }),
      )
    },
    'POST',
  )
}

/** Creates the Node function of `peers/handler.mjs`, which API Gateway may call. @returns Its ARN. */
export async function createFunction(port: number, name: string): Promise<string> {
  const lambda = new LambdaClient(connection(port))
  const handler = await readFile(new URL('./peers/handler.mjs', import.meta.url))
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'handler.handler',
      Role: 'arn:aws:iam::123456789012:role/bench',
      Code: { ZipFile: zipSync({ 'handler.mjs': handler }) },
    }),
  )
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: name,
      StatementId: 'bench',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  )
  return present(FunctionArn)
}

/** Deploys `GET /{part}` with an `AWS_PROXY` integration to the function of `createFunction`. */
export async function deployFunction(port: number, part: string): Promise<LoadTarget> {
  const functionArn = await createFunction(port, part)
  return deploy(port, part, async (client, method) => {
    const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
    await client.send(new PutIntegrationCommand({ ...method, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }))
  })
}

async function deploy(
  port: number,
  part: string,
  integrate: (client: APIGatewayClient, method: Method) => Promise<void>,
  httpMethod: Method['httpMethod'] = 'GET',
): Promise<LoadTarget> {
  const client = new APIGatewayClient(connection(port))
  const { id } = await client.send(new CreateRestApiCommand({ name: part }))
  const restApiId = present(id)
  const { items } = await client.send(new GetResourcesCommand({ restApiId }))
  const parentId = present(items?.[0]?.id)
  const resource = await client.send(new CreateResourceCommand({ restApiId, parentId, pathPart: part }))
  const method = { restApiId, resourceId: present(resource.id), httpMethod }
  await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }))
  await integrate(client, method)
  await client.send(new CreateDeploymentCommand({ restApiId, stageName }))
  return invokeTarget(port, restApiId, `/${part}`)
}

/** The credentials are made up. */
export function connection(port: number) {
  return {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  }
}

export function present(id: string | undefined): string {
  if (id === undefined) throw new Error('The gateway answered without an id')
  return id
}
