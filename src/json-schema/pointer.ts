/**
 * Follows a reference within a document.
 * @param pointer `#`, or `#/definitions/Pet`.
 * @returns Undefined when it leads nowhere.
 */
export function resolvePointer(root: unknown, pointer: string): unknown {
  if (pointer === '#' || pointer === '#/') return root
  let value = root
  for (const name of pointer.slice(2).split('/')) {
    const key = decoded(name).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
