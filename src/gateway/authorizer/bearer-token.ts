/** The token of an `Authorization` header, or of another place: the word `Bearer` may be left out. Empty: there is none. */
export function bearerToken(value = ''): string {
  return value.replace(/^Bearer +/i, '').trim()
}
