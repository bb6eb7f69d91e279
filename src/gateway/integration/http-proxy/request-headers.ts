import { GatewayError } from '../../error.ts'
import type { Invocation } from '../../invocation.ts'
import { fateToHttp, isSignature, perHeaderName } from '../../mapping/header-fate.ts'
import { headerValue } from '../../mapping/header-value.ts'
import type { MappedValues } from '../backend.ts'

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
export function headersForBackend(invocation: Invocation, mapped: MappedValues, { apiId, trace }: Added): string[] {
  const lines: string[] = []
  const replaced = mapped.size === 0 ? nothing : mapInto(lines, mapped)
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

function mapInto(lines: string[], mapped: MappedValues): ReadonlySet<string> {
  const replaced = new Set<string>()
  for (const [name, values] of mapped) {
    const value = headerValue(values.join(','))
    if (value === undefined) throw new GatewayError('DEFAULT_4XX', 'Bad Request')
    replaced.add(name.toLowerCase())
    lines.push(name, value)
  }
  return replaced
}

function namesOthers(connection: string): boolean {
  return connection !== '' && connection !== ',keep-alive' && connection !== ',close'
}

/** `Connection` names further headers that concern this connection only. */
function withoutNamed(lines: readonly string[], connection: string): string[] {
  const named = new Set(connection.split(',').map((name) => name.trim().toLowerCase()))
  return lines.filter((_, i) => !named.has((lines[i - (i % 2)] ?? '').toLowerCase()))
}
