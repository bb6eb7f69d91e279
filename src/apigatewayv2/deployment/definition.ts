import type { Reader } from '../../storage/store.ts'
import type { ApiRecord } from '../api/api.ts'
import { type AuthorizerRecord, authorizers } from '../authorizer/authorizer.ts'
import { type IntegrationRecord, integrations } from '../integration/integration.ts'
import { documentsOf } from '../paging.ts'
import { type RouteRecord, routes } from '../route/route.ts'

/** An API as it stands: all that a deployment freezes. */
export interface Definition {
  readonly api: ApiRecord
  /** Sorted by key. */
  readonly routes: readonly RouteRecord[]
  /** By id. */
  readonly integrations: ReadonlyMap<string, IntegrationRecord>
  /** By id. */
  readonly authorizers: ReadonlyMap<string, AuthorizerRecord>
}

/** Reads an API as it stands. */
export async function readDefinition(reader: Reader, scope: string, api: ApiRecord): Promise<Definition> {
  const prefix = `${api.ApiId}/`
  const ofApi = await documentsOf(reader, routes, scope, prefix)
  const backends = await documentsOf(reader, integrations, scope, prefix)
  const deciders = await documentsOf(reader, authorizers, scope, prefix)
  return {
    api,
    routes: ofApi.sort((a, b) => (a.RouteKey < b.RouteKey ? -1 : 1)),
    integrations: new Map(backends.map((integration) => [integration.IntegrationId, integration])),
    authorizers: new Map(deciders.map((authorizer) => [authorizer.AuthorizerId, authorizer])),
  }
}
