import { isJsonObject, type JsonObject, type JsonValue } from '../../../../json/value.ts'
import { writeJson } from '../../../../json/write.ts'
import type { Authorization } from '../../../authorizer/authorization.ts'
import type { AuthorizerResult } from './result.ts'

/**
 * What a route is told of a caller: the members of `$context.authorizer`, and the `authorizer` of an event. Documented: that
 * of format 2.0 has the context as `lambda`, as it is; that of format 1.0 has its members and the principal.
 */
export function authorizationOf({ principalId, context }: AuthorizerResult, eventFormat: '1.0' | '2.0'): Authorization {
  const principal: [string, JsonValue][] = principalId === undefined ? [] : [['principalId', principalId]]
  const members: JsonObject = new Map([...(context ?? []), ...principal])
  return {
    members: new Map([...members].map(([name, value]) => [name, isJsonObject(value) ? textsOf(value) : textOf(value)])),
    eventText: eventFormat === '2.0' ? `{"lambda":${writeJson(context)}}` : writeJson(members),
  }
}

function textsOf(values: JsonObject): ReadonlyMap<string, string> {
  return new Map([...values].map(([name, value]) => [name, textOf(value)]))
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : writeJson(value)
}
