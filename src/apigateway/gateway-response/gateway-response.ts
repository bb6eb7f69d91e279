import type { GatewayResponse, GatewayResponseType } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'

/** How an API words the errors of one type that the gateway itself answers. */
export interface GatewayResponseRecord {
  readonly responseType: GatewayResponseType
  /** Absent on the `DEFAULT_…` types only: every type keeps its own. */
  readonly statusCode?: string
  /** `gatewayresponse.header.{name}` to a static value, a parameter of the request, or a variable. */
  readonly responseParameters: Record<string, string>
  /** By media type. */
  readonly responseTemplates: Record<string, string>
}

/** By `{restApiId}/{responseType}`: only the types that an API has changed. */
export const gatewayResponses = collection<GatewayResponseRecord>('rest-gateway-response')

/** Observed: the types in the order in which the service lists them, with the status that each answers by default. */
const statusCodes = {
  ACCESS_DENIED: '403',
  API_CONFIGURATION_ERROR: '500',
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  AUTHORIZER_FAILURE: '500',
  BAD_REQUEST_BODY: '400',
  BAD_REQUEST_PARAMETERS: '400',
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  EXPIRED_TOKEN: '403',
  INTEGRATION_FAILURE: '504',
  INTEGRATION_TIMEOUT: '504',
  INVALID_API_KEY: '403',
  INVALID_SIGNATURE: '403',
  MISSING_AUTHENTICATION_TOKEN: '403',
  QUOTA_EXCEEDED: '429',
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  THROTTLED: '429',
  UNAUTHORIZED: '401',
  UNSUPPORTED_MEDIA_TYPE: '415',
  WAF_FILTERED: '403',
} as const satisfies Record<GatewayResponseType, string | undefined>

const standardTemplates = { 'application/json': '{"message":$context.error.messageString}' }

/** What a request says about a response, or a patch has left of it. */
type Draft = Pick<GatewayResponseRecord, 'responseType'> & Partial<GatewayResponseRecord>

/** Fills in what is left open. Observed: from the type itself, whatever the API's `DEFAULT_…` types say. */
export function completed({
  statusCode,
  responseParameters,
  responseTemplates,
  ...draft
}: Draft): GatewayResponseRecord {
  const status = statusCode ?? statusCodes[draft.responseType]
  const hasTemplate = Object.keys(responseTemplates ?? {}).length > 0
  return {
    ...draft,
    ...(status !== undefined && { statusCode: status }),
    responseParameters: responseParameters ?? {},
    responseTemplates: responseTemplates && hasTemplate ? responseTemplates : standardTemplates,
  }
}

/** The responses that an API has changed, by type. */
export async function gatewayResponsesOf(
  reader: Reader,
  scope: string,
  restApiId: string,
): Promise<GatewayResponseRecord[]> {
  const entries = await reader.list(gatewayResponses, scope, { prefix: `${restApiId}/` })
  return entries.map(({ document }) => document)
}

/** All 21 types as an API answers them. */
export function presentAll(changed: readonly GatewayResponseRecord[]): GatewayResponse[] {
  const types = Object.keys(statusCodes).filter(isGatewayResponseType)
  return types.map((responseType) => presentGatewayResponse(responseType, changed))
}

/**
 * The answer about one type.
 *
 * @param changed Those of the API. Observed: a type that is not among them answers as the `DEFAULT_…` type of its class
 *   does, if that one is, and still counts as a default.
 */
export function presentGatewayResponse(
  responseType: GatewayResponseType,
  changed: readonly GatewayResponseRecord[],
): GatewayResponse {
  const own = changed.find((response) => response.responseType === responseType)
  if (own) return { ...own, defaultResponse: false }
  const ofClass = statusCodes[responseType]?.startsWith('4') ? 'DEFAULT_4XX' : 'DEFAULT_5XX'
  const byClass = changed.find((response) => response.responseType === ofClass)
  const inherits = byClass && statusCodes[responseType] !== undefined
  return { ...completed({ ...(inherits && byClass), responseType }), defaultResponse: true }
}

/** Whether there is a response type of the name. */
export function isGatewayResponseType(name: string): name is GatewayResponseType {
  return Object.hasOwn(statusCodes, name)
}
