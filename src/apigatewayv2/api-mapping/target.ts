import { isPrivate } from '../../apigateway/domain-name/rules.ts'
import { badRequest, notFound } from '../../apigateway/refusal.ts'
import { restApis } from '../../apigateway/rest-api/rest-api.ts'
import { stages } from '../../apigateway/stage/stage.ts'
import type { Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'

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
  const api = await reader.get(restApis, scope, apiId)
  if (!api) throw notFound(`Invalid API identifier specified ${apiId}`)
  if (!(await reader.get(stages, scope, `${apiId}/${stage}`))) throw badRequest('Invalid stage identifier specified')
  return { protocol: 'REST', isPrivate: isPrivate(api) }
}

/** The kind of an API; `undefined` for one that has gone. */
export async function protocolOf(reader: Reader, caller: Caller, apiId: string): Promise<Protocol | undefined> {
  return (await reader.get(restApis, scopeOf(caller), apiId)) && 'REST'
}
