import type { Cursor } from './cursor.ts'

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/**
 * Reads a text in single or double quotes, the opening one next. A backslash keeps the character after it from ending the
 * text; of `\b`, `\f`, `\n`, `\r`, `\t` and `\u0041` it makes what Java would, of others the character itself.
 */
export function readQuoted(cursor: Cursor): string {
  const from = cursor.at
  const quote = cursor.next
  cursor.at += 1
  let text = ''
  while (!cursor.ended) {
    const character = cursor.next
    cursor.at += 1
    if (character === quote) return text
    text += character === '\\' ? readEscape(cursor) : character
  }
  return cursor.fail(`The text that ${quote} opens is not closed`, from)
}

function readEscape(cursor: Cursor): string {
  const character = cursor.next
  cursor.at += 1
  if (character !== 'u') return escapes[character] ?? character
  const digits = cursor.text.slice(cursor.at, cursor.at + 4)
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) cursor.fail('Expected four hexadecimal digits')
  cursor.at += 4
  return String.fromCharCode(Number.parseInt(digits, 16))
}
