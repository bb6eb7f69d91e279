import { writeTags as writeOwnTags } from '../../document/tags.ts'
import { type JsonObject, listAt } from '../../json.ts'
import type { ApiDefinition } from '../definition.ts'
import { writeDocumentation } from './documentation.ts'
import { describeInfo, describeParts } from './documented-fields.ts'
import { writeApiExtensions, writeEndpointConfiguration } from './extensions.ts'
import { NotExportable } from './not-exportable.ts'
import type { WriteContext, WriteOptions } from './options.ts'
import { writePaths } from './paths.ts'
import { writeSchema } from './schema.ts'
import { schemeNames, writeSecuritySchemes } from './security.ts'

/**
 * Writes an API as a Swagger 2.0 or OpenAPI 3.0 document, members in the observed order. With the `apigateway` extensions, and
 * `documentation`, reading it gives the same definition.
 *
 * @throws {NotExportable} for a method or a model that the document has no words for.
 */
export function writeOpenApi(definition: ApiDefinition, options: WriteOptions): JsonObject {
  const context = { ...options, names: schemeNames(definition), describe: describeParts(definition, options) }
  return options.version === 'swagger' ? writeSwagger(definition, context) : writeOpenApi3(definition, context)
}

function writeSwagger(definition: ApiDefinition, context: WriteContext): JsonObject {
  const { title, description, version, rest } = writeInfo(definition, context)
  const schemes = writeSecuritySchemes(definition, context)
  const definitions = writeModels(definition, context)
  return {
    swagger: '2.0',
    info: { ...description, version, title, ...rest },
    host: context.host,
    basePath: `/${context.stageName}`,
    schemes: ['https'],
    ...writeTags(definition, context),
    paths: writePaths(definition, context),
    ...(Object.keys(schemes).length > 0 && { securityDefinitions: schemes }),
    ...(Object.keys(definitions).length > 0 && { definitions }),
    ...writeApiExtensions(definition, context),
    ...writeEndpointConfiguration(definition, context),
    ...writeDocumentation(definition, context),
    ...writeRest(context),
  }
}

function writeOpenApi3(definition: ApiDefinition, context: WriteContext): JsonObject {
  const { title, description, version, rest } = writeInfo(definition, context)
  const schemas = writeModels(definition, context)
  const securitySchemes = writeSecuritySchemes(definition, context)
  return {
    openapi: '3.0.1',
    info: { title, ...description, version, ...rest },
    servers: [
      {
        url: `https://${context.host}/{basePath}`,
        variables: { basePath: { default: context.stageName } },
        ...writeEndpointConfiguration(definition, context),
      },
    ],
    ...writeTags(definition, context),
    paths: writePaths(definition, context),
    components: {
      ...(Object.keys(schemas).length > 0 && { schemas }),
      ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }),
    },
    ...writeApiExtensions(definition, context),
    ...writeDocumentation(definition, context),
    ...writeRest(context),
  }
}

/** What an API says of itself comes before what its documentation says. */
function writeInfo({ settings }: ApiDefinition, { defaultVersion, describe }: WriteContext) {
  const { description: documented, ...rest } = describeInfo(describe({ type: 'API' }))
  const description = settings.description ?? documented
  return {
    title: settings.name ?? '',
    description: description === undefined ? {} : { description },
    version: settings.version ?? defaultVersion,
    rest,
  }
}

function writeRest({ describe }: WriteContext): JsonObject {
  const { info: _info, tags: _tags, ...rest } = describe({ type: 'API' })
  return rest
}

function writeModels({ models }: ApiDefinition, { version, describe }: WriteContext): JsonObject {
  const written = models.map(({ name, schema }) => {
    if (typeof schema === 'string') throw new NotExportable(`Unable to export model '${name}': its schema is no JSON`)
    return [name, { ...describe({ type: 'MODEL', name }), ...writeSchema(name, schema, version) }]
  })
  return Object.fromEntries(written)
}

/** The API's own tags, and those that sort its operations. */
function writeTags({ settings: { tags = {} } }: ApiDefinition, { extensions, describe }: WriteContext): JsonObject {
  const entries = [
    ...(extensions.has('apigateway') ? writeOwnTags(tags) : []),
    ...listAt(describe({ type: 'API' }), 'tags'),
  ]
  return entries.length > 0 ? { tags: entries } : {}
}
