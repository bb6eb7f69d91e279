import { type IpRange, parseIpRange } from '../../policy/ip-range.ts'
import type { Exchange } from '../http1/exchange.ts'
import type { Client } from '../invocation.ts'

/** Tells who sent a request. */
export type ClientOf = (exchange: Exchange) => Client

/**
 * Behind proxies that are trusted, the client is the last address of `X-Forwarded-For` that is none of theirs, and the
 * scheme is the one that the nearest proxy names. Whatever anybody else writes into these headers is not believed.
 *
 * @param trusted Addresses and CIDR ranges of the proxies.
 */
export function clientsBehind(trusted: readonly string[]): ClientOf {
  const ranges = trusted.flatMap((text) => parseIpRange(text) ?? [])
  if (ranges.length === 0) return (exchange) => exchange
  return (exchange) => {
    if (!isIn(ranges, exchange.sourceIp)) return exchange
    const sourceIp = lastForeign(forwardedFor(exchange), ranges) ?? exchange.sourceIp
    const scheme =
      exchange.headers.get('x-forwarded-proto')?.trim().toLowerCase() === 'https' ? 'https' : exchange.scheme
    return {
      sourceIp,
      peerIp: exchange.sourceIp,
      scheme,
      port: exchange.port,
      onGone: (listener) => exchange.onGone(listener),
    }
  }
}

function isIn(ranges: readonly IpRange[], address: string): boolean {
  return ranges.some((range) => range.contains(address))
}

/** The addresses of all its lines, in their order. */
function forwardedFor({ headers: { raw } }: Exchange): string[] {
  const lines = raw.filter((_, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === 'x-forwarded-for')
  return lines
    .join(',')
    .split(',')
    .map((address) => address.trim())
}

/** Read from the end, where the trusted proxies write. What is no address was not written by them, nor what precedes it. */
function lastForeign(addresses: readonly string[], ranges: readonly IpRange[]): string | undefined {
  for (const address of addresses.toReversed()) {
    if (!parseIpRange(address) || address.includes('/')) return undefined
    if (!isIn(ranges, address)) return address
  }
  return undefined
}
