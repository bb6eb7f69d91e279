import { collection, type Reader, type Transaction } from '../../storage/store.ts'
import type { IntegrationRecord } from '../integration/integration.ts'
import type { MethodResponseRecord } from '../method-response/method-response.ts'
import { notFound } from '../refusal.ts'
import { requireResource } from '../resource/resource.ts'

/** A verb of a resource, with its integration and all responses: what an answer shows is what is stored. */
export interface MethodRecord {
  readonly httpMethod: string
  readonly authorizationType: string
  readonly authorizerId?: string
  readonly apiKeyRequired: boolean
  readonly requestValidatorId?: string
  readonly operationName?: string
  /** `method.request.{location}.{name}` to whether the parameter is required. */
  readonly requestParameters?: Record<string, boolean>
  /** Media type to model name. */
  readonly requestModels?: Record<string, string>
  readonly authorizationScopes?: string[]
  /** By status code. */
  readonly methodResponses?: Record<string, MethodResponseRecord>
  readonly methodIntegration?: IntegrationRecord
}

/** By `{restApiId}/{resourceId}/{verb}`. */
export const methods = collection<MethodRecord>('rest-method')

/** The path labels that name a method. */
export interface MethodIds {
  readonly restApiId: string
  readonly resourceId: string
  readonly httpMethod: string
}

/** The methods of one resource. */
export async function methodsOf(
  reader: Reader,
  scope: string,
  restApiId: string,
  resourceId: string,
): Promise<MethodRecord[]> {
  const entries = await reader.list(methods, scope, { prefix: `${restApiId}/${resourceId}/` })
  return entries.map(({ document }) => document)
}

/** @throws {ServiceError} `NotFoundException` that tells which of resource and method is unknown. */
export async function requireMethod(reader: Reader, scope: string, ids: MethodIds): Promise<MethodRecord> {
  await requireResource(reader, scope, ids.restApiId, ids.resourceId)
  const method = await reader.get(methods, scope, methodKey(ids))
  if (!method) throw notFound('Invalid Method identifier specified')
  return method
}

/** Creates or replaces a method. */
export async function putMethod(
  transaction: Transaction,
  scope: string,
  ids: MethodIds,
  method: MethodRecord,
): Promise<void> {
  await transaction.put(methods, scope, methodKey(ids), method)
}

/** The key of a method. */
export function methodKey({ restApiId, resourceId, httpMethod }: MethodIds): string {
  return `${restApiId}/${resourceId}/${httpMethod}`
}
