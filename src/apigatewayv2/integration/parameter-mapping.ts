import { invalidMapping } from '../../apigateway/mapping-expression.ts'
import { badRequest } from '../../apigateway/refusal.ts'
import type { IntegrationRecord } from './integration.ts'

const name = "[a-zA-Z0-9!#$%&'*+.^_`|~-]+"
const requestKey = new RegExp(`^(?:(?:append|overwrite|remove):(?:header|querystring)\\.${name}|overwrite:path)$`)
const responseKey = new RegExp(`^(?:(?:append|overwrite|remove):header\\.${name}|overwrite:statuscode)$`)

/** Documented: what the gateway and HTTP keep to themselves. */
const reservedHeader =
  /^(?:access-control-.*|apigw-.*|x-amz-.*|x-amzn-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via)$/i

/** What a value reads; everything else is static text. */
const requestSource =
  /^\$(?:request\.(?:header|querystring|path)\..+|request\.path|request\.body(?:[.[].+)?|context\..+|stageVariables\..+)$/s
const responseSource =
  /^\$(?:request\.(?:header|querystring|path)\..+|request\.path|response\.header\..+|response\.body(?:[.[].+)?|context\..+|stageVariables\..+)$/s

/**
 * Checks what an integration of an HTTP API changes in requests and responses.
 * @throws {ServiceError} `BadRequestException` for a parameter that cannot be changed, and for a value that reads nothing.
 */
export function checkParameterMapping({ RequestParameters = {}, ResponseParameters = {} }: IntegrationRecord): void {
  for (const [key, value] of Object.entries(RequestParameters)) {
    if (!requestKey.test(key)) throw invalidMapping(`Invalid Request Actioned Parameter destination specified: ${key}`)
    checkHeader(key)
    checkValue(value, requestSource)
  }
  for (const [status, mappings] of Object.entries(ResponseParameters)) {
    if (!/^[2-5]\d\d$/.test(status)) throw badRequest(`Status Code ${status} is not valid`)
    for (const [key, value] of Object.entries(mappings)) {
      if (!responseKey.test(key)) {
        throw invalidMapping(`Invalid Response Actioned Parameter destination specified: ${key}`)
      }
      checkHeader(key)
      checkValue(value, responseSource)
    }
  }
}

function checkHeader(key: string): void {
  const header = /^\w+:header\.(.+)$/.exec(key)?.[1]
  if (header !== undefined && reservedHeader.test(header)) {
    throw invalidMapping(`Operations on header ${header} are restricted`)
  }
}

/** A value is one expression, or text in which several stand in braces. */
function checkValue(value: string, source: RegExp): void {
  const expressions = value.startsWith('$') && !value.startsWith('${') ? [value] : bracedIn(value)
  const wrong = expressions.find((expression) => !source.test(expression))
  if (wrong !== undefined) throw invalidMapping(`Invalid mapping expression specified: ${wrong}`)
}

function bracedIn(value: string): string[] {
  return [...value.matchAll(/\$\{([^}]*)\}/g)].map(([, expression = '']) => `$${expression}`)
}
