import type { JsonObject } from '../../json.ts'
import type { ApiDefinition } from '../definition.ts'
import { writeDocumentation } from './documentation.ts'
import { writeApiExtensions, writeEndpointConfiguration } from './extensions.ts'
import { NotExportable } from './not-exportable.ts'
import type { WriteOptions } from './options.ts'
import { writePaths } from './paths.ts'
import { writeSchema } from './schema.ts'
import { type SchemeNames, schemeNames, writeSecuritySchemes } from './security.ts'

/**
 * Writes an API as a Swagger 2.0 or OpenAPI 3.0 document, members in the observed order. With the `apigateway` extensions, and
 * `documentation`, reading it gives the same definition.
 *
 * @throws {NotExportable} for a method or a model that the document has no words for.
 */
export function writeOpenApi(definition: ApiDefinition, options: WriteOptions): JsonObject {
  const names = schemeNames(definition)
  const write = options.version === 'swagger' ? writeSwagger : writeOpenApi3
  return write(definition, names, options)
}

function writeSwagger(definition: ApiDefinition, names: SchemeNames, options: WriteOptions): JsonObject {
  const { description } = definition.settings
  const schemes = writeSecuritySchemes(definition, names, options)
  const definitions = writeModels(definition, options)
  return {
    swagger: '2.0',
    info: { ...(description !== undefined && { description }), ...versionAndTitle(definition, options) },
    host: options.host,
    basePath: `/${options.stageName}`,
    schemes: ['https'],
    ...writeTags(definition, options),
    paths: writePaths(definition, names, options),
    ...(Object.keys(schemes).length > 0 && { securityDefinitions: schemes }),
    ...(Object.keys(definitions).length > 0 && { definitions }),
    ...writeApiExtensions(definition, options),
    ...writeEndpointConfiguration(definition, options),
    ...writeDocumentation(definition, options),
  }
}

function writeOpenApi3(definition: ApiDefinition, names: SchemeNames, options: WriteOptions): JsonObject {
  const { description } = definition.settings
  const { title, version } = versionAndTitle(definition, options)
  const schemas = writeModels(definition, options)
  const securitySchemes = writeSecuritySchemes(definition, names, options)
  return {
    openapi: '3.0.1',
    info: { title, ...(description !== undefined && { description }), version },
    servers: [
      {
        url: `https://${options.host}/{basePath}`,
        variables: { basePath: { default: options.stageName } },
        ...writeEndpointConfiguration(definition, options),
      },
    ],
    ...writeTags(definition, options),
    paths: writePaths(definition, names, options),
    components: {
      ...(Object.keys(schemas).length > 0 && { schemas }),
      ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }),
    },
    ...writeApiExtensions(definition, options),
    ...writeDocumentation(definition, options),
  }
}

function versionAndTitle({ settings }: ApiDefinition, { defaultVersion }: WriteOptions) {
  return { version: settings.version ?? defaultVersion, title: settings.name ?? '' }
}

function writeModels({ models }: ApiDefinition, { version }: WriteOptions): JsonObject {
  const written = models.map(({ name, schema }) => {
    if (typeof schema === 'string') throw new NotExportable(`Unable to export model '${name}': its schema is no JSON`)
    return [name, writeSchema(name, schema, version)]
  })
  return Object.fromEntries(written)
}

function writeTags({ settings: { tags = {} } }: ApiDefinition, { extensions }: WriteOptions): JsonObject {
  const entries = Object.entries(tags).map(([name, value]) => ({ name, 'x-amazon-apigateway-tag-value': value }))
  return entries.length > 0 && extensions.has('apigateway') ? { tags: entries } : {}
}
