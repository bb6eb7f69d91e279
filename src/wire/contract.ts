/** The wire protocols of AWS's service models that a request can speak. */
export type Protocol = 'restJson1' | 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'rpcv2Cbor'

/**
 * What a service's model says about its wire form: generated from its SDK package (structure and HTTP bindings) and from
 * botocore (constraints and the errors of each operation) by `npm run generate`.
 */
export interface Contract {
  /** Our name of the service, after the SDK's: `apigateway`, `apigatewayv2`, `iam`, `lambda`, `sts`. */
  readonly service: string
  /** The packages that it was generated from, with their versions. */
  readonly sources: Readonly<Record<string, string>>
  readonly protocols: readonly Protocol[]
  /** The service name in SigV4 credential scopes. Services may share one. */
  readonly signingName: string
  /** First label of the service's host names. */
  readonly endpointPrefix: string
  readonly apiVersion: string
  /** Prefix of `X-Amz-Target` in the JSON protocols. */
  readonly targetPrefix?: string
  /** Of the answers in the XML protocols. */
  readonly xmlNamespace?: string
  readonly operations: Readonly<Record<string, OperationShape>>
  readonly structures: Readonly<Record<string, Structure>>
}

export interface OperationShape {
  readonly http: HttpBinding
  /** Names of structures; absent when the operation takes or answers nothing. */
  readonly input?: string
  readonly output?: string
  /** Names of the errors that the operation declares; absent where the constraints' source does not know the operation. */
  readonly errors?: readonly string[]
}

export interface HttpBinding {
  readonly method: string
  /** Path with `{Member}` and `{Member+}` labels, and literal query parameters that belong to the route. */
  readonly uri: string
  readonly status: number
}

export interface Structure {
  readonly members: Readonly<Record<string, Member>>
  /** Exactly one member is set. */
  readonly union?: true
  /** Present on exceptions; `code` is the name in `awsQuery` where it is not the structure's own. */
  readonly error?: { readonly fault: 'client' | 'server'; readonly status: number; readonly code?: string }
}

/** Where a member travels when it is not in the body: `status` is the answer's status, `queryMap` all remaining parameters. */
export type Location = 'label' | 'query' | 'queryMap' | 'header' | 'prefixHeaders' | 'payload' | 'status'

export interface Member {
  readonly shape: Shape
  readonly required?: true
  readonly in?: Location
  /** Its name in the body, query or headers where that differs from the member's own. */
  readonly name?: string
  /** Never logged nor repeated in errors. */
  readonly sensitive?: true
  /** In `awsQuery`, its items stand directly under its name. */
  readonly flat?: true
}

/** Lengths of strings, blobs, lists and maps; values of numbers. Both ends included. */
interface Range {
  readonly min?: number
  readonly max?: number
}

export interface TextShape extends Range {
  readonly type: 'string'
  readonly enum?: readonly string[]
  /** Must match the whole string, as AWS's services do whatever Smithy says about anchors. */
  readonly pattern?: string
}

export interface NumberShape extends Range {
  readonly type: 'integer' | 'long' | 'float' | 'double'
}

export interface ListShape extends Range {
  readonly type: 'list'
  readonly item: Shape
  /** What XML and forms call an item; `member` by default. */
  readonly itemName?: string
}

export interface MapShape extends Range {
  readonly type: 'map'
  readonly key: TextShape
  readonly value: Shape
  /** What XML and forms call them; `key` and `value` by default. */
  readonly keyName?: string
  readonly valueName?: string
}

export interface BlobShape extends Range {
  readonly type: 'blob'
  readonly streaming?: true
}

/** Without a format, the protocol's own for the member's place. */
export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds'

export type Shape =
  | TextShape
  | NumberShape
  | ListShape
  | MapShape
  | BlobShape
  | { readonly type: 'boolean' | 'document' }
  | { readonly type: 'timestamp'; readonly format?: TimestampFormat }
  | { readonly type: 'structure'; readonly of: string }
