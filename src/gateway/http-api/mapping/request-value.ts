import type { Reference } from '../../../parameter-mapping/value.ts'
import { headerText } from '../../mapping/header-value.ts'
import { parseQuery } from '../../mapping/query.ts'
import { decodePath } from '../decode-path.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { bodyReader } from './body-reader.ts'
import { compileValue, type Read, type Value, variableReader } from './compile-value.ts'
import type { MappedBody } from './mapped-body.ts'

/** A value that is read from a request. */
export type RequestValue = Value<MappedBody>

type Reader = Read<MappedBody>

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
  return compileValue(text, (reference) => {
    const read = readerOf(reference, route)
    return read && encode ? (invocation, body) => encode(read(invocation, body)) : read
  })
}

function readerOf(reference: Reference, route: DeployedRoute): Reader | undefined {
  const { source, name } = reference
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
    default:
      return variableReader(reference, route)
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
