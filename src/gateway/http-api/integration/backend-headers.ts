import type { HeaderList } from '../../headers.ts'
import { passedHeaders } from '../../integration/call/passed-headers.ts'
import type { Invocation } from '../../invocation.ts'
import { remembering } from '../../remembering.ts'

/** What concerns one connection only. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

const notSent: ReadonlySet<string> = new Set([
  ...hopByHop,
  'content-length',
  'expect',
  // The gateway says these itself.
  'forwarded',
  'host',
  'via',
  'x-amzn-trace-id',
])

const requestFacts = remembering((name) => {
  const lowerName = name.toLowerCase()
  return { lowerName, dropped: notSent.has(lowerName) }
})

const gatewayName = 'HTTP/1.1 AmazonAPIGateway'

/**
 * The header lines for an HTTP backend, flat: all of the client's that do not concern its connection, and the gateway's.
 *
 * @param trace `Root=…`.
 * @param host What `Host` says; undefined: the host of the backend's URI.
 */
export function headersForBackend({ request, client }: Invocation, trace: string, host: string | undefined): string[] {
  const { headers, domainName } = request
  const lines = passedHeaders(headers.raw, requestFacts, () => true)
  const address = client.sourceIp.includes(':') ? `"[${client.sourceIp}]"` : client.sourceIp
  const forwarded = `for=${address};host=${domainName};proto=${client.scheme}`
  lines.push('Forwarded', after(headers, 'forwarded', forwarded), 'Via', after(headers, 'via', gatewayName))
  lines.push('X-Amzn-Trace-Id', trace)
  if (host !== undefined) lines.push('Host', host)
  return lines
}

/** What those before have said, and then the gateway's own. */
function after(headers: HeaderList, lowerName: string, own: string): string {
  if (headers.get(lowerName) === undefined) return own
  return [...headers.all(lowerName), own].join(', ')
}

const notReturned: ReadonlySet<string> = new Set([...hopByHop, 'date'])

const isReturned = remembering((name) => !notReturned.has(name.toLowerCase()))

/**
 * The header lines for the client, flat, of those that an HTTP backend sent: all that do not concern its connection.
 * @param raw Flat names and values.
 */
export function headersForClient(raw: readonly string[]): string[] {
  const lines: string[] = []
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i] ?? ''
    if (isReturned(name)) lines.push(name, raw[i + 1] ?? '')
  }
  return lines
}
