/** An HTTP request to the control plane, read whole. Plain data, so that it crosses threads. */
export interface WireRequest {
  readonly method: string
  /** Raw request target: path and query as sent. */
  readonly target: string
  /** Names in lower case; repeated headers joined with `, `. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly remoteAddress: string
}

export interface WireResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

/** Largest control-plane request: Lambda's limit on a whole `CreateFunction` call, in bytes. */
export const maxRequestBytes = 70_167_211
