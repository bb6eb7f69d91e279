import { GatewayError } from '../../error.ts'
import { type BodySource, isSource, type ReplyBody } from '../../reply.ts'
import { maxBodyBytes } from '../../request-too-long.ts'

/**
 * A reply's body, whole.
 * @throws {GatewayError} `DEFAULT_5XX` above 10 MB, `INTEGRATION_FAILURE` when it breaks off.
 */
export async function collectBody(body: ReplyBody): Promise<Buffer> {
  if (typeof body === 'string') return Buffer.from(body)
  return isSource(body) ? collect(body) : Buffer.from(body)
}

function collect(source: BodySource): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const keep = (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > maxBodyBytes) reject(new GatewayError('DEFAULT_5XX', 'The response is larger than 10 MB'))
      return bytes <= maxBodyBytes
    }
    source.pour({
      write: keep,
      end(chunk) {
        if (chunk) keep(chunk)
        resolve(Buffer.concat(chunks))
      },
      fail: (cause) => reject(new GatewayError('INTEGRATION_FAILURE', 'The response broke off', { cause })),
    })
  })
}
