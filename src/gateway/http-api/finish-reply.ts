import type { HttpCors } from '../../snapshot/http-api.ts'
import type { Invocation } from '../invocation.ts'
import { perHeaderName } from '../mapping/header-fate.ts'
import type { Step } from '../pipeline.ts'
import type { Reply } from '../reply.ts'
import { corsHeaders } from './cors/cors-headers.ts'

/**
 * Gives every reply what replies of HTTP APIs have: names of headers in Title-Case, whoever wrote them (observed), the id of the
 * call, and where the API has a CORS configuration its CORS headers, and none of a backend's (documented).
 */
export function finishReply(cors: HttpCors | undefined): Step<unknown> {
  const corsOf = cors && corsHeaders(cors)

  function finished({ status, headers, body }: Reply, { request, requestId }: Invocation): Reply {
    const lines: string[] = []
    for (let i = 0; i < headers.length; i += 2) {
      const { sent, isCors } = nameOf(headers[i] ?? '')
      if (sent !== undefined && !(isCors && corsOf)) lines.push(sent, headers[i + 1] ?? '')
    }
    if (corsOf) lines.push(...corsOf(request))
    lines.push('Apigw-Requestid', requestId)
    return { status, headers: lines, body }
  }

  return (_route, next) => (invocation) => {
    const reply = next(invocation)
    return reply instanceof Promise ? reply.then((late) => finished(late, invocation)) : finished(reply, invocation)
  }
}

interface NameFacts {
  /** Undefined for what only the gateway says. */
  readonly sent: string | undefined
  readonly isCors: boolean
}

const nameOf = perHeaderName((name): NameFacts => {
  const lowerName = name.toLowerCase()
  const titled = lowerName.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase())
  return {
    sent: lowerName === 'apigw-requestid' ? undefined : titled,
    isCors: lowerName.startsWith('access-control-'),
  }
})
