import type { ContentHandlingStrategy } from '@aws-sdk/client-api-gateway'
import { type JsonObject, objectAt, textAt } from '../../json.ts'
import type { OperationPlace, ReadContext } from './context.ts'

/** The extension that holds a method's integration. */
export const extension = 'x-amazon-apigateway-integration'
const contentHandlings: Readonly<Record<string, ContentHandlingStrategy>> = {
  CONVERT_TO_BINARY: 'CONVERT_TO_BINARY',
  CONVERT_TO_TEXT: 'CONVERT_TO_TEXT',
}

/** Reads a `contentHandling`. */
export function readContentHandling(source: JsonObject, place: OperationPlace, context: ReadContext) {
  const word = upperAt(source, 'contentHandling')
  if (word === undefined) return {}
  const contentHandling = contentHandlings[word]
  if (!contentHandling) refuse(context, place, `Invalid ContentHandling specified: ${word}`)
  return { ...(contentHandling && { contentHandling }) }
}

/** A map of texts; observed: other values are left out, with these words. */
export function textMap<M extends string>(
  source: JsonObject,
  member: M,
  { verb, path }: OperationPlace,
  { findings }: ReadContext,
): { [K in M]?: Record<string, string> } {
  const entries: [string, string][] = []
  for (const [name, value] of Object.entries(objectAt(source, member))) {
    if (typeof value === 'string') entries.push([name, value])
    else {
      const got = typeof value === 'object' ? JSON.stringify(value) : String(value)
      findings.warnings.push(
        `Invalid format for '${member}'. Expected type string for property '${name}' of resource '${path}' and method '${verb}' but got '${got}'`,
      )
    }
  }
  const map: { [K in M]?: Record<string, string> } = {}
  return entries.length === 0 ? map : { ...map, [member]: Object.fromEntries(entries) }
}

/** The members that are there, as texts. */
export function texts<M extends string>(source: JsonObject, names: { readonly [K in M]: K }): { [K in M]?: string } {
  const found: { [K in M]?: string } = {}
  for (const name of Object.values<M>(names)) {
    const text = textAt(source, name)
    if (text !== undefined) found[name] = text
  }
  return found
}

/** A word, which may be in any case. */
export function upperAt(source: JsonObject, member: string): string | undefined {
  return textAt(source, member)?.toUpperCase()
}

/** Tells what of an integration is left out. */
export function warn({ findings }: ReadContext, { verb, path }: OperationPlace, what: string): void {
  findings.warnings.push(`Integration on '${verb}' for resource at path '${path}': ${what}. Ignoring.`)
}

/** Tells why an integration cannot be. */
export function refuse({ findings }: ReadContext, { verb, path }: OperationPlace, reason: string): void {
  findings.errors.push(`Unable to put integration on '${verb}' for resource at path '${path}': ${reason}`)
}
