import { decodeBase64 } from '../../mapping/base64.ts'
import { headerValue, isHeaderName } from '../../mapping/header-value.ts'
import { remembering } from '../../remembering.ts'
import { isFinalStatus } from '../../reply.ts'
import { malformed } from './malformed.ts'

/** A result's `statusCode`: a whole number, or one as text. @throws {GatewayError} 500 for anything else. */
export function statusOf(value: unknown): number {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  if (typeof status === 'number' && isFinalStatus(status)) return status
  throw malformed(`statusCode ${JSON.stringify(value)}`)
}

/** A result's body, decoded if it says so. @throws {GatewayError} 500 for what is no text, or no base64. */
export function bodyOf(body: unknown, isBase64Encoded: unknown): string | Buffer {
  const text = body ?? ''
  if (typeof text !== 'string') throw malformed('body is no text')
  if (isBase64Encoded !== undefined && isBase64Encoded !== null && typeof isBase64Encoded !== 'boolean') {
    throw malformed('isBase64Encoded is no boolean')
  }
  if (!isBase64Encoded) return text
  const bytes = decodeBase64(text)
  if (bytes) return bytes
  throw malformed('Unable to base64 decode the body.')
}

interface NameFacts {
  readonly valid: boolean
  readonly isType: boolean
  /** The gateway's own business. */
  readonly dropped: boolean
}

const notReturned: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const factsOf = remembering((name): NameFacts => {
  const lowerName = name.toLowerCase()
  return { valid: isHeaderName(name), isType: lowerName === 'content-type', dropped: notReturned.has(lowerName) }
})

/** Collects the header lines of a result. */
export class ResultHeaders {
  readonly lines: string[] = []
  private typed = false

  /** @throws {GatewayError} 500 for what no header can be. */
  add(name: string, text: string): void {
    const { valid, isType, dropped } = factsOf(name)
    const value = headerValue(text)
    if (!valid || value === undefined) throw malformed(`header ${JSON.stringify(name)}`)
    if (isType) this.typed = true
    if (!dropped) this.lines.push(name, value)
  }

  /** Observed: what says nothing of its type is plain text. */
  typedLines(): string[] {
    if (!this.typed) this.lines.push('Content-Type', 'text/plain; charset=utf-8')
    return this.lines
  }
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A map of a result; missing or null is an empty one. @throws {GatewayError} 500 for anything else. */
export function mapOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {}
  if (isMap(value)) return value
  throw malformed(`${name} is no map`)
}
