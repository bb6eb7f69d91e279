import { oneOf } from '../../apigateway/one-of.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import { parseDocument } from '../../openapi/document/parse-document.ts'
import type { HttpReadResult } from '../../openapi/http/read/read-http-open-api.ts'
import { partitionOf } from '../../wire/arn.ts'
import type { Caller } from '../../wire/operation.ts'

/** Documented: 6 MB. */
const maxDocumentBytes = 6_291_456
const basePathModes = ['ignore', 'prepend', 'split'] as const

/**
 * Reads the document of an import.
 * @throws {ServiceError} `BadRequestException` for what is no OpenAPI 3 document at all.
 */
export async function readHttpDocument(
  text: string,
  basePath: string | undefined,
  { account, region }: Caller,
): Promise<HttpReadResult> {
  const mode = oneOf(basePathModes, basePath ?? 'ignore')
  if (!mode) throw badRequest(`Invalid basepath specified. Valid options are ${basePathModes}`)
  if (Buffer.byteLength(text) > maxDocumentBytes) {
    throw badRequest(`The OpenAPI document exceeds its maximum size of ${maxDocumentBytes} bytes`)
  }
  // Loaded on demand: few gateways are told of an API by a document after their start.
  const { readHttpOpenApi } = await import('../../openapi/http/read/read-http-open-api.ts')
  const root = await parseDocument(text, { accountId: account, region, partition: partitionOf(region) })
  const result = root && readHttpOpenApi(root, mode)
  if (!result) throw badRequest('Invalid OpenAPI input. HTTP APIs are imported from documents of OpenAPI 3.')
  return result
}
