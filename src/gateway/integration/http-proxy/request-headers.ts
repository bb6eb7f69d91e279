import { GatewayError } from '../../error.ts'
import type { Invocation } from '../../invocation.ts'
import { fateToHttp, isSignature, perHeaderName } from '../../mapping/header-fate.ts'
import type { Source } from '../../mapping/source.ts'

/** What the gateway itself says to a backend. */
export interface Added {
  readonly apiId: string
  /** `Root=…`. */
  readonly trace: string
}

const factsOf = perHeaderName((name) => {
  const lowerName = name.toLowerCase()
  const gatewayMade = lowerName === 'x-amzn-trace-id' || lowerName === 'x-amzn-apigateway-api-id'
  return { lowerName, dropped: gatewayMade || fateToHttp(lowerName) === 'drop' }
})

/**
 * The header lines for an HTTP backend, flat: the client's, less what never travels, a mapped header in place of the
 * client's own, and the gateway's.
 */
export function headersForBackend(
  invocation: Invocation,
  mapped: ReadonlyMap<string, Source>,
  { apiId, trace }: Added,
): string[] {
  const lines: string[] = []
  const replaced = mapped.size === 0 ? nothing : mapInto(lines, mapped, invocation)
  const { raw } = invocation.request.headers
  let connection = ''
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? ''
    const value = raw[i + 1] ?? ''
    const { lowerName, dropped } = factsOf(name)
    if (lowerName === 'connection') connection += `,${value}`
    if (dropped || replaced.has(lowerName) || isSignature(lowerName, value)) continue
    lines.push(name, value)
  }
  lines.push('X-Amzn-Trace-Id', trace, 'X-Amzn-Apigateway-Api-Id', apiId)
  return namesOthers(connection) ? withoutNamed(lines, connection) : lines
}

const nothing: ReadonlySet<string> = new Set()

function mapInto(lines: string[], mapped: ReadonlyMap<string, Source>, invocation: Invocation): ReadonlySet<string> {
  const replaced = new Set<string>()
  for (const [name, source] of mapped) {
    const values = source(invocation)
    if (values.length === 0) continue
    replaced.add(name.toLowerCase())
    lines.push(name, headerValue(values.join(',')))
  }
  return replaced
}

/** A mapped value can hold what no header can: a decoded query may break the line. Beyond ASCII it is sent as UTF-8. */
function headerValue(text: string): string {
  if (/^[\t\x20-\x7e]*$/.test(text)) return text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a header value must not hold.
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(text)) throw new GatewayError('DEFAULT_4XX', 'Bad Request')
  return Buffer.from(text, 'utf8').toString('latin1')
}

function namesOthers(connection: string): boolean {
  return connection !== '' && connection !== ',keep-alive' && connection !== ',close'
}

/** `Connection` names further headers that concern this connection only. */
function withoutNamed(lines: readonly string[], connection: string): string[] {
  const named = new Set(connection.split(',').map((name) => name.trim().toLowerCase()))
  return lines.filter((_, i) => !named.has((lines[i - (i % 2)] ?? '').toLowerCase()))
}
