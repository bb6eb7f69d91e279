import type { Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import type { DomainNameRecord } from '../domain-name/domain-name.ts'
import { isPrivate } from '../domain-name/rules.ts'
import { badRequest } from '../refusal.ts'
import { restApis } from '../rest-api/rest-api.ts'
import { stages } from '../stage/stage.ts'
import { type BasePathMappingRecord, noBasePath } from './base-path-mapping.ts'

/** Documented: letters, digits, and these. */
const basePathForm = /^[A-Za-z0-9$\-_.+!*'()]+$/

/** @throws {ServiceError} `BadRequestException` for more than one segment, and for other characters. */
export function checkBasePath(basePath: string): void {
  if (basePath === noBasePath) return
  if (basePath.includes('/')) {
    throw badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. " +
        'To create a multi-level base path mapping, use API Gateway V2.',
    )
  }
  if (!basePathForm.test(basePath)) {
    throw badRequest(`A base path may only contain letters, numbers, and one of $-_.+!*'(), received: ${basePath}`)
  }
}

/** @throws {ServiceError} `BadRequestException` for an unknown API or stage, and one that the domain name cannot lead to. */
export async function checkTarget(
  reader: Reader,
  caller: Caller,
  domain: DomainNameRecord,
  { restApiId, stage }: Omit<BasePathMappingRecord, 'apiMappingId'>,
): Promise<void> {
  const api = await reader.get(restApis, scopeOf(caller), restApiId)
  if (!api) throw badRequest('Invalid REST API identifier specified')
  if (isPrivate(api) !== isPrivate(domain)) {
    throw badRequest('Private APIs can be mapped by private domain names only, and other APIs by public ones only')
  }
  if (stage !== undefined && !(await reader.get(stages, scopeOf(caller), `${restApiId}/${stage}`))) {
    // Observed: 400 here.
    throw badRequest('Invalid stage identifier specified')
  }
}
