import { GatewayError } from '../error.ts'
import { HeaderList, isNamed } from '../headers.ts'
import type { Invocation } from '../invocation.ts'
import type { Step } from '../pipeline.ts'
import { receivedBody } from '../received-body.ts'
import { maxBodyBytes, requestTooLong } from '../request-too-long.ts'
import { whenKnown } from '../when-known.ts'
import { type Coding, codingOf, decompress } from './coding.ts'

/** Decompresses the bodies of requests before anything else reads them; their size is limited before and after. */
export const decompressRequests: Step<unknown> = (_method, next) => (invocation) => {
  const { headers, body } = invocation.request
  const encoding = headers.get('content-encoding')?.trim() ?? ''
  if (encoding === '' || encoding.toLowerCase() === 'identity' || body.length === 0) return next(invocation)
  const coding = codingOf(encoding)
  if (!coding) throw unsupported(`Content-Encoding ${encoding}`)
  return whenKnown(body.read(), (bytes) => plain(bytes, coding).then((text) => next(withBody(invocation, text))))
}

async function plain(bytes: Buffer, coding: Coding): Promise<Buffer> {
  if (bytes.length === 0) return bytes
  try {
    return await decompress(bytes, coding, maxBodyBytes)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw requestTooLong()
    throw unsupported(`A body that is no ${coding}`, error)
  }
}

function withBody(invocation: Invocation, bytes: Buffer): Invocation {
  const lines = invocation.request.headers.raw
  const kept = lines.filter((_, i) => !isOfEncoding(lines[i - (i % 2)] ?? ''))
  return { ...invocation, request: { ...invocation.request, headers: new HeaderList(kept), body: receivedBody(bytes) } }
}

function isOfEncoding(name: string): boolean {
  return isNamed(name, 'content-encoding') || isNamed(name, 'content-length')
}

function unsupported(detail: string, cause?: unknown): GatewayError {
  return new GatewayError('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type', { detail, cause })
}
