/** What a document is to be. */
export interface WriteOptions {
  /** Whether the document has the service's extensions, which an import needs. */
  readonly includeExtensions: boolean
  /** Where the API is served: `a1b2c3d4e5.execute-api.us-east-1.amazonaws.com`. */
  readonly host: string
  /** The first segment of its paths; empty for `$default`, and for no stage. */
  readonly basePath: string
  /** What an API without a version of its own shows. */
  readonly defaultVersion: string
}
