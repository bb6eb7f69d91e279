import { type HeaderList, perRepeatedLines } from '../../headers.ts'
import { type JsonMaps, jsonMaps } from '../../integration/lambda-proxy/json-maps.ts'
import type { Client, Invocation } from '../../invocation.ts'
import { asItIs, flat } from '../../json-text.ts'
import { remembering } from '../../remembering.ts'

interface NameFacts {
  readonly lowerName: string
  /** JSON text with a colon, in lower case. */
  readonly lowerKey: string
  /** The same as events of format 1.0 spell it. */
  readonly speltKey: string
  /** It concerns the connection alone, or the gateway says it itself. */
  readonly dropped: boolean
}

const notShown: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
])

/** Observed: whatever the client's spelling was. */
const canonical: ReadonlyMap<string, string> = new Map([
  ['host', 'Host'],
  ['user-agent', 'User-Agent'],
])

const factsOf = remembering((name): NameFacts => {
  const lowerName = name.toLowerCase()
  return {
    lowerName,
    lowerKey: `${JSON.stringify(lowerName)}:`,
    speltKey: `${JSON.stringify(canonical.get(lowerName) ?? name)}:`,
    dropped: notShown.has(lowerName),
  }
})

/**
 * What an event of format 2.0 says of its call's header lines and client, as JSON text in parts: the length of the call's body
 * and its trace come between the first three.
 */
export interface EventLinesV2 {
  /** `,"cookies":[ … ]`, if there are any, and `,"headers":{ … "content-length":"`: names in lower case, values joined by commas. */
  readonly beforeLength: string
  readonly afterTrace: string
  /** `,"sourceIp": …,"userAgent": …` */
  readonly caller: string
}

/** The header lines of an event of format 2.0. */
export const eventLinesV2 = perRepeatedLines((list: HeaderList, client: Client): EventLinesV2 => {
  const { raw } = list
  const keys: string[] = []
  const values: string[] = []
  let cookies: string[] | undefined
  for (let i = 0; i < raw.length; i += 2) {
    const { lowerName, lowerKey, dropped } = factsOf(raw[i] ?? '')
    const value = raw[i + 1] ?? ''
    if (dropped) continue
    if (lowerName === 'cookie') {
      cookies = [...(cookies ?? []), ...cookiesOf(value)]
      continue
    }
    const known = keys.indexOf(lowerKey)
    if (known < 0) {
      keys.push(lowerKey)
      values.push(value)
    } else values[known] += `,${value}`
  }
  let headers = ''
  for (let i = 0; i < keys.length; i++) headers += `${keys[i]}${JSON.stringify(values[i])},`
  const { forwardedFor, port, scheme } = forwarded(list, client)
  const text = list.isRepeated ? flat : asItIs
  return {
    beforeLength: text(
      `${cookies ? `,"cookies":${JSON.stringify(cookies)}` : ''},"headers":{${headers}"content-length":"`,
    ),
    afterTrace: text(
      `,"x-forwarded-for":${JSON.stringify(forwardedFor)},"x-forwarded-port":"${port}","x-forwarded-proto":"${scheme}"}`,
    ),
    caller: text(`,"sourceIp":"${client.sourceIp}","userAgent":${JSON.stringify(list.get('user-agent') ?? '')}}`),
  }
})

function cookiesOf(line: string): string[] {
  return line.split(';').flatMap((cookie) => cookie.trim() || [])
}

/** `headers` and `multiValueHeaders` of an event of format 1.0. @param bodyLength Bytes. @param trace `Root=…`. */
export function eventHeadersV1(invocation: Invocation, bodyLength: number, trace: string): JsonMaps {
  const { raw } = invocation.request.headers
  const keys: string[] = []
  const values: string[] = []
  const lowerNames: string[] = []
  for (let i = 0; i < raw.length; i += 2) {
    const { lowerName, speltKey, dropped } = factsOf(raw[i] ?? '')
    if (dropped) continue
    // One header may come in two spellings: the first names them all.
    const first = lowerNames.indexOf(lowerName)
    keys.push(first < 0 ? speltKey : (keys[first] ?? speltKey))
    lowerNames.push(lowerName)
    values.push(raw[i + 1] ?? '')
  }
  const { forwardedFor, port, scheme } = forwarded(invocation.request.headers, invocation.client)
  keys.push('"Content-Length":', '"X-Amzn-Trace-Id":')
  keys.push('"X-Forwarded-For":', '"X-Forwarded-Port":', '"X-Forwarded-Proto":')
  values.push(String(bodyLength), trace, forwardedFor, port, scheme)
  return jsonMaps(keys, values)
}

function forwarded(headers: HeaderList, client: Client) {
  const earlier = headers.all('x-forwarded-for')
  const nearest = client.peerIp ?? client.sourceIp
  const forwardedFor = earlier.length === 0 ? nearest : `${earlier.join(', ')}, ${nearest}`
  return { forwardedFor, port: client.port, scheme: client.scheme }
}
