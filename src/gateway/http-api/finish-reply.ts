import type { Invocation } from '../invocation.ts'
import { perHeaderName } from '../mapping/header-fate.ts'
import type { Step } from '../pipeline.ts'
import type { Reply } from '../reply.ts'

/** Names the call in its reply, and spells the names of its headers in Title-Case, whoever wrote them (observed). */
export const finishReply: Step<unknown> = (_route, next) => (invocation) => {
  const reply = next(invocation)
  return reply instanceof Promise ? reply.then((late) => finished(late, invocation)) : finished(reply, invocation)
}

/** Absent for what only the gateway says. */
const nameOf = perHeaderName((name): { readonly sent?: string } => {
  const lowerName = name.toLowerCase()
  if (lowerName === 'apigw-requestid') return {}
  return { sent: lowerName.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase()) }
})

function finished({ status, headers, body }: Reply, { requestId }: Invocation): Reply {
  const lines: string[] = []
  for (let i = 0; i < headers.length; i += 2) {
    const { sent } = nameOf(headers[i] ?? '')
    if (sent !== undefined) lines.push(sent, headers[i + 1] ?? '')
  }
  lines.push('Apigw-Requestid', requestId)
  return { status, headers: lines, body }
}
