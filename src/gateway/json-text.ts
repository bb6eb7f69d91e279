import { remembering } from './remembering.ts'

/** The JSON text of a text of which there are few. */
export const jsonText = remembering((text) => JSON.stringify(text))

/** The same text in one piece, for one that becomes part of many others: what was put together from pieces stays so. */
export function flat(text: string): string {
  return Buffer.from(text).toString()
}

/** For texts that are used once. */
export function asItIs(text: string): string {
  return text
}
