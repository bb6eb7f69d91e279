/**
 * Applies what an update gives: absent members stay as they are, and an empty text takes a member away, as there is no
 * other way to.
 */
export function merged<D extends object>(stored: D, changes: Partial<D>): D {
  const entries = Object.entries({ ...stored, ...changes }).filter(([, value]) => value !== '')
  // The members that a document must have are given by every create, and are no empty texts: their rules see to it.
  return Object.fromEntries(entries) as D
}

/** Applies a map that an update gives: keys that it leaves out stay, and those with an empty value go. */
export function mergedMap<V>(
  stored: Readonly<Record<string, V>> = {},
  changes: Readonly<Record<string, V>> = {},
  isEmpty: (value: V) => boolean = (value) => value === '',
): Record<string, V> {
  return Object.fromEntries(Object.entries({ ...stored, ...changes }).filter(([, value]) => !isEmpty(value)))
}
