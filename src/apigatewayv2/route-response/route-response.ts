import { notFound } from '../../apigateway/refusal.ts'
import { collection, type Reader } from '../../storage/store.ts'
import type { ParameterConstraintsRecord } from '../route/parameter-constraints.ts'

/** What a route of a WebSocket API sends back: what an answer shows is what is stored. */
export interface RouteResponseRecord {
  readonly RouteResponseId: string
  readonly RouteResponseKey: string
  readonly ModelSelectionExpression?: string
  /** Names of models. */
  readonly ResponseModels?: Record<string, string>
  readonly ResponseParameters?: Record<string, ParameterConstraintsRecord>
}

/** By `{apiId}/{routeId}/{routeResponseId}`. */
export const routeResponses = collection<RouteResponseRecord>('v2-route-response')

/** @throws {ServiceError} `NotFoundException` for an id that no response of the route has. */
export async function requireRouteResponse(reader: Reader, scope: string, route: string, id: string) {
  const response = await reader.get(routeResponses, scope, `${route}/${id}`)
  if (!response) throw notFound(`Invalid RouteResponse identifier specified ${id}`)
  return response
}
