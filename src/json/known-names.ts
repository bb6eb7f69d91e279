const places = 1_024
/** Longer names are not kept. */
const maxLength = 64

/**
 * Names of members that were read before, each at the one place that its hash gives it: a name that comes again is the same
 * string, and maps find what is the same string without comparing characters. Names of callers' choosing can only push others out.
 */
export class KnownNames {
  readonly #names: string[] = new Array<string>(places).fill('')

  /** `text.slice(start, end)`. @param hash Of its characters. */
  between(text: string, start: number, end: number, hash: number): string {
    const length = end - start
    if (length > maxLength) return text.slice(start, end)
    const place = (hash ^ (hash >>> 10)) & (places - 1)
    const known = this.#names[place] ?? ''
    if (known.length === length && text.startsWith(known, start)) return known
    const name = internalized(text.slice(start, end))
    this.#names[place] = name
    return name
  }
}

/** The one string of these characters that the engine compares by its address. It is the key of objects that have the member. */
function internalized(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text
}
