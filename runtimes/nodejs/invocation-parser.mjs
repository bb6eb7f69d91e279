/** Takes invocations out of the Runtime API's answers: `push` bytes, then `next` until it has none. */
export class InvocationParser {
  /** Bytes of an answer that has not arrived whole: a list, so that a long one is joined once. */
  #parts = []
  #length = 0
  /** Bytes that the answer has in all, as far as that is known. */
  #wanted = 0

  /** @param bytes Kept: they must not change. */
  push(bytes) {
    this.#parts.push(bytes)
    this.#length += bytes.length
  }

  /** @returns The head of an invocation (see `header`) and its event's JSON text; `undefined` until one is whole. */
  next() {
    while (this.#length > 0 && this.#length >= this.#wanted) {
      const bytes = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts)
      this.#parts = [bytes]
      const headEnd = bytes.indexOf(emptyLine)
      if (headEnd < 0) return undefined
      const head = bytes.latin1Slice(0, headEnd)
      this.#wanted = headEnd + emptyLine.length + bodyLength(head)
      if (this.#wanted > bytes.length) return undefined
      const end = this.#wanted
      this.#parts = [bytes.subarray(end)]
      this.#length -= end
      this.#wanted = 0
      if (isInvocation(head)) return { head, json: bytes.utf8Slice(headEnd + emptyLine.length, end) }
    }
    return undefined
  }
}

const emptyLine = '\r\n\r\n'

/**
 * Takes an invocation out of text that holds it whole, with the answer before it, and nothing after it: as it usually arrives.
 *
 * @param text Of ASCII alone.
 * @returns As `InvocationParser`'s `next`; `undefined` when the text is something else.
 */
export function wholeInvocation(text) {
  for (let start = 0; start < text.length; ) {
    const headEnd = text.indexOf(emptyLine, start)
    if (headEnd < 0) return undefined
    const head = text.slice(start, headEnd)
    const from = headEnd + emptyLine.length
    start = from + bodyLength(head)
    if (isInvocation(head)) return start === text.length ? { head, json: text.slice(from) } : undefined
  }
  return undefined
}

function isInvocation(head) {
  return head.startsWith('HTTP/1.1 200')
}

function bodyLength(head) {
  return Number(header(head, 'Content-Length') ?? 0)
}

/** @returns The value of a header as the gateway writes it; `undefined` when there is none. */
export function header(head, name) {
  const start = head.indexOf(`\r\n${name}: `)
  if (start < 0) return undefined
  const from = start + name.length + 4
  const end = head.indexOf('\r\n', from)
  return end < 0 ? head.slice(from) : head.slice(from, end)
}
