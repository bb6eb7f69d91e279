import { badRequest } from '../../apigateway/refusal.ts'
import { linkIdOf } from '../../apigateway/vpc-link/link-use.ts'
import type { Reader } from '../../storage/store.ts'
import { type IntegrationRecord, integrations } from '../integration/integration.ts'
import { documentsOf } from '../paging.ts'
import { integrationIdOf, routes } from '../route/route.ts'
import { stages } from '../stage/stage.ts'

/**
 * @throws {ServiceError} `BadRequestException` for a link that routes lead through as they stand, in the service's words
 *   (observed).
 */
export async function refuseLinkOfRoutes(reader: Reader, scope: string, vpcLinkId: string): Promise<void> {
  const places: string[] = []
  for (const [apiId, backends] of await linkedIntegrations(reader, scope)) {
    const variables = (await documentsOf(reader, stages, scope, `${apiId}/`)).map((stage) => stage.StageVariables)
    const leading = backends.filter(({ ConnectionId: id = '' }) =>
      [{}, ...variables].some((values) => linkIdOf(id, values) === vpcLinkId),
    )
    const ids = new Set<string | undefined>(leading.map(({ IntegrationId }) => IntegrationId))
    for (const { RouteKey, RouteId, Target = '' } of await documentsOf(reader, routes, scope, `${apiId}/`)) {
      if (ids.has(integrationIdOf(Target))) places.push(`${verbOf(RouteKey)}:${RouteId}`)
    }
  }
  if (places.length > 0) {
    throw badRequest(
      `Cannot delete vpc link. Vpc link '${vpcLinkId}', is referenced in [${places.join(', ')}] in format of [Method:Resource].`,
    )
  }
}

/** The private integrations of every API, by the API's id. */
async function linkedIntegrations(reader: Reader, scope: string): Promise<Map<string, IntegrationRecord[]>> {
  const found = new Map<string, IntegrationRecord[]>()
  for (const { key, document } of await reader.list(integrations, scope)) {
    if (document.ConnectionType !== 'VPC_LINK') continue
    const apiId = key.slice(0, key.indexOf('/'))
    found.set(apiId, [...(found.get(apiId) ?? []), document])
  }
  return found
}

/** `GET` of `GET /pets`; `$default` takes any. */
function verbOf(routeKey: string): string {
  return routeKey.includes(' ') ? routeKey.slice(0, routeKey.indexOf(' ')) : 'ANY'
}
