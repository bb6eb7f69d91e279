/** The map or list, or nothing when it has no entries: the service leaves out what a patch has emptied. */
export function nonEmpty<T extends object>(entries: T | undefined): T | undefined {
  return entries && Object.keys(entries).length > 0 ? entries : undefined
}
