import assert from 'node:assert/strict'
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2'
import { required } from '../../management/client.ts'

const integration = { type: 'http_proxy', httpMethod: 'ANY', uri: 'https://example.com', payloadFormatVersion: '1.0' }

function document(path: string): string {
  const operation = { requestBody: {}, 'x-amazon-apigateway-integration': integration }
  return JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'pets', version: '1' },
    paths: { [path]: { post: operation } },
  })
}

/** OpenAPI in, and out. */
export async function walkDocuments(api: ApiGatewayV2): Promise<void> {
  const imported = await api.importApi({ Body: document('/cats') })
  const ApiId = required(imported.ApiId)
  assert.deepEqual(
    [imported.$metadata.httpStatusCode, imported.Name, imported.ImportInfo],
    [201, 'pets', ["Unsupported member 'requestBody' of 'POST /cats'. Ignoring."]],
  )
  const again = await api.reimportApi({ ApiId, Body: document('/dogs'), Basepath: 'ignore', FailOnWarnings: true })
  assert.equal(again.$metadata.httpStatusCode, 201)
  assert.deepEqual(
    (await api.getRoutes({ ApiId })).Items?.map(({ RouteKey }) => RouteKey),
    ['POST /dogs'],
  )
  const { body } = await api.exportApi({ ApiId, Specification: 'OAS30', OutputType: 'JSON', ExportVersion: '1.0' })
  const exported = JSON.parse(new TextDecoder().decode(body))
  assert.deepEqual(exported.paths['/dogs'].post['x-amazon-apigateway-integration'].uri, integration.uri)
  const yaml = await api.exportApi({ ApiId, Specification: 'OAS30', OutputType: 'YAML', IncludeExtensions: false })
  assert.match(new TextDecoder().decode(yaml.body), /^openapi: 3\.0\.1\n/)
  await api.deleteApi({ ApiId })
}
