import type { DocumentationVersion } from '@aws-sdk/client-api-gateway'
import { collection, type Reader } from '../../storage/store.ts'
import type { DocumentationPartRecord } from '../documentation-part/documentation-part.ts'
import { notFound } from '../refusal.ts'

/** A frozen state of an API's documentation; the parts themselves are beside it in `documentationSnapshots`. */
export interface DocumentationVersionRecord {
  readonly version: string
  readonly description?: string
  /** Epoch milliseconds. */
  readonly createdDate: number
}

/** By `{restApiId}/{version}`. */
export const documentationVersions = collection<DocumentationVersionRecord>('rest-documentation-version')

/** By `{restApiId}/{version}`: apart, so that a list of versions reads no parts. */
export const documentationSnapshots = collection<{ readonly parts: DocumentationPartRecord[] }>(
  'rest-documentation-snapshot',
)

/** @throws {ServiceError} `NotFoundException` for what is no version of the API's documentation. */
export async function requireDocumentationVersion(
  reader: Reader,
  scope: string,
  restApiId: string,
  documentationVersion: string,
): Promise<DocumentationVersionRecord> {
  const version = await reader.get(documentationVersions, scope, `${restApiId}/${documentationVersion}`)
  if (!version) throw notFound('Invalid Documentation version specified')
  return version
}

/** The answer. */
export function presentDocumentationVersion(record: DocumentationVersionRecord): DocumentationVersion {
  return { ...record, createdDate: new Date(record.createdDate) }
}
