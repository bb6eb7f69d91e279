import type { BasePathMapping } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import { badRequest, notFound } from '../refusal.ts'

/** Which API, and which of its stages, a path of a domain name leads to. */
export interface BasePathMappingRecord {
  /** The first segment of paths, or `(none)` for all that no other mapping matches. */
  readonly basePath: string
  readonly restApiId: string
  /** Absent: the path names the stage after the base path. */
  readonly stage?: string
}

/** By `{key of the domain name}/{basePath}`. */
export const basePathMappings = collection<BasePathMappingRecord>('base-path-mapping')

/** How the service writes the empty base path. */
export const noBasePath = '(none)'

/** @throws {ServiceError} `NotFoundException` for a path that the domain name does not map. */
export async function requireBasePathMapping(
  reader: Reader,
  scope: string,
  domainKey: string,
  basePath: string,
): Promise<BasePathMappingRecord> {
  const mapping = await reader.get(basePathMappings, scope, `${domainKey}/${basePath || noBasePath}`)
  if (!mapping) throw notFound('Invalid base path mapping identifier specified')
  return mapping
}

/** The answer of every base path mapping operation. */
export function presentBasePathMapping(mapping: BasePathMappingRecord): BasePathMapping {
  return { ...mapping }
}

/** @throws {ServiceError} `BadRequestException` while a base path of any domain name leads to the API. */
export async function refuseMappedApi(reader: Reader, scope: string, restApiId: string): Promise<void> {
  const entries = await reader.list(basePathMappings, scope)
  const mapped = entries.filter(({ document }) => document.restApiId === restApiId)
  if (mapped.length === 0) return
  const domains = new Set(mapped.map(({ key }) => key.split(/[+/]/, 1)[0]))
  throw badRequest(
    `Deleting RestApi ${restApiId} failed. Please remove all base path mappings related to the RestApi ` +
      `in your domains: ${[...domains].join(', ')}.`,
  )
}
