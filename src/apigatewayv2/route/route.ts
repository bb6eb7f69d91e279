import type { AuthorizationType } from '@aws-sdk/client-apigatewayv2'
import { notFound } from '../../apigateway/refusal.ts'
import { collection, type Reader } from '../../storage/store.ts'
import type { ParameterConstraintsRecord } from './parameter-constraints.ts'

/** Which calls, or messages, go to which integration: what an answer shows is what is stored. */
export interface RouteRecord {
  readonly RouteId: string
  /** `GET /pets/{petId}`, `ANY /{proxy+}`, `$default`; of a WebSocket API any text. */
  readonly RouteKey: string
  /** `integrations/{integrationId}`. */
  readonly Target?: string
  readonly AuthorizationType: AuthorizationType
  readonly AuthorizerId?: string
  readonly AuthorizationScopes?: string[]
  readonly ApiKeyRequired: boolean
  readonly OperationName?: string
  readonly ModelSelectionExpression?: string
  /** Names of models. */
  readonly RequestModels?: Record<string, string>
  /** By `route.request.{location}.{name}`. */
  readonly RequestParameters?: Record<string, ParameterConstraintsRecord>
  readonly RouteResponseSelectionExpression?: string
  /** Made by quick create. */
  readonly ApiGatewayManaged?: boolean
}

/** By `{apiId}/{routeId}`. */
export const routes = collection<RouteRecord>('v2-route')

/** @throws {ServiceError} `NotFoundException` for an id that no route of the API has. */
export async function requireRoute(
  reader: Reader,
  scope: string,
  apiId: string,
  routeId: string,
): Promise<RouteRecord> {
  const route = await reader.get(routes, scope, `${apiId}/${routeId}`)
  if (!route) throw notFound(`Invalid Route identifier specified ${routeId}`)
  return route
}

/** The id of the integration that a target names. */
export function integrationIdOf(target: string): string | undefined {
  return /^integrations\/([^/]+)$/.exec(target)?.[1]
}
