import type { Resource } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import type { MethodRecord } from '../method/method.ts'
import { notFound } from '../refusal.ts'

/** One node of an API's resource tree. */
export interface ResourceRecord {
  readonly id: string
  /** Absent on the root only. */
  readonly parentId?: string
  /** Absent on the root only. */
  readonly pathPart?: string
  /** `/pets/{petId}`: kept in step with the path parts of all ancestors. */
  readonly path: string
}

/** By `{restApiId}/{resourceId}`. */
export const resources = collection<ResourceRecord>('rest-resource')

/**
 * Finds a resource.
 * @throws {ServiceError} `NotFoundException`. Observed: an unknown API is refused in the same words.
 */
export async function requireResource(
  reader: Reader,
  scope: string,
  restApiId: string,
  resourceId: string,
): Promise<ResourceRecord> {
  const resource = await reader.get(resources, scope, `${restApiId}/${resourceId}`)
  if (!resource) throw notFound('Invalid Resource identifier specified')
  return resource
}

/** All resources of an API. */
export async function resourcesOf(reader: Reader, scope: string, restApiId: string): Promise<ResourceRecord[]> {
  const entries = await reader.list(resources, scope, { prefix: `${restApiId}/` })
  return entries.map(({ document }) => document)
}

/** @param embedMethods Whole methods under their verbs instead of empty objects. */
export function presentResource(
  resource: ResourceRecord,
  methods: readonly MethodRecord[],
  embedMethods: boolean,
): Resource {
  if (methods.length === 0) return resource
  const byVerb = methods.map((method) => [method.httpMethod, embedMethods ? method : {}])
  return { ...resource, resourceMethods: Object.fromEntries(byVerb) }
}
