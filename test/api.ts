import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateIntegrationResponseCommand,
} from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'

/** SDK clients of one gateway and region. */
export interface Clients {
  readonly url: string
  readonly region: string
  readonly apigateway: APIGatewayClient
  readonly lambda: LambdaClient
}

export function clientsOf(url: string, region = 'us-east-1'): Clients {
  const settings = { endpoint: url, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  return { url, region, apigateway: new APIGatewayClient(settings), lambda: new LambdaClient(settings) }
}

/** Creates an API whose root resource alone has methods, deployed nowhere. */
export async function createApi({ apigateway }: Clients, name: string): Promise<{ restApiId: string; rootId: string }> {
  const { id, rootResourceId } = await apigateway.send(new CreateRestApiCommand({ name }))
  return { restApiId: required(id), rootId: required(rootResourceId) }
}

/** @returns the id of the new resource `/{pathPart}`. */
export async function createResource({ apigateway }: Clients, restApiId: string, pathPart: string): Promise<string> {
  const { items = [] } = await apigateway.send(new GetResourcesCommand({ restApiId }))
  const parentId = items.find(({ path }) => path === '/')?.id
  return required((await apigateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart }))).id)
}

/** Puts a `GET` that answers 200 with the text. */
export async function putMock(
  { apigateway }: Clients,
  { restApiId, resourceId, text }: { restApiId: string; resourceId: string; text: string },
): Promise<void> {
  const method = { restApiId, resourceId, httpMethod: 'GET' }
  const ok = { ...method, statusCode: '200' }
  const requestTemplates = { 'application/json': '{"statusCode": 200}' }
  await apigateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }))
  await apigateway.send(new PutMethodResponseCommand(ok))
  await apigateway.send(new PutIntegrationCommand({ ...method, type: 'MOCK', requestTemplates }))
  await apigateway.send(new PutIntegrationResponseCommand({ ...ok, responseTemplates: { 'application/json': text } }))
}

/** Changes what the `GET` of `putMock` will answer once it is deployed. */
export async function editMock(
  { apigateway }: Clients,
  { restApiId, resourceId, text }: { restApiId: string; resourceId: string; text: string },
): Promise<void> {
  const patchOperations = [{ op: 'replace', path: '/responseTemplates/application~1json', value: text } as const]
  const response = { restApiId, resourceId, httpMethod: 'GET', statusCode: '200' }
  await apigateway.send(new UpdateIntegrationResponseCommand({ ...response, patchOperations }))
}

/** Puts an `ANY` that a function or a web server answers. */
export async function putProxy(
  { apigateway, region }: Clients,
  method: { restApiId: string; resourceId: string },
  target: { functionArn: string } | { httpUri: string },
): Promise<void> {
  const any = { ...method, httpMethod: 'ANY' }
  await apigateway.send(new PutMethodCommand({ ...any, authorizationType: 'NONE' }))
  await apigateway.send(
    'functionArn' in target
      ? new PutIntegrationCommand({
          ...any,
          type: 'AWS_PROXY',
          integrationHttpMethod: 'POST',
          uri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${target.functionArn}/invocations`,
        })
      : new PutIntegrationCommand({ ...any, type: 'HTTP_PROXY', integrationHttpMethod: 'ANY', uri: target.httpUri }),
  )
}

/** @returns the id of the deployment, which the stage serves from now on. */
export async function deploy({ apigateway }: Clients, restApiId: string, stageName = 'dev'): Promise<string> {
  return required((await apigateway.send(new CreateDeploymentCommand({ restApiId, stageName }))).id)
}

/** Creates a Node function of one source file. @returns its ARN. */
export async function createFunction({ lambda }: Clients, FunctionName: string, source: string): Promise<string> {
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/test',
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(source) }) },
    }),
  )
  return required(FunctionArn)
}

/** Lets API Gateway call the function on behalf of every method of the API. */
export async function permit({ lambda }: Clients, functionArn: string, restApiId: string): Promise<void> {
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: functionArn,
      StatementId: `api-${restApiId}`,
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: functionArn.replace(/:lambda:(.*):function:.*/, `:execute-api:$1:${restApiId}/*`),
    }),
  )
}

/** Path-style address of a deployed path, which needs no host name. */
export function invokeUrl({ url }: Clients, restApiId: string, path = '/', stageName = 'dev'): string {
  return `${url}/_aws/execute-api/${restApiId}/${stageName}${path}`
}

function required(value: string | undefined): string {
  if (value === undefined) throw new Error('The gateway left a required member out of its answer')
  return value
}
