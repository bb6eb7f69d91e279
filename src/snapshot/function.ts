/** A published state of a Lambda function's code and settings: `$LATEST` or an immutable version. Plain JSON data. */
export interface FunctionVersion {
  /** Unqualified: `arn:aws:lambda:{region}:{account}:function:{name}`. */
  readonly functionArn: string
  readonly functionName: string
  /** `$LATEST` or a number. */
  readonly version: string
  readonly runtime: string
  readonly handler: string
  readonly role: string
  /** Hex SHA-256 of the zip: its blob's name is `code/{digest}`. */
  readonly codeDigest: string
  /** In merge order; each blob is `code/{digest}`. */
  readonly layers: readonly { readonly arn: string; readonly codeDigest: string }[]
  readonly environment: Readonly<Record<string, string>>
  readonly memoryMegabytes: number
  readonly timeoutSeconds: number
  /** Changes with every change of code or settings: environments of an older revision end. */
  readonly revisionId: string
}

/** Everything that invoking a function by any of its qualifiers needs. */
export interface PublishedFunction {
  readonly functionArn: string
  /** By version: `$LATEST`, `1`, … */
  readonly versions: Readonly<Record<string, FunctionVersion>>
  /** By alias name. */
  readonly aliases: Readonly<Record<string, FunctionAlias>>
  /** Resource policy by qualifier; the unqualified function's is under the empty text. */
  readonly policies: Readonly<Record<string, readonly PolicyStatement[]>>
  /** Most invocations at once; 0 refuses all. Absent: only the pool's own limit holds. */
  readonly reservedConcurrency?: number
}

export interface FunctionAlias {
  readonly version: string
  /** Further versions with their share of calls, 0 to 1. */
  readonly additionalVersionWeights: Readonly<Record<string, number>>
}

/** One statement of a function's resource policy, as `AddPermission` writes it. */
export interface PolicyStatement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Principal: string | { readonly Service: string } | { readonly AWS: string }
  readonly Action: string
  readonly Resource: string
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** What the control plane tells the function pool when a function was created, changed or deleted. */
export interface FunctionChange {
  /** Unqualified. */
  readonly functionArn: string
  /** Absent: the function is gone. */
  readonly published?: PublishedFunction
}
