import { type DocumentFormat, formatDocument } from '../../openapi/document/format-document.ts'
import type { JsonObject } from '../../openapi/json.ts'
import type { ApiDefinition } from '../../openapi/rest/definition.ts'
import type { ExportExtension, WriteOptions } from '../../openapi/rest/write/options.ts'
import { oneOf } from '../one-of.ts'
import { badRequest } from '../refusal.ts'
import type { RestApiRecord } from '../rest-api/rest-api.ts'
import type { PublishedDocumentation } from './published-documentation.ts'

/** What a `GetExport` asks for. */
export interface ExportRequest {
  readonly stageName: string
  readonly exportType: string
  readonly parameters: Readonly<Record<string, string>> | undefined
  readonly accepts: string | undefined
  readonly region: string
}

const versions = ['oas30', 'swagger'] as const
const extensionNames = [
  'integrations',
  'authorizers',
  'validators',
  'apigateway',
  'documentation',
  'postman',
] as const satisfies readonly ExportExtension[]

/**
 * Writes the answer of a `GetExport`.
 * @throws {ServiceError} `BadRequestException` for what is not offered, and for an API that the format has no words for.
 */
export async function exportDocument(
  frozen: ApiDefinition,
  api: RestApiRecord,
  documentation: PublishedDocumentation | undefined,
  request: ExportRequest,
) {
  const { parts = [], version: documentationVersion, createdDate } = documentation ?? {}
  const definition = { ...frozen, documentationParts: parts }
  const format = parseFormat(request.accepts)
  const options = {
    ...parseRequest(api, request),
    ...(documentationVersion !== undefined &&
      createdDate !== undefined && {
        documentationVersion: { version: documentationVersion, createdDate: toSecond(createdDate) },
      }),
  }
  const version = definition.settings.version ?? options.defaultVersion
  const text = await formatDocument(await write(definition, options), format)
  return {
    // Observed: whatever the format.
    contentType: 'application/octet-stream',
    contentDisposition: `attachment; filename="${options.version}_${fileName(version)}.${format}"`,
    body: Buffer.from(text),
  }
}

/** The writer is loaded on demand: few gateways are asked for an export. */
async function write(definition: ApiDefinition, options: WriteOptions): Promise<JsonObject> {
  const { NotExportable } = await import('../../openapi/rest/write/not-exportable.ts')
  const { writeOpenApi } = await import('../../openapi/rest/write/write-open-api.ts')
  try {
    return writeOpenApi(definition, options)
  } catch (cause) {
    if (cause instanceof NotExportable) throw badRequest(cause.message)
    throw cause
  }
}

function parseRequest(api: RestApiRecord, request: ExportRequest): WriteOptions {
  const { stageName, exportType, parameters = {}, region } = request
  const version = oneOf(versions, exportType)
  if (!version) throw badRequest(`Invalid export type specified. Valid options are ${versions}`)
  const unknown = Object.keys(parameters).find((name) => name !== 'extensions')
  if (unknown !== undefined) throw badRequest(`Invalid export parameter specified: ${unknown}`)
  return {
    version,
    extensions: parseExtensions(parameters['extensions']),
    host: `${api.id}.execute-api.${region}.amazonaws.com`,
    stageName,
    region,
    // Observed: an API without a version of its own shows a date, to the second.
    defaultVersion: toSecond(api.createdDate),
  }
}

/** The `Accept` header: a YAML document only when it is asked for. */
function parseFormat(accepts = 'application/json'): DocumentFormat {
  const types = accepts.split(',').map((type) => type.split(';')[0]?.trim().toLowerCase())
  for (const type of types) {
    if (type === 'application/json' || type === '*/*' || type === 'application/*') return 'json'
    if (type === 'application/yaml') return 'yaml'
  }
  throw badRequest('Invalid Accept header specified. Valid options are application/json,application/yaml')
}

function parseExtensions(text = ''): Set<ExportExtension> {
  const names = text.split(',').flatMap((name) => name.trim() || [])
  const extensions = names.map((name) => {
    const extension = oneOf(extensionNames, name)
    if (!extension) throw badRequest(`Invalid extension specified: ${name}. Valid options are ${extensionNames}`)
    return extension
  })
  return new Set(extensions)
}

function toSecond(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** A version is free text, and a header's quoted text is not. */
function fileName(version: string): string {
  return version.replaceAll(/[^\x20-\x7e]|["\\/]/g, '_')
}
