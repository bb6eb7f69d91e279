import { isNamed } from '../../headers.ts'
import type { IntegrationRequest } from '../backend.ts'

/** The header lines of a request, flat. @param hasBody Whether it is sent with a body. */
export type RequestLines = (request: IntegrationRequest, hasBody: boolean) => string[]

/**
 * What a web server is told by a custom integration: the mapped headers, the gateway's own, and where nothing was mapped to
 * them `Accept`, `User-Agent` and with a body `Content-Type` (observed).
 */
export function requestLines(apiId: string): RequestLines {
  const userAgent = `AmazonAPIGateway_${apiId}`
  return ({ headers, contentType, trace }, hasBody) => {
    const lines: string[] = []
    let typed = !hasBody
    let accepts = false
    let hasAgent = false
    for (const [name, values] of headers) {
      lines.push(name, values.length === 1 && values[0] !== undefined ? values[0] : values.join(','))
      if (isNamed(name, 'content-type')) typed = true
      else if (isNamed(name, 'accept')) accepts = true
      else if (isNamed(name, 'user-agent')) hasAgent = true
    }
    if (!typed) lines.push('Content-Type', contentType)
    if (!accepts) lines.push('Accept', 'application/json')
    if (!hasAgent) lines.push('User-Agent', userAgent)
    lines.push('X-Amzn-Trace-Id', trace, 'X-Amzn-Apigateway-Api-Id', apiId)
    return lines
  }
}
