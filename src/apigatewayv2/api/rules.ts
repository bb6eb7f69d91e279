import { badRequest } from '../../apigateway/refusal.ts'
import type { ApiRecord } from './api.ts'
import { checkCors } from './cors.ts'

const maxNameLength = 128
const maxDescriptionLength = 1024
const maxVersionLength = 64

/** How calls of HTTP APIs find their routes; there is no other way. */
export const httpRouteSelection = '$request.method $request.path'
const httpRouteSelections = [httpRouteSelection, '${request.method} ${request.path}']
export const defaultApiKeySelection = '$request.header.x-api-key'
const apiKeySelections = [defaultApiKeySelection, '$context.authorizer.usageIdentifierKey']

/** @throws {ServiceError} `BadRequestException` for the first setting that does not hold. */
export function checkApi(api: ApiRecord): void {
  const { Name, Description = '', Version = '', ApiKeySelectionExpression: apiKeys } = api
  if (Name.trim() === '' || Name.length > maxNameLength) throw badRequest('Invalid API name specified')
  if (Description.length > maxDescriptionLength) throw badRequest('Invalid API description specified')
  if (Version.length > maxVersionLength) throw badRequest('Invalid API version specified')
  if (!apiKeySelections.includes(apiKeys)) throw badRequest('Invalid apiKeySelectionExpression')
  if (api.ProtocolType === 'HTTP') checkHttpApi(api)
  else checkWebSocketApi(api)
}

function checkHttpApi({ RouteSelectionExpression, DisableSchemaValidation, CorsConfiguration }: ApiRecord): void {
  if (!httpRouteSelections.includes(RouteSelectionExpression)) {
    throw badRequest('Route selection expression is currently limited to "${request.method} ${request.path}"')
  }
  if (DisableSchemaValidation) throw badRequest('DisableSchemaValidation is not supported for HTTP protocolType')
  if (CorsConfiguration) checkCors(CorsConfiguration)
}

function checkWebSocketApi({ RouteSelectionExpression, CorsConfiguration }: ApiRecord): void {
  if (!/^\$\{?request\.(?:body|header|querystring)\./.test(RouteSelectionExpression)) {
    throw badRequest('Invalid routeSelectionExpression')
  }
  if (CorsConfiguration) throw badRequest('Cors is not supported for WEBSOCKET protocolType')
}
