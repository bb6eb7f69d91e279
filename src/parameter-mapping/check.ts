import { isReservedHeader } from './reserved-headers.ts'
import { parseRequestTarget, parseResponseTarget, type Target } from './target.ts'
import { parseValue, type Reference } from './value.ts'

type Parameters = Readonly<Record<string, string>>

/**
 * Finds what is wrong with the `requestParameters` of an integration of an HTTP API without a subtype.
 * @returns Words for whoever configures it; undefined: nothing is wrong.
 */
export function requestMappingProblem(parameters: Parameters): string | undefined {
  const readable = (part: Reference) => !part.source.startsWith('response.')
  return firstProblem(Object.entries(parameters), { kind: 'Request', parse: parseRequestTarget, readable })
}

/**
 * Finds what is wrong with the `responseParameters` of an integration of an HTTP API.
 * @param byStatus By status code.
 */
export function responseMappingProblem(byStatus: Readonly<Record<string, Parameters>>): string | undefined {
  for (const [status, parameters] of Object.entries(byStatus)) {
    if (!/^[2-5]\d\d$/.test(status)) return `Status Code ${status} is not valid`
    const readable = (part: Reference) => !part.source.startsWith('request.')
    const problem = firstProblem(Object.entries(parameters), { kind: 'Response', parse: parseResponseTarget, readable })
    if (problem !== undefined) return problem
  }
  return undefined
}

/**
 * Finds what is wrong with a value that is read from a request: of a service integration's parameter, or an identity source.
 */
export function requestValueProblem(value: string): string | undefined {
  return valueProblem(value, (part) => !part.source.startsWith('response.'))
}

/** What is mapped: requests or responses. */
interface Side {
  readonly kind: 'Request' | 'Response'
  parse(key: string): Target | undefined
  readable(part: Reference): boolean
}

function firstProblem(
  entries: readonly (readonly [key: string, value: string])[],
  { kind, parse, readable }: Side,
): string | undefined {
  for (const [key, value] of entries) {
    const target = parse(key)
    if (!target) return `Invalid ${kind} Actioned Parameter destination specified: ${key}`
    if (target.location === 'header' && isReservedHeader(target.name)) {
      return `Operations on header ${target.name} are restricted`
    }
    // Documented: the value of what is removed is ignored.
    const problem =
      target.action === 'remove' ? undefined : (statusProblem(target, value) ?? valueProblem(value, readable))
    if (problem !== undefined) return problem
  }
  return undefined
}

function valueProblem(value: string, isReadable: (part: Reference) => boolean): string | undefined {
  const parts = parseValue(value)
  const isGood = parts?.every((part) => typeof part === 'string' || isReadable(part))
  return isGood ? undefined : `Invalid mapping expression specified: ${value}`
}

/** A status that is written out must be one. */
function statusProblem({ location }: Target, value: string): string | undefined {
  if (location !== 'statuscode' || value.includes('$') || /^[2-5]\d\d$/.test(value)) return undefined
  return `Invalid mapping expression specified: ${value}`
}
