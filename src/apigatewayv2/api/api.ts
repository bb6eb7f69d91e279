import type { Api, IpAddressType } from '@aws-sdk/client-apigatewayv2'
import { notFound } from '../../apigateway/refusal.ts'
import { collection, type Reader } from '../../storage/store.ts'
import { type Caller, scopeOf } from '../../wire/operation.ts'

/** An HTTP or a WebSocket API: what an answer shows, but for its endpoint. */
export interface ApiRecord {
  readonly ApiId: string
  readonly Name: string
  readonly ProtocolType: 'HTTP' | 'WEBSOCKET'
  readonly RouteSelectionExpression: string
  readonly ApiKeySelectionExpression: string
  readonly DisableExecuteApiEndpoint: boolean
  readonly IpAddressType: IpAddressType
  readonly Description?: string
  readonly Version?: string
  readonly DisableSchemaValidation?: boolean
  /** HTTP APIs only. */
  readonly CorsConfiguration?: CorsRecord
  readonly Tags: Record<string, string>
  /** Of the document that the API was imported from. */
  readonly ImportInfo?: string[]
  /** Of the document that the API was imported from. */
  readonly Warnings?: string[]
  /** Epoch milliseconds. */
  readonly CreatedDate: number
}

/** What web pages of other origins may do. */
export interface CorsRecord {
  readonly AllowCredentials?: boolean
  readonly AllowHeaders?: string[]
  readonly AllowMethods?: string[]
  readonly AllowOrigins?: string[]
  readonly ExposeHeaders?: string[]
  /** Seconds. */
  readonly MaxAge?: number
}

/** By `{apiId}`. */
export const apis = collection<ApiRecord>('v2-api')

/** @throws {ServiceError} `NotFoundException` for an id that no API has. */
export async function requireApi(reader: Reader, caller: Caller, apiId: string): Promise<ApiRecord> {
  const api = await reader.get(apis, scopeOf(caller), apiId)
  if (!api) throw notFound(`Invalid API identifier specified ${apiId}`)
  return api
}

/** The answer of every operation on APIs. */
export function presentApi({ CreatedDate, ...api }: ApiRecord, { region }: Caller): Api {
  const scheme = api.ProtocolType === 'HTTP' ? 'https' : 'wss'
  return {
    ...api,
    ApiEndpoint: `${scheme}://${api.ApiId}.execute-api.${region}.amazonaws.com`,
    CreatedDate: new Date(CreatedDate),
  }
}
