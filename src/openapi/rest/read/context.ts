import type { Resolve } from '../../document/references.ts'
import type { DocumentVersion } from '../../document/version.ts'
import type { Findings } from '../../findings.ts'
import type { JsonObject } from '../../json.ts'
import type { DocumentationCollector } from './documentation.ts'
import type { ModelRegistry } from './model-registry.ts'
import type { SecuritySchemes } from './security-schemes.ts'

/** What every reader of a part of the document knows. */
export interface ReadContext {
  readonly version: DocumentVersion
  readonly root: JsonObject
  readonly findings: Findings
  readonly resolve: Resolve
  readonly models: ModelRegistry
  readonly security: SecuritySchemes
  readonly documentation: DocumentationCollector
}

/** The operation that is being read, for findings: `GET` and `/pets`. */
export interface OperationPlace {
  readonly verb: string
  readonly path: string
}

/** Observed form of an attribute's place: `paths.'/pets'(get).responses.200`. */
export function attribute({ verb, path }: OperationPlace, member: string): string {
  return `paths.'${path}'(${verb.toLowerCase()}).${member}`
}
