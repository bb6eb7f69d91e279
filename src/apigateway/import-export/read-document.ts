import type { ReadResult } from '../../openapi/rest/read/read-open-api.ts'
import type { Caller } from '../../wire/operation.ts'
import { badRequest } from '../refusal.ts'
import { parseImportParameters } from './import-parameters.ts'
import { parseBody } from './parse-body.ts'

/** Documented: 6 MB. */
const maxDocumentBytes = 6_291_456

/**
 * Reads the document of an import.
 * @throws {ServiceError} `BadRequestException` for what is no document at all.
 */
export async function readDocument(
  body: Uint8Array,
  parameters: Readonly<Record<string, string>> | undefined,
  caller: Caller,
): Promise<ReadResult> {
  const { basePath, ignoreDocumentation, warnings, ...endpoint } = parseImportParameters(parameters)
  if (body.length > maxDocumentBytes) {
    throw badRequest(`The OpenAPI document exceeds its maximum size of ${maxDocumentBytes} bytes`)
  }
  // Loaded on demand: few gateways are told of an API by a document after their start.
  const { readOpenApi } = await import('../../openapi/rest/read/read-open-api.ts')
  const root = await parseBody(body, caller)
  const result = root && readOpenApi(root, { basePath, ignoreDocumentation })
  // Observed words.
  if (!result) throw badRequest('Invalid OpenAPI input.')
  const { definition } = result
  return {
    ...result,
    definition: { ...definition, settings: { ...definition.settings, ...endpoint } },
    warnings: [...warnings, ...result.warnings],
  }
}
