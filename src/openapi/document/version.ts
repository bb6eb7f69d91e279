import { type JsonObject, textAt } from '../json.ts'

/** The specification that a document follows. */
export type DocumentVersion = 'swagger' | 'oas30' | 'oas31'

/** @returns `undefined` for a document of none of the versions that can be read. */
export function versionOf(root: JsonObject): DocumentVersion | undefined {
  // YAML reads 2.0 as a number, which prints as 2.
  if (/^2(?:\.0)?$/.test(textAt(root, 'swagger') ?? '')) return 'swagger'
  const [, minor] = /^3\.([01])(?:\.\d+.*)?$/.exec(textAt(root, 'openapi') ?? '') ?? []
  if (minor !== undefined) return minor === '0' ? 'oas30' : 'oas31'
  return textAt(root, 'openapi') === '3' ? 'oas30' : undefined
}
