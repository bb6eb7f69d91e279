import type { RestIntegrationResponse } from '../../../snapshot/rest-api.ts'
import { configurationError } from '../../error.ts'
import { firstMediaType } from '../../headers.ts'
import type { Invocation } from '../../invocation.ts'
import { fateOfMapped, remapped } from '../../mapping/header-fate.ts'
import type { Reply } from '../../reply.ts'

/** Answers an invocation with one integration response: its templates differ by the client's `Accept`. */
export type Answer = (invocation: Invocation) => Reply

/**
 * Chooses the integration response by the backend's status: the first whose `selectionPattern` matches the whole text,
 * else the one without a pattern.
 * @returns What finds the answer; undefined when nothing matches and there is no default.
 */
export function responseSelector(
  responses: readonly RestIntegrationResponse[],
): (statusText: string) => Answer | undefined {
  const compiled = responses.map((response) => ({ pattern: patternOf(response), answer: answerOf(response) }))
  const fallback = compiled.find(({ pattern }) => pattern === undefined)
  return (statusText) => (compiled.find(({ pattern }) => pattern?.test(statusText)) ?? fallback)?.answer
}

function patternOf({ selectionPattern }: RestIntegrationResponse): RegExp | undefined {
  if (selectionPattern === undefined || selectionPattern === '') return undefined
  try {
    return new RegExp(`^(?:${selectionPattern})$`)
  } catch {
    return /(?!)/ // A pattern that cannot be compiled matches nothing.
  }
}

function answerOf(response: RestIntegrationResponse): Answer {
  if (response.undeclared) {
    return refuse(`Output mapping refers to an invalid method response: ${response.statusCode}`)
  }
  const status = Number(response.statusCode)
  if (!Number.isInteger(status) || status < 200 || status > 599) return refuse(`No reply has status ${status}`)
  const lines = headerLines(response.responseParameters)
  if (lines === undefined) return refuse('Only static values can be mapped to the headers of a MOCK response')

  const replies = new Map<string, Reply>()
  for (const [mediaType, template] of Object.entries(response.responseTemplates)) {
    replies.set(mediaType.toLowerCase(), { status, headers: typed(lines, mediaType), body: template.trim() })
  }
  const [first] = replies.values()
  const usual = replies.get('application/json') ?? first
  const constant = usual ?? { status, headers: typed(lines, 'application/json'), body: '' }
  if (replies.size <= 1) return () => constant
  return ({ request }) => replies.get(firstMediaType(request.headers.get('accept') ?? '')) ?? constant
}

function refuse(detail: string): Answer {
  return () => {
    throw configurationError(detail)
  }
}

/** The static `method.response.header.{name}` values, flat; undefined when one of them is not static. */
function headerLines(parameters: Readonly<Record<string, string>>): string[] | undefined {
  const lines: string[] = []
  for (const [key, value] of Object.entries(parameters)) {
    const name = /^method\.response\.header\.(.+)$/.exec(key)?.[1]
    const literal = /^'(.*)'$/s.exec(value)?.[1]
    if (name === undefined || literal === undefined) return undefined
    const fate = fateOfMapped(name.toLowerCase())
    if (fate !== 'drop') lines.push(fate === 'remap' ? remapped(name) : name, literal)
  }
  return lines
}

function typed(lines: readonly string[], mediaType: string): string[] {
  const hasType = lines.some((text, i) => i % 2 === 0 && text.toLowerCase() === 'content-type')
  return hasType ? [...lines] : ['Content-Type', mediaType, ...lines]
}
