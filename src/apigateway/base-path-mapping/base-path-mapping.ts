import type { BasePathMapping } from '@aws-sdk/client-api-gateway'
import { routingRules } from '../../apigatewayv2/routing-rule/routing-rule.ts'
import { collection, type Reader, type Transaction } from '../../storage/store.ts'
import { badRequest, notFound } from '../refusal.ts'

/** Which API, and which of its stages, a path of a domain name leads to: an API mapping to the second version. */
export interface BasePathMappingRecord {
  /** What the second version names the mapping by. */
  readonly apiMappingId: string
  /** The first segments of paths, or `(none)` for all that no other mapping matches. More than one: of the second version. */
  readonly basePath: string
  /** An API of whatever protocol. */
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
  if (!mapping || !isSingleLevel(mapping)) throw notFound('Invalid base path mapping identifier specified')
  return mapping
}

/** Whether the first version, which knows paths of one segment only, shows a mapping. */
export function isSingleLevel({ basePath }: Pick<BasePathMappingRecord, 'basePath'>): boolean {
  return !basePath.includes('/')
}

/** The mappings of one domain name. */
export async function mappingsOf(reader: Reader, scope: string, domainKey: string): Promise<BasePathMappingRecord[]> {
  const entries = await reader.list(basePathMappings, scope, { prefix: `${domainKey}/` })
  return entries.map(({ document }) => document)
}

/** Stores a new mapping under an id of its own. @returns `undefined` when its path is mapped already. */
export async function insertMapping(
  transaction: Transaction,
  scope: string,
  domainKey: string,
  draft: Omit<BasePathMappingRecord, 'apiMappingId'>,
  newId: (length: number) => string,
): Promise<BasePathMappingRecord | undefined> {
  const taken = new Set((await mappingsOf(transaction, scope, domainKey)).map(({ apiMappingId }) => apiMappingId))
  let apiMappingId = newId(6)
  while (taken.has(apiMappingId)) apiMappingId = newId(6)
  const mapping = { ...draft, apiMappingId }
  const key = `${domainKey}/${mapping.basePath}`
  return (await transaction.insert(basePathMappings, scope, key, mapping)) ? mapping : undefined
}

/** Stores a changed mapping. @returns `false` when its new path is mapped already. */
export async function moveMapping(
  transaction: Transaction,
  scope: string,
  domainKey: string,
  before: BasePathMappingRecord,
  mapping: BasePathMappingRecord,
): Promise<boolean> {
  await transaction.delete(basePathMappings, scope, `${domainKey}/${before.basePath}`)
  return transaction.insert(basePathMappings, scope, `${domainKey}/${mapping.basePath}`, mapping)
}

/** The answer of every base path mapping operation. */
export function presentBasePathMapping({ apiMappingId: _, ...mapping }: BasePathMappingRecord): BasePathMapping {
  return mapping
}

/** @throws {ServiceError} `BadRequestException` while a base path or a routing rule of any domain name leads to the API. */
export async function refuseMappedApi(reader: Reader, scope: string, restApiId: string): Promise<void> {
  const domains = await domainsLeadingTo(reader, scope, restApiId)
  if (domains.length === 0) return
  throw badRequest(
    `Deleting RestApi ${restApiId} failed. Please remove all base path mappings related to the RestApi ` +
      `in your domains: ${domains.join(', ')}.`,
  )
}

/** The domain names of which a mapping or a routing rule leads to an API. */
export async function domainsLeadingTo(reader: Reader, scope: string, apiId: string): Promise<string[]> {
  const mappings = await reader.list(basePathMappings, scope)
  const rules = await reader.list(routingRules, scope)
  const keys = [
    ...mappings.filter(({ document }) => document.restApiId === apiId),
    ...rules.filter(({ document }) => document.action.apiId === apiId),
  ].map(({ key }) => key)
  return [...new Set(keys.map((key) => key.split(/[+/]/, 1).join('')))]
}
