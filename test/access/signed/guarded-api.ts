import type { APIGateway } from '@aws-sdk/client-api-gateway'
import { required } from '../../management/client.ts'

/** What guards a path, beside its integration, in the words of an OpenAPI operation. */
export interface GuardedPath {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  /** What it answers; `$context` variables are filled in. Default `ok`. */
  readonly template?: string
}

/** The scheme of methods that take signed calls. */
export const awsIam = scheme('awsSigv4')
/** The scheme of methods that require an API key. */
export const apiKey = { type: 'apiKey', name: 'x-api-key', in: 'header' }

/** A scheme behind an authorizer, or of a type of its own. */
export function scheme(authtype: string, authorizer?: object): object {
  return {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': authtype,
    ...(authorizer && { 'x-amazon-apigateway-authorizer': authorizer }),
  }
}

/** The document of an API whose paths answer from a `MOCK`, whatever the verb. */
export function documentOf(
  paths: Readonly<Record<string, GuardedPath>>,
  securitySchemes: Readonly<Record<string, object>>,
  more: object = {},
): Uint8Array {
  const operations = Object.entries(paths).map(([path, { security, template = 'ok' }]) => [
    path,
    {
      'x-amazon-apigateway-any-method': {
        responses: { 200: { description: 'Fine' } },
        ...(security && { security }),
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': '{"statusCode": 200}' },
          passthroughBehavior: 'never',
          responses: { default: { statusCode: '200', responseTemplates: { 'application/json': template } } },
        },
      },
    },
  ])
  const info = { title: 'guarded', version: '1' }
  const document = { openapi: '3.0.1', info, paths: Object.fromEntries(operations), components: { securitySchemes } }
  return Buffer.from(JSON.stringify({ ...document, ...more }))
}

/** Imports an API and deploys it to the stage `dev`. @returns its id. */
export async function deployDocument(apigateway: APIGateway, body: Uint8Array): Promise<string> {
  const { id } = await apigateway.importRestApi({ body, failOnWarnings: true })
  const restApiId = required(id)
  await apigateway.createDeployment({ restApiId, stageName: 'dev' })
  return restApiId
}
