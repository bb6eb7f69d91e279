import type { HeaderList } from '../../../headers.ts'
import type { Invocation } from '../../../invocation.ts'
import { headerText } from '../../../mapping/header-value.ts'

/** What concerns the client's connection alone, and what the gateway says itself. */
const withheld: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
])

/** Headers of an event of format 2.0: names in lower case, several values joined by commas, cookies apart. */
export function lowerCaseHeaders(invocation: Invocation, trace: string): Record<string, string> {
  const headers = new Map<string, string>()
  for (const [name, value] of linesOf(invocation.request.headers)) {
    const lowerName = name.toLowerCase()
    if (withheld.has(lowerName) || lowerName === 'cookie') continue
    const earlier = headers.get(lowerName)
    headers.set(lowerName, earlier === undefined ? value : `${earlier},${value}`)
  }
  return Object.fromEntries([...headers, ...forwarded(invocation, trace)])
}

/** Headers of an event of format 1.0: as they were sent; of several values the last. */
export function sentHeaders(invocation: Invocation, trace: string): Record<string, string> {
  const lines = linesOf(invocation.request.headers).filter(([name]) => !withheld.has(name.toLowerCase()))
  const title = (name: string) => name.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase())
  const added = forwarded(invocation, trace).map(([name, value]) => [title(name), value] as const)
  return Object.fromEntries([...lines, ...added])
}

/** Every cookie, as `name=value`. */
export function cookiesOf(headers: HeaderList): string[] {
  const values = linesOf(headers).flatMap(([name, value]) => (name.toLowerCase() === 'cookie' ? value.split(';') : []))
  return values.flatMap((cookie) => cookie.trim() || [])
}

function forwarded({ request, client }: Invocation, trace: string): (readonly [string, string])[] {
  const earlier = request.headers.get('x-forwarded-for')
  const caller = client.peerIp ?? client.sourceIp
  return [
    ['x-amzn-trace-id', trace],
    ['x-forwarded-for', earlier ? `${earlier}, ${caller}` : caller],
    ['x-forwarded-port', client.port],
    ['x-forwarded-proto', client.scheme],
  ]
}

function linesOf({ raw }: HeaderList): (readonly [name: string, value: string])[] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [[name, headerText(raw[i + 1] ?? '')] as const] : []))
}
