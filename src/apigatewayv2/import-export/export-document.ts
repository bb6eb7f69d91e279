import { badRequest } from '../../apigateway/refusal.ts'
import { formatDocument } from '../../openapi/document/format-document.ts'
import type { HttpApiDefinition } from '../../openapi/http/definition.ts'
import type { ApiRecord } from '../api/api.ts'
import type { Request } from '../operations.ts'

type ExportRequest = Omit<Request<'ExportApi'>, 'ApiId' | 'Specification'>

/** @throws {ServiceError} `BadRequestException` for what is not offered. */
export function checkExport({ ExportVersion = '1.0' }: ExportRequest, { ProtocolType }: ApiRecord): void {
  if (ProtocolType !== 'HTTP') throw badRequest('Export is supported for HTTP APIs only')
  if (ExportVersion !== '1.0') throw badRequest('Invalid exportVersion specified. Valid options are 1.0')
}

/** Writes the answer of an `ExportApi`. */
export async function exportHttpDocument(
  definition: HttpApiDefinition,
  { ApiId, CreatedDate }: ApiRecord,
  { OutputType, StageName = '$default', IncludeExtensions: includeExtensions = true }: ExportRequest,
  region: string,
): Promise<Uint8Array> {
  // Loaded on demand: few gateways are asked for an export.
  const { writeHttpOpenApi } = await import('../../openapi/http/write/write-http-open-api.ts')
  const document = writeHttpOpenApi(definition, {
    includeExtensions,
    host: `${ApiId}.execute-api.${region}.amazonaws.com`,
    basePath: StageName === '$default' ? '' : StageName,
    // Observed form.
    defaultVersion: `${new Date(CreatedDate).toISOString().slice(0, 19).replace('T', ' ')}UTC`,
  })
  return Buffer.from(await formatDocument(document, OutputType === 'YAML' ? 'yaml' : 'json'))
}
