import { isObject, type JsonObject, listAt, textAt } from '../json.ts'

/** What makes a document's tag a tag of the API. */
const tagValue = 'x-amazon-apigateway-tag-value'

/** The API's tags. */
export function readTags(root: JsonObject): Record<string, string> {
  return Object.fromEntries(
    listAt(root, 'tags')
      .filter(isObject)
      .flatMap((tag) => {
        const name = textAt(tag, 'name')
        const value = textAt(tag, tagValue)
        return name === undefined || value === undefined ? [] : [[name, value]]
      }),
  )
}

/** Writes the API's tags. */
export function writeTags(tags: Readonly<Record<string, string>>): JsonObject[] {
  return Object.entries(tags).map(([name, value]) => ({ name, [tagValue]: value }))
}

/** The tags that are no tags of the API, but sort operations for readers. */
export function documentedTags(root: JsonObject): JsonObject[] {
  return listAt(root, 'tags')
    .filter(isObject)
    .filter((tag) => !(tagValue in tag))
}
