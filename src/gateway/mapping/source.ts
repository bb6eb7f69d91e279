import type { Invocation } from '../invocation.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import { contextSource } from './context.ts'
import { fateToLambda } from './header-fate.ts'
import { headerText } from './header-value.ts'
import { parseQuery } from './query.ts'

/** Reads a mapping expression's values from an invocation; no values: there is nothing to map. */
export type Source = (invocation: Invocation) => readonly string[]

const nothing: readonly string[] = []

/**
 * Compiles the source expression of an integration request's parameter.
 * @returns Undefined when the expression is none that a deployment may hold.
 */
export function compileSource(expression: string, place: CallPlace): Source | undefined {
  const literal = /^'(.*)'$/s.exec(expression)?.[1]
  if (literal !== undefined) return constant(literal)
  const [, location, name = ''] = /^(method\.request\.[a-z]+|stageVariables|context)\.(.+)$/s.exec(expression) ?? []
  switch (location) {
    case 'method.request.path':
      return pathSource(name, place.pathVariables)
    case 'method.request.querystring':
      return last(querySource(name))
    case 'method.request.multivaluequerystring':
      return querySource(name)
    case 'method.request.header':
      return last(headerSource(name))
    case 'method.request.multivalueheader':
      return joined(headerSource(name))
    case 'stageVariables':
      return constant(place.stage.variables[name] ?? '')
    case 'context':
      return contextSource(name, place)
    default:
      return undefined
  }
}

/** Empty values are not sent (observed). */
function constant(value: string): Source {
  const values = value === '' ? nothing : [value]
  return () => values
}

function pathSource(name: string, variables: readonly string[]): Source {
  const at = variables.indexOf(name)
  return ({ pathValues }) => some(pathValues[at])
}

function querySource(name: string): Source {
  return ({ request }) => {
    const parameters = parseQuery(request.query)
    return parameters.filter((value, i) => i % 2 === 1 && parameters[i - 1] === name && value !== '')
  }
}

/** Names are compared with their case; what concerns the connection alone is invisible to mappings (observed). */
function headerSource(name: string): Source {
  if (fateToLambda(name.toLowerCase()) === 'drop') return () => nothing
  return ({ request }) =>
    request.headers.allExact(name).flatMap((value) => (value === '' ? nothing : headerText(value)))
}

function last(source: Source): Source {
  return (invocation) => some(source(invocation).at(-1))
}

function joined(source: Source): Source {
  return (invocation) => some(source(invocation).join(','))
}

function some(value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? nothing : [value]
}
