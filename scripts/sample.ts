import { readFile } from 'node:fs/promises'
import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  GetStagesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  paginateGetRestApis,
} from '@aws-sdk/client-api-gateway'
import { AddPermissionCommand, CreateFunctionCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { zipSync } from 'fflate'

const folder = new URL('../examples/pets/', import.meta.url)
const region = 'us-east-1'

interface SampleFunction {
  readonly name: string
  readonly runtime: 'nodejs24.x' | 'python3.13'
  readonly handler: string
  readonly files: readonly string[]
  /** `VERB /path` of each method that it answers. */
  readonly methods: readonly string[]
}

const nodeFunction: SampleFunction = {
  name: 'sample-pets',
  runtime: 'nodejs24.x',
  handler: 'pets.handler',
  files: ['pets.mjs', 'pets.json'],
  methods: ['GET /pets', 'POST /pets', 'GET /pets/{petId}'],
}
const pythonFunction: SampleFunction = {
  name: 'sample-pet-names',
  runtime: 'python3.13',
  handler: 'names.handler',
  files: ['names.py', 'pets.json'],
  methods: ['GET /pets/{petId}/name'],
}

/**
 * Creates the REST API `pets` of `examples/pets` and deploys it to the stage `dev`, unless that stage is there. Every
 * step leaves alone what an earlier, interrupted run has made.
 *
 * @param python False leaves the Python function and its route out.
 * @returns the API's id.
 */
export async function createSampleApi({ endpoint, python }: { endpoint: string; python: boolean }): Promise<string> {
  const client = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const apigateway = new APIGatewayClient(client)
  const lambda = new LambdaClient(client)

  const restApiId = (await findApi(apigateway)) ?? (await createApi(apigateway))
  const { item: stages = [] } = await apigateway.send(new GetStagesCommand({ restApiId }))
  if (stages.some(({ stageName }) => stageName === 'dev')) return restApiId

  const resourceIds = await existingResources(apigateway, restApiId)
  for (const sample of python ? [nodeFunction, pythonFunction] : [nodeFunction]) {
    const functionArn = await createFunction(lambda, sample, restApiId)
    for (const method of sample.methods) await putFunctionMethod(method, functionArn)
  }
  await putHealthMethod()
  await apigateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev', description: 'Sample' }))
  return restApiId

  async function putFunctionMethod(name: string, functionArn: string): Promise<void> {
    const [httpMethod = '', path = ''] = name.split(' ')
    const method = { restApiId, resourceId: await resource(path), httpMethod }
    await unlessThere(apigateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' })))
    const uri = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`
    await apigateway.send(
      new PutIntegrationCommand({ ...method, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }),
    )
  }

  async function putHealthMethod(): Promise<void> {
    const method = { restApiId, resourceId: await resource('/health'), httpMethod: 'GET' }
    const ok = { ...method, statusCode: '200' }
    const template = (value: object) => ({ 'application/json': JSON.stringify(value) })
    await unlessThere(apigateway.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' })))
    await unlessThere(apigateway.send(new PutMethodResponseCommand(ok)))
    await apigateway.send(
      new PutIntegrationCommand({ ...method, type: 'MOCK', requestTemplates: template({ statusCode: 200 }) }),
    )
    await apigateway.send(new PutIntegrationResponseCommand({ ...ok, responseTemplates: template({ status: 'ok' }) }))
  }

  /** The id of the resource at `path`, which is created with its parents when it is missing. */
  async function resource(path: string): Promise<string> {
    const known = resourceIds.get(path)
    if (known !== undefined) return known
    const slash = path.lastIndexOf('/')
    const parentId = await resource(path.slice(0, slash) || '/')
    const command = new CreateResourceCommand({ restApiId, parentId, pathPart: path.slice(slash + 1) })
    const id = required((await apigateway.send(command)).id)
    resourceIds.set(path, id)
    return id
  }
}

async function findApi(apigateway: APIGatewayClient): Promise<string | undefined> {
  for await (const { items = [] } of paginateGetRestApis({ client: apigateway }, {})) {
    const api = items.find(({ name }) => name === 'pets')
    if (api) return api.id
  }
  return undefined
}

async function createApi(apigateway: APIGatewayClient): Promise<string> {
  const { id } = await apigateway.send(new CreateRestApiCommand({ name: 'pets', description: 'Sample API' }))
  return required(id)
}

async function existingResources(apigateway: APIGatewayClient, restApiId: string): Promise<Map<string, string>> {
  const { items = [] } = await apigateway.send(new GetResourcesCommand({ restApiId, limit: 500 }))
  return new Map(items.map(({ path, id }) => [required(path), required(id)]))
}

/** @returns the function's ARN. */
async function createFunction(lambda: LambdaClient, sample: SampleFunction, restApiId: string): Promise<string> {
  const { name: FunctionName, runtime: Runtime, handler: Handler } = sample
  const files = await Promise.all(
    sample.files.map(async (file) => [file, await readFile(new URL(file, folder))] as const),
  )
  const Code = { ZipFile: zipSync(Object.fromEntries(files)) }
  const Role = 'arn:aws:iam::123456789012:role/sample'
  await unlessThere(lambda.send(new CreateFunctionCommand({ FunctionName, Runtime, Handler, Role, Code })))
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }))
  const functionArn = required(Configuration?.FunctionArn)
  await unlessThere(
    lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: `sample-${restApiId}`,
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: functionArn.replace(/:lambda:(.*):function:.*/, `:execute-api:$1:${restApiId}/*`),
      }),
    ),
  )
  return functionArn
}

/** Waits for a create; that there is such a thing already is as good. */
async function unlessThere(created: Promise<unknown>): Promise<void> {
  try {
    await created
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name !== 'ConflictException' && name !== 'ResourceConflictException') throw error
  }
}

function required(value: string | undefined): string {
  if (value === undefined) throw new Error('The gateway left a required member out of its answer')
  return value
}
