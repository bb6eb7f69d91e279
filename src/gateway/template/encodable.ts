/** A text that UTF-8 can hold: Java writes half of a surrogate pair as a question mark. */
export function encodable(text: string): string {
  return text.isWellFormed() ? text : text.replace(/\p{Surrogate}/gu, '?')
}
