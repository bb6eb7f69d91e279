import type { JsonObject } from '../json.ts'

/** What a document can be written as. */
export type DocumentFormat = 'json' | 'yaml'

/** Writes a document, indented, members in their order. */
export function formatDocument(document: JsonObject, format: DocumentFormat): string | Promise<string> {
  return format === 'json' ? JSON.stringify(document, undefined, 2) : formatYaml(document)
}

/**
 * In words that YAML 1.1, which many tools still read, does not take for booleans; without anchors. The writer is loaded on
 * demand: it takes more memory than all of the control plane.
 */
async function formatYaml(document: JsonObject): Promise<string> {
  const { stringify } = await import('yaml')
  return stringify(document, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false })
}
