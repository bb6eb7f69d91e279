import type { HeaderList } from '../../headers.ts'
import { isNamed } from '../../headers.ts'
import type { Invocation } from '../../invocation.ts'
import { parseQuery } from '../../mapping/query.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { contextVariable } from './context.ts'

/** Reads one value of a call; undefined: it has none. */
export type Source = (invocation: Invocation) => string | undefined

/**
 * Compiles a selection expression that needs no body: `request.header.name`, `request.querystring.name`, `request.path`,
 * `request.path.name`, `context.name`, `stageVariables.name`.
 *
 * @param expression Without the `$` in front.
 * @returns Undefined for anything else.
 */
export function compileSource(expression: string, deployed: DeployedRoute): Source | undefined {
  if (expression === 'request.path') return ({ request }) => request.path || '/'
  const [, place, name = ''] =
    /^(request\.header|request\.querystring|request\.path|context|stageVariables)\.(.+)$/s.exec(expression) ?? []
  switch (place) {
    case 'request.header':
      return headerSource(name.toLowerCase())
    case 'request.querystring':
      return querySource(name)
    case 'request.path':
      return pathSource(name, deployed.pathVariables)
    case 'context':
      return contextSource(name, deployed)
    case 'stageVariables':
      return stageVariableSource(name, deployed)
    default:
      return undefined
  }
}

/** Documented: the names of headers have no case, and several values are joined by commas. */
function headerSource(lowerName: string): Source {
  return ({ request }) => joinedHeader(request.headers, lowerName)
}

function joinedHeader({ raw }: HeaderList, lowerName: string): string | undefined {
  let joined: string | undefined
  for (let i = 0; i < raw.length; i += 2) {
    if (!isNamed(raw[i] ?? '', lowerName)) continue
    const value = raw[i + 1] ?? ''
    joined = joined === undefined ? value : `${joined},${value}`
  }
  return joined
}

/** Documented: the names of query parameters have a case, and several values are joined by commas. */
function querySource(name: string): Source {
  return ({ request }) => {
    const parameters = parseQuery(request.query)
    const values = parameters.filter((_, i) => i % 2 === 1 && parameters[i - 1] === name)
    return values.length === 0 ? undefined : values.join(',')
  }
}

function pathSource(name: string, variables: readonly string[]): Source {
  const at = variables.indexOf(name)
  return ({ pathValues }) => pathValues[at]
}

function contextSource(name: string, deployed: DeployedRoute): Source | undefined {
  const variable = contextVariable(name)
  return variable && ((invocation) => variable(invocation, deployed))
}

function stageVariableSource(name: string, { stage }: DeployedRoute): Source {
  const value = Object.hasOwn(stage.variables, name) ? stage.variables[name] : undefined
  return () => value
}
