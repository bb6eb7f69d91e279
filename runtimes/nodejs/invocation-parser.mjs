/** Takes invocations out of the Runtime API's answers: `push` bytes, then `next` until it has none. */
export class InvocationParser {
  /** Bytes of an answer that has not arrived whole: a list, so that a long one is joined once. */
  #parts = []
  #length = 0
  /** Bytes that the answer has in all, as far as that is known. */
  #wanted = 0

  /** @param bytes May be used again for other bytes as soon as `next` has said that it has none. */
  push(bytes) {
    this.#parts.push(bytes)
    this.#length += bytes.length
  }

  /** @returns The head of an invocation (see `header`) and its event's JSON text; `undefined` until one is whole. */
  next() {
    while (this.#length > 0 && this.#length >= this.#wanted) {
      const bytes = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts)
      const headEnd = bytes.indexOf('\r\n\r\n')
      if (headEnd < 0) return this.#keep(bytes, 0)
      const head = bytes.latin1Slice(0, headEnd)
      const end = headEnd + 4 + Number(header(head, 'Content-Length') ?? 0)
      if (end > bytes.length) return this.#keep(bytes, end)
      this.#parts = end === bytes.length ? [] : [bytes.subarray(end)]
      this.#length = bytes.length - end
      this.#wanted = 0
      if (head.startsWith('HTTP/1.1 200')) return { head, json: bytes.utf8Slice(headEnd + 4, end) }
    }
    const last = this.#parts.pop()
    if (last !== undefined) this.#parts.push(Buffer.from(last))
    return undefined
  }

  #keep(bytes, wanted) {
    this.#parts = [Buffer.from(bytes)]
    this.#wanted = wanted
    return undefined
  }
}

/** @returns The value of a header as the gateway writes it; `undefined` when there is none. */
export function header(head, name) {
  const start = head.indexOf(`\r\n${name}: `)
  if (start < 0) return undefined
  const from = start + name.length + 4
  const end = head.indexOf('\r\n', from)
  return end < 0 ? head.slice(from) : head.slice(from, end)
}
