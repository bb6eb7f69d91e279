import type { HttpCors } from '../../snapshot/http-api.ts'
import type { FinishReply } from '../answer-errors.ts'
import { remembering } from '../remembering.ts'
import { corsHeaders } from './cors/cors-headers.ts'

/**
 * Gives every reply what replies of HTTP APIs have: names of headers in Title-Case, whoever wrote them (observed), the id of the
 * call, and where the API has a CORS configuration its CORS headers, and none of a backend's (documented).
 */
export function finishReply(cors: HttpCors | undefined): FinishReply {
  const corsOf = cors && corsHeaders(cors)

  return ({ status, headers, body }, { request, requestId }) => {
    const lines: string[] = []
    for (let i = 0; i < headers.length; i += 2) {
      const { sent, isCors } = nameOf(headers[i] ?? '')
      if (sent !== undefined && !(isCors && corsOf)) lines.push(sent, headers[i + 1] ?? '')
    }
    if (corsOf) lines.push(...corsOf(request))
    lines.push('Apigw-Requestid', requestId)
    return { status, headers: lines, body }
  }
}

interface NameFacts {
  /** Undefined for what only the gateway says. */
  readonly sent: string | undefined
  readonly isCors: boolean
}

const nameOf = remembering((name): NameFacts => {
  const lowerName = name.toLowerCase()
  const titled = lowerName.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase())
  return {
    sent: lowerName === 'apigw-requestid' ? undefined : titled,
    isCors: lowerName.startsWith('access-control-'),
  }
})
