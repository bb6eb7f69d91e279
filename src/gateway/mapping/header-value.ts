import { isAscii, isUtf8 } from 'node:buffer'

const printable = /^[\t\x20-\x7e]*$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a header value must not hold.
const unsendable = /[\x00-\x08\x0a-\x1f\x7f]/

/**
 * A mapped value as a header line holds it, each byte a character: beyond ASCII it is sent as UTF-8.
 * @returns Undefined for what no header can hold: a decoded query may break the line.
 */
export function headerValue(text: string): string | undefined {
  if (printable.test(text)) return text
  return unsendable.test(text) ? undefined : Buffer.from(text, 'utf8').toString('latin1')
}

/**
 * The text of a header line, whose every character is a byte: UTF-8, where it can be read as such.
 * The other way round of {@link headerValue}.
 */
export function headerText(line: string): string {
  // A pattern takes a microsecond for a token.
  if (line.length < 64 && printable.test(line)) return line
  const bytes = Buffer.from(line, 'latin1')
  return isAscii(bytes) || !isUtf8(bytes) ? line : bytes.toString()
}

/** Whether a text is the name of a header. */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text)
}
