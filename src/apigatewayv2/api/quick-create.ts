import { badRequest, notFound } from '../../apigateway/refusal.ts'
import type { Transaction } from '../../storage/store.ts'
import { parseArn } from '../../wire/arn.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { insertChild } from '../insert-child.ts'
import { type IntegrationRecord, integrations } from '../integration/integration.ts'
import { checkIntegration } from '../integration/rules.ts'
import { merged } from '../merge.ts'
import { documentsOf } from '../paging.ts'
import { type RouteRecord, routes } from '../route/route.ts'
import { checkRoute } from '../route/rules.ts'
import { insertStage, newStage } from '../stage/new-stage.ts'
import type { ApiRecord } from './api.ts'

/** A whole API in one call: a backend, a route to it, and a stage that serves it. */
export interface QuickCreate {
  /** A URL, or a function's ARN. */
  readonly Target?: string
  /** Default: `$default`. */
  readonly RouteKey?: string
  /** Role that calls the function. */
  readonly CredentialsArn?: string
}

/** What quick create works with. */
export interface QuickCreation {
  readonly transaction: Transaction
  readonly caller: Caller
  readonly newId: (length: number) => string
  readonly nowMs: number
}

/**
 * Makes what an API that is created with a target has at once, all marked as `ApiGatewayManaged`.
 * @throws {ServiceError} `BadRequestException` without a target, and for a WebSocket API.
 */
export async function quickCreate(creation: QuickCreation, api: ApiRecord, quick: QuickCreate): Promise<void> {
  const { Target, RouteKey = '$default', CredentialsArn } = quick
  if (Target === undefined && quick.RouteKey === undefined && CredentialsArn === undefined) return
  refuseQuickCreate(api)
  if (Target === undefined)
    throw badRequest('RouteKey and CredentialsArn are part of quick create, which needs a Target')
  const { transaction, caller, newId, nowMs } = creation
  const { ApiId } = api
  const scope = scopeOf(caller)
  const backend = { ...backendOf(Target), ...(CredentialsArn && { CredentialsArn }) }
  const integration = await insertChild<IntegrationRecord>(
    transaction,
    integrations,
    scope,
    ApiId,
    () => newId(7),
    (IntegrationId) => ({
      IntegrationId,
      ...backend,
      ConnectionType: 'INTERNET',
      TimeoutInMillis: 30_000,
      ApiGatewayManaged: true,
    }),
  )
  await checkIntegration(transaction, caller, api, integration)
  const route = await insertChild<RouteRecord>(
    transaction,
    routes,
    scope,
    ApiId,
    () => newId(7),
    (RouteId) => ({
      RouteId,
      RouteKey,
      Target: `integrations/${integration.IntegrationId}`,
      AuthorizationType: 'NONE',
      ApiKeyRequired: false,
      ApiGatewayManaged: true,
    }),
  )
  await checkRoute(transaction, scope, api, route)
  const stage = newStage(api, { StageName: '$default', AutoDeploy: true }, nowMs)
  await insertStage(transaction, scope, ApiId, { ...stage, ApiGatewayManaged: true })
}

/**
 * Changes what quick create has made.
 * @throws {ServiceError} `BadRequestException` for a WebSocket API, `NotFoundException` for an API that was made otherwise.
 */
export async function updateQuickCreated(
  { transaction, caller }: QuickCreation,
  api: ApiRecord,
  { Target, RouteKey, CredentialsArn }: QuickCreate,
): Promise<void> {
  if (Target === undefined && RouteKey === undefined && CredentialsArn === undefined) return
  refuseQuickCreate(api)
  const scope = scopeOf(caller)
  const prefix = `${api.ApiId}/`
  if (Target !== undefined || CredentialsArn !== undefined) {
    const stored = requireManaged(await documentsOf(transaction, integrations, scope, prefix), 'integration')
    const backend = Target === undefined ? {} : backendOf(Target)
    const integration = merged(stored, { ...backend, ...(CredentialsArn !== undefined && { CredentialsArn }) })
    await checkIntegration(transaction, caller, api, integration)
    await transaction.put(integrations, scope, prefix + integration.IntegrationId, integration)
  }
  if (RouteKey !== undefined) {
    const stored = requireManaged(await documentsOf(transaction, routes, scope, prefix), 'route')
    const route = { ...stored, RouteKey }
    await checkRoute(transaction, scope, api, route)
    await transaction.put(routes, scope, prefix + route.RouteId, route)
  }
}

function backendOf(target: string) {
  return parseArn(target)
    ? ({
        IntegrationType: 'AWS_PROXY',
        IntegrationMethod: 'POST',
        IntegrationUri: target,
        PayloadFormatVersion: '2.0',
      } as const)
    : ({
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'ANY',
        IntegrationUri: target,
        PayloadFormatVersion: '1.0',
      } as const)
}

function refuseQuickCreate({ ProtocolType }: ApiRecord): void {
  if (ProtocolType !== 'HTTP') throw badRequest(`Quick create is not supported for ${ProtocolType} protocolType`)
}

function requireManaged<D extends { readonly ApiGatewayManaged?: boolean }>(documents: readonly D[], kind: string): D {
  const managed = documents.find(({ ApiGatewayManaged }) => ApiGatewayManaged)
  if (!managed) throw notFound(`The API has no ${kind} that was made by quick create`)
  return managed
}
