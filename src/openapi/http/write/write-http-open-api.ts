import { endpointExtension } from '../../document/endpoint-configuration.ts'
import { writeTags } from '../../document/tags.ts'
import type { JsonObject } from '../../json.ts'
import type { HttpApiDefinition, HttpApiSettings } from '../definition.ts'
import { writeIntegration } from './integration.ts'
import type { WriteOptions } from './options.ts'
import { writePaths } from './paths.ts'
import { nameIamScheme, writeSecuritySchemes } from './security.ts'
import { nameShared } from './shared-integrations.ts'

/**
 * Writes an HTTP API as an OpenAPI 3.0 document, members in the observed order. With the extensions, reading it gives the
 * same definition.
 */
export function writeHttpOpenApi(definition: HttpApiDefinition, options: WriteOptions): JsonObject {
  const { settings } = definition
  const context = { ...options, iamScheme: nameIamScheme(definition), shared: nameShared(definition) }
  const securitySchemes = writeSecuritySchemes(definition, context)
  const integrations = options.includeExtensions ? writeShared(definition, context.shared) : {}
  const components = {
    ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }),
    ...(Object.keys(integrations).length > 0 && { 'x-amazon-apigateway-integrations': integrations }),
  }
  const tags = options.includeExtensions ? writeTags(settings.Tags ?? {}) : []
  return {
    openapi: '3.0.1',
    info: writeInfo(settings, options),
    servers: [writeServer(settings, options)],
    ...(tags.length > 0 && { tags }),
    paths: writePaths(definition, context),
    ...(Object.keys(components).length > 0 && { components }),
    ...(options.includeExtensions && {
      ...writeCors(settings),
      'x-amazon-apigateway-importexport-version': '1.0',
    }),
  }
}

function writeInfo({ Name, Description, Version }: HttpApiSettings, { defaultVersion }: WriteOptions): JsonObject {
  return {
    title: Name ?? '',
    ...(Description !== undefined && { description: Description }),
    version: Version ?? defaultVersion,
  }
}

function writeServer(settings: HttpApiSettings, { host, basePath, includeExtensions }: WriteOptions): JsonObject {
  const { DisableExecuteApiEndpoint: disabled, IpAddressType: ipAddressType } = settings
  const endpoint = {
    ...(disabled && { disableExecuteApiEndpoint: true }),
    ...(ipAddressType === 'dualstack' && { ipAddressType }),
  }
  return {
    url: `https://${host}/{basePath}`,
    variables: { basePath: { default: basePath } },
    ...(includeExtensions && Object.keys(endpoint).length > 0 && { [endpointExtension]: endpoint }),
  }
}

function writeShared(definition: HttpApiDefinition, names: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(
    definition.integrations.flatMap(({ key, settings }) => {
      const name = names.get(key)
      return name === undefined ? [] : [[name, writeIntegration(settings)]]
    }),
  )
}

function writeCors({ CorsConfiguration: cors }: HttpApiSettings): JsonObject {
  if (!cors) return {}
  return {
    'x-amazon-apigateway-cors': {
      ...(cors.AllowMethods && { allowMethods: cors.AllowMethods }),
      ...(cors.AllowHeaders && { allowHeaders: cors.AllowHeaders }),
      ...(cors.ExposeHeaders && { exposeHeaders: cors.ExposeHeaders }),
      ...(cors.MaxAge !== undefined && { maxAge: cors.MaxAge }),
      ...(cors.AllowCredentials !== undefined && { allowCredentials: cors.AllowCredentials }),
      ...(cors.AllowOrigins && { allowOrigins: cors.AllowOrigins }),
    },
  }
}
