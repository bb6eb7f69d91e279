import { compilePath, type JsonPath } from '../../jsonpath/json-path.ts'

/** A template's own paths are few; those that it makes of callers' texts must not fill the memory. */
const maxPaths = 200

/** Compiles each path once. */
export function rememberedPaths(): (text: string) => JsonPath {
  const known = new Map<string, JsonPath>()
  return (text) => {
    const hit = known.get(text)
    if (hit) return hit
    const path = compilePath(text)
    if (known.size < maxPaths) known.set(text, path)
    return path
  }
}
