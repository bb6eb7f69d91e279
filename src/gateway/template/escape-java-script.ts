const short: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  "'": "\\'",
  '/': '\\/',
  '\\': '\\\\',
}

/**
 * Escapes a text as Apache Commons Lang does for JavaScript: quotes of both kinds, backslashes and slashes, and by number
 * whatever is no ASCII or a control character. `\'` is no JSON, so templates take it back: `.replaceAll("\\'", "'")`.
 */
export function escapeJavaScript(text: string): string {
  return text.replace(/[^ !#-&(-.0-[\]-\x7f]/g, (character) => short[character] ?? byNumber(character))
}

function byNumber(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}
