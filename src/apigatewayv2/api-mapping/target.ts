import { isPrivate } from '../../apigateway/domain-name/rules.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import { restApis } from '../../apigateway/rest-api/rest-api.ts'
import { stages as restStages } from '../../apigateway/stage/stage.ts'
import type { Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'
import { apis, requireApi } from '../api/api.ts'
import { stages } from '../stage/stage.ts'

/** What kind of API an id names. */
export type Protocol = 'REST' | 'HTTP' | 'WEBSOCKET'

/** What a mapping or a routing rule leads to. */
export interface Target {
  readonly protocol: Protocol
  /** REST APIs only. */
  readonly isPrivate: boolean
}

/**
 * Finds the stage of an API of whatever protocol.
 * @throws {ServiceError} `NotFoundException` for an unknown API, `BadRequestException` for an unknown stage (observed).
 */
export async function requireTarget(
  reader: Reader,
  caller: Caller,
  { apiId, stage }: { readonly apiId: string; readonly stage: string },
): Promise<Target> {
  const scope = scopeOf(caller)
  const restApi = await reader.get(restApis, scope, apiId)
  const protocol = restApi ? 'REST' : (await requireApi(reader, caller, apiId)).ProtocolType
  const key = `${apiId}/${stage}`
  const found = restApi ? await reader.get(restStages, scope, key) : await reader.get(stages, scope, key)
  if (!found) throw badRequest('Invalid stage identifier specified')
  return { protocol, isPrivate: restApi !== undefined && isPrivate(restApi) }
}

/** The kind of an API; `undefined` for one that has gone. */
export async function protocolOf(reader: Reader, caller: Caller, apiId: string): Promise<Protocol | undefined> {
  const scope = scopeOf(caller)
  if (await reader.get(restApis, scope, apiId)) return 'REST'
  return (await reader.get(apis, scope, apiId))?.ProtocolType
}
