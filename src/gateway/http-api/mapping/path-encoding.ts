/** A decoded path as a URL holds it: slashes stay, all that would end it or be decoded again is escaped. */
export function encodePath(path: string): string {
  return path.toWellFormed().replace(/[^\x21\x22\x24\x26-\x3e\x40-\x7e]+/g, encodeURIComponent)
}
