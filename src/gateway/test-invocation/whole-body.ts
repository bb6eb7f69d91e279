import { type BodySource, isSource, type ReplyBody } from '../reply.ts'

/** A body that has arrived whole, or as far as it is wanted. */
export interface WholeBody {
  readonly text: string
  /** Why it broke off. */
  readonly failure?: Error
}

/** Documented: so much of a streamed response is collected, in bytes, and so long, in milliseconds. */
const maxBytes = 1_048_576
const maxWaitMs = 35_000

/** Reads a reply's body to its end, as far as a test shows it. */
export async function wholeBody(body: ReplyBody): Promise<WholeBody> {
  if (typeof body === 'string') return { text: body }
  if (isSource(body)) return collect(body)
  return { text: Buffer.from(body).toString('utf8') }
}

function collect(source: BodySource): Promise<WholeBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const finish = (failure?: Error) => {
      clearTimeout(late)
      resolve({ text: Buffer.concat(chunks).toString('utf8'), ...(failure && { failure }) })
    }
    const late = setTimeout(finish, maxWaitMs)
    const keep = (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
    }
    source.pour({
      write(chunk) {
        keep(chunk)
        if (bytes < maxBytes) return true
        finish()
        return false
      },
      end(chunk) {
        if (chunk) keep(chunk)
        finish()
      },
      fail: finish,
    })
  })
}
