import { parseValue, type Reference } from '../../../parameter-mapping/value.ts'
import type { Invocation } from '../../invocation.ts'
import { headerText } from '../../mapping/header-value.ts'
import { parseQuery } from '../../mapping/query.ts'
import { contextVariable } from '../context.ts'
import { decodePath } from '../decode-path.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { bodyReader } from './body-reader.ts'
import type { MappedBody } from './mapped-body.ts'

/** A value that is read from a request: static text, references, or both. */
export interface RequestValue {
  /** Whether it is read from the body, which must then be there: `unreadBody` does otherwise. */
  readonly readsBody: boolean
  /** @returns Empty for nothing. */
  read(invocation: Invocation, body: MappedBody): string
}

type Reader = RequestValue['read']

/**
 * Compiles a value of `requestParameters` or an identity source, such as `$request.header.name` or `v1-${context.stage}`.
 * @param encode Applied to what references stand for, but not to static text.
 * @returns Undefined when a reference in it is none.
 */
export function requestValue(
  text: string,
  route: DeployedRoute,
  encode?: (value: string) => string,
): RequestValue | undefined {
  const parts = parseValue(text)
  if (!parts) return undefined
  const readers: Reader[] = []
  for (const part of parts) {
    const reader = typeof part === 'string' ? () => part : encoded(readerOf(part, route), encode)
    if (!reader) return undefined
    readers.push(reader)
  }
  const readsBody = parts.some((part) => typeof part !== 'string' && part.source === 'request.body')
  const [only] = readers
  if (readers.length === 1 && only) return { readsBody, read: only }
  return { readsBody, read: (invocation, body) => readers.map((read) => read(invocation, body)).join('') }
}

function encoded(read: Reader | undefined, encode: ((value: string) => string) | undefined): Reader | undefined {
  return read && encode ? (invocation, body) => encode(read(invocation, body)) : read
}

function readerOf({ source, name }: Reference, route: DeployedRoute): Reader | undefined {
  switch (source) {
    case 'request.header':
      return headerReader(name.toLowerCase())
    case 'request.querystring':
      return queryReader(name)
    case 'request.path':
      return name === '' ? ({ request }) => decodePath(request.path) || '/' : pathReader(name, route)
    case 'request.body': {
      const read = bodyReader(name)
      return read && ((_invocation, body) => read(body))
    }
    case 'context': {
      const variable = contextVariable(name, route)
      return (invocation) => variable(invocation) ?? ''
    }
    case 'stageVariables': {
      const { variables } = route.stage
      const value = (Object.hasOwn(variables, name) && variables[name]) || ''
      return () => value
    }
    default:
      return undefined
  }
}

/** Documented: the case of a header's name does not matter, and several values are joined by commas. */
function headerReader(lowerName: string): Reader {
  return ({ request }) => headerText(request.headers.all(lowerName).join(','))
}

/** Documented: the case of a parameter's name matters, and several values are joined by commas. */
function queryReader(name: string): Reader {
  return ({ request }) => {
    if (request.query === '') return ''
    const parameters = parseQuery(request.query, '&')
    return parameters.filter((_, i) => i % 2 === 1 && parameters[i - 1] === name).join(',')
  }
}

function pathReader(name: string, { pathVariables }: DeployedRoute): Reader {
  const at = pathVariables.indexOf(name)
  return ({ pathValues }) => pathValues[at] ?? ''
}
