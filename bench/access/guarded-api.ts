import { readFile } from 'node:fs/promises'
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { zipSync } from 'fflate'
import { type Gatehouse, invokeTarget, stageName } from '../gatehouse.ts'
import type { LoadTarget } from '../load.ts'
import { connectTo } from '../management.ts'

/** An API whose paths are the same `MOCK`, each behind something else. */
export interface GuardedApi {
  readonly restApiId: string
  readonly usagePlanId: string
  /** @param name Of one of its paths. */
  target(name: Path): LoadTarget
}

export type Path = 'open' | 'keyed' | 'custom' | 'pool' | 'signed'

/** Where the tokens of its user pool come from. */
export const poolArn = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_bench'

/** Deploys the API, with a usage plan for it. */
export async function deployGuardedApi(gatehouse: Gatehouse): Promise<GuardedApi> {
  await using management = connectTo(gatehouse)
  const functionArn = await createAuthorizerFunction(gatehouse.port)
  const { id } = await management.call('POST', '/restapis?mode=import', documentOf(functionArn))
  const restApiId = String(id)
  await management.call('POST', `/restapis/${restApiId}/deployments`, { stageName })
  const apiStages = [{ apiId: restApiId, stage: stageName }]
  const plan = await management.call('POST', '/usageplans', { name: 'bench', apiStages })
  return {
    restApiId,
    usagePlanId: String(plan['id']),
    target: (name) => invokeTarget(gatehouse.port, restApiId, `/${name}`),
  }
}

function documentOf(functionArn: string): string {
  const scheme = (authtype: string, authorizer?: object) => ({
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': authtype,
    ...(authorizer && { 'x-amazon-apigateway-authorizer': authorizer }),
  })
  const authorizerUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`
  const securitySchemes = {
    keyed: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    custom: scheme('custom', { type: 'token', authorizerUri, authorizerResultTtlInSeconds: 3600 }),
    pool: scheme('cognito_user_pools', { type: 'cognito_user_pools', providerARNs: [poolArn] }),
    signed: scheme('awsSigv4'),
  }
  const operation = (name: string) => ({
    responses: { 200: { description: 'Fine' } },
    ...(name in securitySchemes && { security: [{ [name]: [] }] }),
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: '200', responseTemplates: { 'application/json': '{"status": "ok"}' } } },
    },
  })
  const names = ['open', ...Object.keys(securitySchemes)]
  const paths = Object.fromEntries(names.map((name) => [`/${name}`, { get: operation(name), post: operation(name) }]))
  return JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'guarded', version: '1' },
    paths,
    components: { securitySchemes },
  })
}

async function createAuthorizerFunction(port: number): Promise<string> {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
  const lambda = new LambdaClient({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials })
  const source = await readFile(new URL('./authorizer.mjs', import.meta.url))
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'authorizer',
      Runtime: 'nodejs22.x',
      Handler: 'authorizer.handler',
      Role: 'arn:aws:iam::123456789012:role/bench',
      Code: { ZipFile: zipSync({ 'authorizer.mjs': source }) },
    }),
  )
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: 'authorizer',
      StatementId: 'bench',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  )
  return FunctionArn
}
