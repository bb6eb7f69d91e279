/** Where a request comes from. */
export interface RequestOrigin {
  /** IP address of the peer. */
  readonly sourceIp: string
  readonly userAgent?: string
}

/** Who calls a control-plane operation, and where: resources of two scopes never mix. */
export interface Caller {
  /** Twelve digits. */
  readonly account: string
  readonly region: string
  /** The access key that the request names; absent when it is not signed. Whether it is anybody's, IAM knows. */
  readonly accessKeyId?: string
  /**
   * Present where signatures are verified: whose key it was. Without it, a key that nobody has stands for the account's
   * root; with it, a key that has gone since stands for nobody.
   */
  readonly verifiedAs?: 'root' | 'principal'
  /** What conditions of policies can ask about the request; absent for calls that come from within. */
  readonly origin?: RequestOrigin
  /** UUID that the answer carries as `x-amzn-RequestId`. */
  readonly requestId: string
}

/** The storage partition that a caller works in: `{account}/{region}`. */
export function scopeOf({ account, region }: Pick<Caller, 'account' | 'region'>): string {
  return `${account}/${region}`
}

type Exact<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer E)[]
    ? Exact<E>[]
    : T extends object
      ? { [K in keyof T]: Exact<Exclude<T[K], undefined>> }
      : T

type Command<Sdk, N extends string> = `${N}Command` extends keyof Sdk
  ? Extract<Sdk[`${N}Command`], abstract new (...args: never[]) => unknown>
  : never
type Sent<C> = C extends { resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: infer O }> }
  ? O
  : never

/** The operation names of an AWS SDK client package: every export `{Name}Command`. */
export type OperationName<Sdk> = {
  [K in keyof Sdk]: K extends `${infer N}Command` ? (N extends '$' ? never : N) : never
}[keyof Sdk]

/** An operation's input as the wire layer delivers it: required members present, absent members absent. */
export type Input<Sdk, N extends string> = Exact<NonNullable<ConstructorParameters<Command<Sdk, N>>[0]>>

/** An operation's output; members that are `undefined` are left out on the wire. */
export type Output<Sdk, N extends string> = Omit<Sent<InstanceType<Command<Sdk, N>>>, '$metadata'>

/**
 * One control-plane operation. Its input has passed the service model's constraints.
 * @throws {ServiceError} for every expected refusal; anything else is a bug and answers 500.
 */
export type Operation<I = never, O = unknown> = (input: I, caller: Caller) => Promise<O>

/** All operations of a service, typed by its SDK package, so that a misspelt or mistyped handler fails the type check. */
export type Operations<Sdk> = {
  readonly [N in OperationName<Sdk>]: Operation<Input<Sdk, N>, Output<Sdk, N>>
}
