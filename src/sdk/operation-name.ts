/**
 * The name of a client's method. Documented: the operation's name, if it has one. Observed: else the words of path and verb
 * in camel case, `root` for the root, such as `petsPetIdGet` for `GET /pets/{petId}` and `getBookingsGet` for
 * `GET /get_bookings`.
 */
export function operationName(path: string, verb: string, ownName = ''): string {
  const name = camelCase(wordsOf(ownName))
  if (name !== '') return safe(name)
  const place = wordsOf(path)
  return safe(camelCase([...(place.length > 0 ? place : ['root']), verb.toLowerCase()]))
}

function wordsOf(text: string): string[] {
  return text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
}

function camelCase([first = '', ...others]: readonly string[]): string {
  const start = first.charAt(0).toLowerCase() + first.slice(1)
  return start + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

/** No name starts with a digit, and `then` would make a client a promise. */
function safe(name: string): string {
  if (name === 'then') return 'then_'
  return /^\d/.test(name) ? `_${name}` : name
}
