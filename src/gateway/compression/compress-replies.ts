import { isNamed } from '../headers.ts'
import type { Step } from '../pipeline.ts'
import { type BodySource, isSource, type Reply } from '../reply.ts'
import type { DeployedMethod } from '../rest/deployed-method.ts'
import { acceptedCoding, type Coding, compress } from './coding.ts'
import { CompressedSource } from './compressed-source.ts'
import { HeldSource } from './held-source.ts'

/**
 * Compresses replies of at least `minimumBytes` for clients that accept it. What a backend has compressed already, a part
 * of a document, and what a method streams (documented) stay as they are.
 */
export function compressReplies(minimumBytes: number): Step<DeployedMethod | undefined> {
  return (deployed, next) => {
    if (deployed?.method.integration.responseTransferMode === 'STREAM') return next
    return (invocation) => {
      const { method, headers } = invocation.request
      const coding = method === 'HEAD' ? undefined : acceptedCoding(headers)
      const reply = next(invocation)
      if (!coding) return reply
      return reply instanceof Promise
        ? reply.then((late) => compressed(late, coding, minimumBytes))
        : compressed(reply, coding, minimumBytes)
    }
  }
}

const neverCompressed: ReadonlySet<number> = new Set([204, 206, 304])

function compressed(reply: Reply, coding: Coding, minimumBytes: number): Reply | Promise<Reply> {
  const { status, headers, body } = reply
  if (neverCompressed.has(status) || lineOf(headers, 'content-encoding') !== undefined) return reply
  if (isSource(body)) return stream(reply, body, coding, minimumBytes)
  const bytes = Buffer.byteLength(body)
  if (bytes === 0 || bytes < minimumBytes) return reply
  return compress(body, coding).then((packed) => ({ status, headers: encoded(headers, coding), body: packed }))
}

async function stream(reply: Reply, source: BodySource, coding: Coding, minimumBytes: number): Promise<Reply> {
  const declared = lineOf(reply.headers, 'content-length')
  const least = Math.max(1, minimumBytes)
  if (declared !== undefined && Number(declared) < least) return reply
  const { body, isEnough } =
    declared === undefined ? await HeldSource.of(source, least) : { body: source, isEnough: true }
  if (!isEnough) return { ...reply, body }
  return { ...reply, headers: encoded(reply.headers, coding), body: new CompressedSource(body, coding) }
}

function lineOf(headers: readonly string[], lowerName: string): string | undefined {
  for (let i = 0; i < headers.length; i += 2) if (isNamed(headers[i] ?? '', lowerName)) return headers[i + 1]
  return undefined
}

function encoded(headers: readonly string[], coding: Coding): string[] {
  const lines: string[] = []
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? ''
    if (!isNamed(name, 'content-length')) lines.push(name, headers[i + 1] ?? '')
  }
  lines.push('Content-Encoding', coding)
  return lines
}
