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
    const mapped = new Set<string>()
    for (const [name, values] of headers) {
      lines.push(name, values.join(','))
      mapped.add(name.toLowerCase())
    }
    const add = (lowerName: string, name: string, value: string) => {
      if (!mapped.has(lowerName)) lines.push(name, value)
    }
    if (hasBody) add('content-type', 'Content-Type', contentType)
    add('accept', 'Accept', 'application/json')
    add('user-agent', 'User-Agent', userAgent)
    lines.push('X-Amzn-Trace-Id', trace, 'X-Amzn-Apigateway-Api-Id', apiId)
    return lines
  }
}
