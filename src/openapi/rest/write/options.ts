import type { Describe } from './documented-fields.ts'
import type { SchemeNames } from './security.ts'

/** Which of the service's extensions an exported document has. */
export type ExportExtension = 'integrations' | 'authorizers' | 'validators' | 'apigateway' | 'documentation' | 'postman'

/** What a document is to be. */
export interface WriteOptions {
  readonly version: 'swagger' | 'oas30'
  readonly extensions: ReadonlySet<ExportExtension>
  /** Where the API is served: `a1b2c3d4e5.execute-api.us-east-1.amazonaws.com`. */
  readonly host: string
  readonly stageName: string
  readonly region: string
  /** What an API without a version of its own shows. */
  readonly defaultVersion: string
  /** The version that the documentation is of. */
  readonly documentationVersion?: { readonly version: string; readonly createdDate: string }
}

/** What the writers of a document's parts know. */
export interface WriteContext extends WriteOptions {
  readonly names: SchemeNames
  readonly describe: Describe
}

/** Whether the extension is asked for: `apigateway` stands for all that an import needs. */
export function has({ extensions }: WriteOptions, extension: 'integrations' | 'authorizers' | 'validators'): boolean {
  return extensions.has(extension) || extensions.has('apigateway')
}

/** The version of the document, apart from the rest, as most writers need no more. */
export type Version = WriteOptions['version']
