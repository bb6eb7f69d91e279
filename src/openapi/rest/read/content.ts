import { isObject, type JsonObject, objectAt, textsAt } from '../../json.ts'
import type { ReadContext } from './context.ts'

/** What a body may be: the models by media type. */
export type Models = Record<string, string>

/** An operation's `consumes` or `produces`, the document's where it has none; JSON where that has none either. */
export function mediaTypes(operation: JsonObject, root: JsonObject, member: 'consumes' | 'produces'): string[] {
  const own = textsAt(operation, member)
  const shared = own.length > 0 ? own : textsAt(root, member)
  return shared.length > 0 ? shared : ['application/json']
}

/**
 * Reads a `content` map.
 *
 * @param what Names the body in findings.
 * @param place The attribute that holds `content`.
 */
export function readContent(
  holder: JsonObject,
  what: string,
  place: string,
  context: ReadContext,
): { readonly models: Models; readonly examples: JsonObject } {
  const models: [string, string][] = []
  const examples: [string, JsonObject][] = []
  for (const [mediaType, value] of Object.entries(objectAt(holder, 'content'))) {
    const media = context.resolve(value, `${place}.content.'${mediaType}'`)
    if (!media) continue
    const { schema, ...rest } = media
    const name = isObject(schema) ? context.models.nameOf(schema, what) : undefined
    if (name !== undefined) models.push([mediaType, name])
    if (Object.keys(rest).length > 0) examples.push([mediaType, rest])
  }
  return {
    models: Object.fromEntries(models),
    examples: examples.length > 0 ? { content: Object.fromEntries(examples) } : {},
  }
}
