import type { ApiMapping } from '@aws-sdk/client-apigatewayv2'
import {
  type BasePathMappingRecord,
  mappingsOf,
  noBasePath,
} from '../../apigateway/base-path-mapping/base-path-mapping.ts'
import { notFound } from '../../apigateway/refusal.ts'
import type { Reader } from '../../storage/store.ts'

/** @throws {ServiceError} `NotFoundException` for an id that the domain name has no mapping of. */
export async function requireApiMapping(
  reader: Reader,
  scope: string,
  domainKey: string,
  id: string,
): Promise<BasePathMappingRecord> {
  const mapping = (await mappingsOf(reader, scope, domainKey)).find(({ apiMappingId }) => apiMappingId === id)
  if (!mapping) throw notFound('The api mapping resource specified in the request was not found.')
  return mapping
}

/** The answer of every API mapping operation. A base path mapping whose paths name the stage shows none. */
export function presentApiMapping({ apiMappingId, basePath, restApiId, stage }: BasePathMappingRecord): ApiMapping {
  return {
    ApiId: restApiId,
    ApiMappingId: apiMappingId,
    ApiMappingKey: basePath === noBasePath ? '' : basePath,
    Stage: stage,
  }
}
