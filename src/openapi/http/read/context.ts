import type { Resolve } from '../../document/references.ts'
import type { Findings } from '../../findings.ts'
import type { JsonObject } from '../../json.ts'
import type { IntegrationReader } from './integrations.ts'
import type { SecuritySchemes } from './security-schemes.ts'

/** What the reader of an HTTP API's document has to say about it. */
export interface HttpFindings extends Findings {
  /** What is right in itself, and has no effect on an HTTP API. */
  readonly info: string[]
}

/** What every reader of a part of the document knows. */
export interface ReadContext {
  readonly root: JsonObject
  readonly findings: HttpFindings
  readonly resolve: Resolve
  readonly security: SecuritySchemes
  readonly integrations: IntegrationReader
}

/** The operation that is being read. */
export interface OperationPlace {
  /** `GET /pets`. */
  readonly routeKey: string
  /** Where the operation is, in the observed form: `paths.'/pets'(get)`. */
  readonly attribute: string
}
