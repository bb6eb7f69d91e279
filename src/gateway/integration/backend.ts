import type { Invocation } from '../invocation.ts'

/** Names to the values that were mapped to them: in order, at least one, none of them empty. Names keep their case. */
export type MappedValues = ReadonlyMap<string, readonly string[]>

/**
 * A request of a custom (non-proxy) integration, ready to be sent: parameters are mapped, the template is rendered, its
 * overrides are applied. Nothing of the client's request travels but what is in here.
 */
export interface IntegrationRequest {
  /** The verb towards the backend: the integration's, or the client's where that is `ANY`. */
  readonly httpMethod: string
  /** Values of the URI's `{placeholders}` as they were mapped: not encoded. */
  readonly path: MappedValues
  /** Not encoded. */
  readonly querystring: MappedValues
  /** Several values of one name are sent as one line, joined by commas. Safe to send: no value can break a line. */
  readonly headers: MappedValues
  /** The media type that the client declared, whole as sent, else `application/json`; a mapped `Content-Type` wins over it. */
  readonly contentType: string
  /** Text, sent as UTF-8, or bytes. Empty: the request has none. */
  readonly body: string | Buffer
  /** `Root=…`: the `X-Amzn-Trace-Id` for the backend. */
  readonly trace: string
}

/** What a backend answered, whole. */
export interface IntegrationResponse {
  /** 100 to 599; for a Lambda function the status of its invocation. */
  readonly status: number
  /** What `selectionPattern`s are matched with: the status, or a failed Lambda function's `errorMessage`. */
  readonly selectionText: string
  /** Header lines as the backend sent them, flat: name, value, name, value, … */
  readonly headers: readonly string[]
  readonly body: Buffer
  /** The `X-Amzn-Trace-Id` that the client gets; absent: none, as for `MOCK`. */
  readonly trace?: string
}

/**
 * Calls the backend of one deployed method; everything that does not depend on the call is prepared before.
 *
 * @param invocation For who calls, and to learn that the client went away: the call is then ended.
 * @throws {GatewayError} `INTEGRATION_TIMEOUT`, `INTEGRATION_FAILURE`, `API_CONFIGURATION_ERROR`, `DEFAULT_5XX`.
 */
export type Backend = (
  request: IntegrationRequest,
  invocation: Invocation,
) => IntegrationResponse | Promise<IntegrationResponse>
