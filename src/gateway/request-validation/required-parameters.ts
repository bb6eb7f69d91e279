import type { Invocation } from '../invocation.ts'
import { parseQuery } from '../mapping/query.ts'
import type { CallPlace } from '../rest/deployed-method.ts'

/** Whether a call has one parameter. */
type IsPresent = (invocation: Invocation) => boolean

/**
 * Compiles required parameters of a method.
 * @param required `method.request.{location}.{name}`, in the order in which they are told.
 * @returns What names those that a call lacks. Observed: a header or query parameter that is blank is missing, and both
 *   names are compared with their case.
 */
export function missingParameters(
  required: readonly string[],
  place: CallPlace,
): (invocation: Invocation) => readonly string[] {
  const parameters = required.map((parameter) => {
    const [, location = '', name = ''] = /^method\.request\.([a-z]+)\.(.+)$/s.exec(parameter) ?? []
    return { name, isPresent: presence(location, name, place) }
  })
  return (invocation) => {
    let missing: string[] | undefined
    for (const { name, isPresent } of parameters) {
      if (isPresent(invocation)) continue
      missing ??= []
      missing.push(name)
    }
    return missing ?? none
  }
}

const none: readonly string[] = []

function presence(location: string, name: string, { pathVariables }: CallPlace): IsPresent {
  switch (location) {
    case 'header':
    case 'multivalueheader':
      return ({ request }) => request.headers.allExact(name).some(isFilled)
    case 'querystring':
    case 'multivaluequerystring':
      return ({ request }) => queryHas(request.query, name)
    default: {
      const present = pathVariables.includes(name)
      return () => present
    }
  }
}

function queryHas(query: string, name: string): boolean {
  if (query === '') return false
  const parameters = parseQuery(query)
  return parameters.some((value, i) => i % 2 === 1 && parameters[i - 1] === name && isFilled(value))
}

function isFilled(value: string): boolean {
  return value.trim() !== ''
}
