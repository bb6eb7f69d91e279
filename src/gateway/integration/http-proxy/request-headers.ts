import { GatewayError } from '../../error.ts'
import type { Invocation } from '../../invocation.ts'
import { fateToHttp, isSignature } from '../../mapping/header-fate.ts'
import { headerValue } from '../../mapping/header-value.ts'
import { remembering } from '../../remembering.ts'
import type { MappedValues } from '../backend.ts'
import { passedHeaders } from '../call/passed-headers.ts'

/** What the gateway itself says to a backend. */
export interface Added {
  readonly apiId: string
  /** `Root=…`. */
  readonly trace: string
}

const factsOf = remembering((name) => {
  const lowerName = name.toLowerCase()
  const gatewayMade = lowerName === 'x-amzn-trace-id' || lowerName === 'x-amzn-apigateway-api-id'
  return { lowerName, dropped: gatewayMade || fateToHttp(lowerName) === 'drop' }
})

/**
 * The header lines for an HTTP backend, flat: the client's, less what never travels, a mapped header in place of the
 * client's own, and the gateway's.
 */
export function headersForBackend(invocation: Invocation, mapped: MappedValues, { apiId, trace }: Added): string[] {
  const own: string[] = []
  const replaced = mapped.size === 0 ? nothing : mapInto(own, mapped)
  const isKept = (lowerName: string, value: string) => !replaced.has(lowerName) && !isSignature(lowerName, value)
  const passed = passedHeaders(invocation.request.headers.raw, factsOf, isKept)
  const lines = own.length === 0 ? passed : own.concat(passed)
  lines.push('X-Amzn-Trace-Id', trace, 'X-Amzn-Apigateway-Api-Id', apiId)
  return lines
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
