import { configurationError } from '../../error.ts'
import { isFinalStatus } from '../../reply.ts'
import { isMap } from './malformed.ts'
import { resultHeaders } from './result-headers.ts'

/** What stands between the metadata of a streamed response and its content (documented). */
export const delimiter = Buffer.alloc(8)

/** The delimiter has to come within so many bytes (documented). */
export const maxPreludeBytes = 16_384

/** Status and header lines of a streamed response. */
export interface Prelude {
  readonly status: number
  /** Flat names and values. */
  readonly headers: string[]
}

const members: ReadonlySet<string> = new Set(['statusCode', 'headers', 'multiValueHeaders', 'cookies'])

/**
 * Reads the metadata that a streaming function writes before its content.
 * @throws {GatewayError} 500 for what does not follow the format (documented); 502 for headers that no reply can have.
 */
export function readPrelude(text: string): Prelude {
  const metadata = parse(text)
  const unknown = Object.keys(metadata).find((name) => !members.has(name))
  if (unknown !== undefined) throw badPrelude(`unknown member ${unknown}`)
  const { statusCode: status = 200, headers = {}, multiValueHeaders = {}, cookies = [] } = metadata
  if (typeof status !== 'number' || !isFinalStatus(status)) throw badPrelude(`statusCode ${JSON.stringify(status)}`)
  if (!isMap(headers) || !isMap(multiValueHeaders)) throw badPrelude('headers are no map')
  if (!isTexts(cookies)) throw badPrelude('cookies are no list of text')
  const lines = resultHeaders(withoutRepeated(headers, multiValueHeaders), withCookies(multiValueHeaders, cookies))
  return { status, headers: lines }
}

/** The function does not follow the format of streamed responses. */
export function badPrelude(reason: string, cause?: unknown) {
  const text = `Execution failed due to configuration error: Malformed Lambda streaming response: ${reason}`
  return configurationError(text, cause)
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const metadata: unknown = JSON.parse(text)
    if (isMap(metadata)) return metadata
  } catch (cause) {
    throw badPrelude('the metadata is no JSON', cause)
  }
  throw badPrelude('the metadata is no object')
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

type Headers = Readonly<Record<string, unknown>>

/** Documented: a pair that is in both maps counts once. */
function withoutRepeated(single: Headers, multi: Headers): Headers {
  const isRepeated = (name: string, value: unknown) =>
    Object.entries(multi).some(
      ([other, values]) =>
        other.toLowerCase() === name.toLowerCase() && Array.isArray(values) && values.includes(value),
    )
  return Object.fromEntries(Object.entries(single).filter(([name, value]) => !isRepeated(name, value)))
}

function withCookies(multi: Headers, cookies: readonly string[]): Headers {
  if (cookies.length === 0) return multi
  const name = Object.keys(multi).find((each) => each.toLowerCase() === 'set-cookie') ?? 'Set-Cookie'
  const known = multi[name]
  return { ...multi, [name]: [...(Array.isArray(known) ? known : []), ...cookies] }
}
