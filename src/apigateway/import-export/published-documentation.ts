import type { DocumentationPartDefinition } from '../../openapi/rest/definition.ts'
import type { Reader } from '../../storage/store.ts'
import { documentationSnapshots, documentationVersions } from '../documentation-version/documentation-version.ts'
import type { StageRecord } from '../stage/stage.ts'
import { describePart } from './stored-definition.ts'

/** The documentation of a stage: a frozen version. */
export interface PublishedDocumentation {
  readonly version: string
  /** Epoch milliseconds. */
  readonly createdDate: number
  readonly parts: readonly DocumentationPartDefinition[]
}

/** Reads the documentation that a stage is published with. Documented: a stage without a version has none. */
export async function readPublished(
  reader: Reader,
  scope: string,
  restApiId: string,
  { documentationVersion: version }: StageRecord,
): Promise<PublishedDocumentation | undefined> {
  if (version === undefined) return undefined
  const record = await reader.get(documentationVersions, scope, `${restApiId}/${version}`)
  const snapshot = await reader.get(documentationSnapshots, scope, `${restApiId}/${version}`)
  if (!record || !snapshot) return undefined
  return { version, createdDate: record.createdDate, parts: snapshot.parts.map(describePart) }
}
