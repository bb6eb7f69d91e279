import type { HeaderList } from '../../headers.ts'
import { perRepeatedLines } from '../../headers.ts'
import type { Client } from '../../invocation.ts'
import { asItIs, flat, jsonText } from '../../json-text.ts'
import { eventHeaders } from './event-headers.ts'

/** What an event says of its call's header lines and client, as JSON text in parts: the call's trace comes between them. */
export interface EventLines {
  /** `,"headers":{ … "X-Amzn-Trace-Id":` */
  readonly beforeTrace: string
  /** The rest of `headers`, and `,"multiValueHeaders":{ … "X-Amzn-Trace-Id":[` */
  readonly betweenTraces: string
  /** The rest of `multiValueHeaders`. */
  readonly afterTraces: string
  /** `,"sourceIp": …,"userAgent": …` */
  readonly caller: string
}

/** The header lines of the proxy event of REST APIs. */
export const eventLines = perRepeatedLines((headers: HeaderList, client: Client): EventLines => {
  const { single, multi } = eventHeaders(headers)
  const earlier = headers.get('x-forwarded-for')
  const nearest = client.peerIp ?? client.sourceIp
  const address = JSON.stringify(earlier ? `${earlier}, ${nearest}` : nearest)
  const port = jsonText(client.port)
  const scheme = jsonText(client.scheme)
  const agent = headers.get('user-agent')
  const text = headers.isRepeated ? flat : asItIs
  return {
    beforeTrace: text(`,"headers":${opened(single)}"X-Amzn-Trace-Id":`),
    betweenTraces: text(
      `,"X-Forwarded-For":${address},"X-Forwarded-Port":${port},"X-Forwarded-Proto":${scheme}}` +
        `,"multiValueHeaders":${opened(multi)}"X-Amzn-Trace-Id":[`,
    ),
    afterTraces: text(`],"X-Forwarded-For":[${address}],"X-Forwarded-Port":[${port}],"X-Forwarded-Proto":[${scheme}]}`),
    caller: text(
      `,"sourceIp":"${client.sourceIp}","userAgent":${agent === undefined ? 'null' : JSON.stringify(agent)}`,
    ),
  }
})

/** A map, ready to take one more entry. */
function opened(map: string): string {
  return map === 'null' ? '{' : `${map.slice(0, -1)},`
}
