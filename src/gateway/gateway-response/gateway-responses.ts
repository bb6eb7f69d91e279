import type { DeployedStage, RestGatewayResponse } from '../../snapshot/rest-api.ts'
import type { AnswerError } from '../answer-errors.ts'
import { type GatewayError, type GatewayResponseType, gatewayResponses } from '../error.ts'
import { firstMediaType, isNamed } from '../headers.ts'
import type { Invocation } from '../invocation.ts'
import type { Reply } from '../reply.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import { answerByDefault } from './default-answer.ts'
import type { ErrorSource } from './error-variables.ts'
import { compileHeaders, type HeaderLines } from './header-lines.ts'
import { compileTemplate, parseTemplate, type Template } from './template.ts'

/** Gives what answers the errors of the calls at one place. */
export type ErrorAnswers = (place: CallPlace) => AnswerError

/**
 * Compiles the gateway responses that a stage's API has customised. Templates are parsed once for the whole stage; what a
 * variable of theirs means at a place is worked out with the first error there.
 */
export function errorAnswers({ api }: DeployedStage): ErrorAnswers {
  const customised = new Map((api.gatewayResponses ?? []).map((response) => [response.responseType, parse(response)]))
  if (customised.size === 0) return () => answerByDefault

  return (place) => {
    const known = new Map<GatewayResponseType, AnswerError>()
    return (error, invocation) => {
      const answer = known.get(error.type) ?? compile(customisedFor(error, customised), place)
      known.set(error.type, answer)
      return answer(error, invocation)
    }
  }
}

interface Customised {
  readonly statusCode: string | undefined
  readonly responseParameters: Readonly<Record<string, string>>
  readonly templates: readonly { readonly mediaType: string; readonly template: Template }[]
}

function parse({ statusCode, responseParameters, responseTemplates }: RestGatewayResponse): Customised {
  const templates = Object.entries(responseTemplates).map(([mediaType, text]) => ({
    mediaType: mediaType === '$default' ? 'application/json' : mediaType,
    template: parseTemplate(text),
  }))
  return { statusCode, responseParameters, templates }
}

/** Documented: what is untouched follows its class, and no customisation reaches a payload that is too large. */
function customisedFor({ type }: GatewayError, all: ReadonlyMap<string, Customised>): Customised | undefined {
  if (type === 'REQUEST_TOO_LARGE') return undefined
  return all.get(type) ?? all.get(gatewayResponses[type].status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX')
}

function compile(customised: Customised | undefined, place: CallPlace): AnswerError {
  if (!customised) return answerByDefault
  const { statusCode, responseParameters, templates } = customised
  const headers = compileHeaders(responseParameters, place)
  const bodies = templates.map(({ mediaType, template }) => ({
    mediaType,
    render: compileTemplate(template, place, firstMediaType(mediaType).endsWith('json')),
  }))
  const choose = chooser(bodies)
  const status = statusCode === undefined ? undefined : Number(statusCode)
  return (error, invocation) => replyOf(error, invocation, status ?? error.status, headers, choose(invocation))
}

interface Body {
  readonly mediaType: string
  readonly render: ErrorSource
}

/** The template of the accepted type, else the one for JSON, else the first. */
function chooser(bodies: readonly Body[]): (invocation: Invocation) => Body | undefined {
  const byType = new Map(bodies.map((body) => [firstMediaType(body.mediaType), body]))
  const usual = byType.get('application/json') ?? bodies[0]
  if (bodies.length <= 1) return () => usual
  return ({ request }) => byType.get(firstMediaType(request.headers.get('accept') ?? '')) ?? usual
}

function replyOf(
  error: GatewayError,
  invocation: Invocation,
  status: number,
  headerLines: HeaderLines,
  body: Body | undefined,
): Reply {
  const lines = headerLines(error, invocation)
  const mediaType = body?.mediaType ?? 'application/json'
  const headers = has(lines, 'content-type') ? lines : ['Content-Type', mediaType, ...lines]
  if (!has(lines, 'x-amzn-errortype')) headers.push('x-amzn-ErrorType', error.errorType)
  return { status, headers, body: body?.render(error, invocation) ?? '' }
}

function has(lines: readonly string[], lowerName: string): boolean {
  return lines.some((text, i) => i % 2 === 0 && isNamed(text, lowerName))
}
