/** Query parameters in order, flat and form-decoded: name, value, name, value, … */
export type QueryParameters = readonly string[]

/**
 * Parses a raw query: `+` is a blank, what is no valid escape stays as it is, and a parameter without `=` has an empty value.
 *
 * @param separators What splits parameters: `&` and `;` for REST APIs, `&` alone for HTTP APIs.
 */
export function parseQuery(query: string, separators: '&' | '&;' = '&;'): QueryParameters {
  const splitsAtSemicolon = separators === '&;'
  const parameters: string[] = []
  let from = 0
  for (let at = 0; at <= query.length; at++) {
    const code = at < query.length ? query.charCodeAt(at) : ampersand
    if (code !== ampersand && !(splitsAtSemicolon && code === semicolon)) continue
    if (at > from) addParameter(parameters, query.slice(from, at))
    from = at + 1
  }
  return parameters
}

const ampersand = 38
const semicolon = 59

function addParameter(parameters: string[], text: string): void {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  parameters.push(formDecode(name), equals < 0 ? '' : formDecode(text.slice(equals + 1)))
}

function formDecode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    // Some escape is no UTF-8: decode those that are bytes, and replace what they cannot spell.
    return Buffer.from(
      spaced.replace(/%([0-9a-f]{2})|[^\x20-\x7e]/gi, (all, hex: string | undefined) =>
        hex ? String.fromCharCode(Number.parseInt(hex, 16)) : Buffer.from(all, 'utf8').toString('latin1'),
      ),
      'latin1',
    ).toString('utf8')
  }
}
