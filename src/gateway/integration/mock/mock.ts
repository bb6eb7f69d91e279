import type { RestIntegration } from '../../../snapshot/rest-api.ts'
import { configurationError } from '../../error.ts'
import { firstMediaType } from '../../headers.ts'
import type { Invocation } from '../../invocation.ts'
import type { Handler } from '../../pipeline.ts'
import type { Reply } from '../../reply.ts'
import { parseLenient } from './lenient-json.ts'
import { type Answer, responseSelector } from './responses.ts'

/**
 * `MOCK`: the request template's `statusCode` chooses the integration response, which is the reply. With constant
 * templates all replies are known when the method is compiled.
 */
export function mock(integration: RestIntegration): Handler {
  const select = responseSelector(integration.responses)
  const outcomes = new Map<string, Outcome>()
  for (const [mediaType, template] of Object.entries(integration.requestTemplates)) {
    outcomes.set(mediaType.toLowerCase(), outcomeOf(template, select))
  }
  const fallback = outcomes.get('$default')

  return (invocation) => {
    const type = invocation.request.headers.get('content-type')
    const outcome = outcomes.get(type === undefined ? 'application/json' : firstMediaType(type)) ?? fallback
    if (outcome) return outcome(invocation)
    // No template for this type: the body passes through as what the template would have rendered.
    if (invocation.request.body.length === 0) throw noStatus()
    return invocation.request.body.read().then((bytes) => outcomeOf(bytes.toString('utf8'), select)(invocation))
  }
}

type Outcome = (invocation: Invocation) => Reply

function outcomeOf(rendered: string, select: (statusText: string) => Answer | undefined): Outcome {
  const status = statusCodeOf(rendered)
  if (status === undefined) return fail(noStatus)
  const answer = select(String(status))
  return answer ?? fail(() => noResponse(status))
}

function fail(error: () => Error): Outcome {
  return () => {
    throw error()
  }
}

function noStatus() {
  return configurationError('Execution failed due to configuration error: Unable to parse statusCode.')
}

function noResponse(status: number) {
  return configurationError(
    'Configuration error: No match for output mapping and no default output mapping configured. ' +
      `Endpoint Response Status Code: ${status}`,
  )
}

/** Any integer is taken, but not its text (observed). */
function statusCodeOf(rendered: string): number | undefined {
  try {
    const value = parseLenient(rendered)
    const status = value instanceof Map ? value.get('statusCode') : undefined
    return Number.isInteger(status) ? Number(status) : undefined
  } catch {
    return undefined
  }
}
