import type { Reference } from '../../../parameter-mapping/value.ts'
import { isNamed } from '../../headers.ts'
import { headerText } from '../../mapping/header-value.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { bodyReader } from './body-reader.ts'
import { compileValue, type Read, type Value, variableReader } from './compile-value.ts'
import type { MappedBody } from './mapped-body.ts'

/** What the integration answered. */
export interface MappedResponse {
  /** Flat names and values. */
  readonly headers: readonly string[]
  /** `unreadBody` where no value reads it. */
  readonly body: MappedBody
}

/** A value that is read from a response. */
export type ResponseValue = Value<MappedResponse>

/**
 * Compiles a value of `responseParameters`, such as `$response.header.name` or `${context.requestId}`.
 * @returns Undefined when a reference in it is none.
 */
export function responseValue(text: string, route: DeployedRoute): ResponseValue | undefined {
  return compileValue(text, (reference) => readerOf(reference, route))
}

function readerOf(reference: Reference, route: DeployedRoute): Read<MappedResponse> | undefined {
  const { source, name } = reference
  switch (source) {
    case 'response.header':
      return headerReader(name.toLowerCase())
    case 'response.body': {
      const read = bodyReader(name)
      return read && ((_invocation, { body }) => read(body))
    }
    default:
      return variableReader(reference, route)
  }
}

function headerReader(lowerName: string): Read<MappedResponse> {
  return (_invocation, { headers }) =>
    headerText(headers.filter((_, i) => i % 2 === 1 && isNamed(headers[i - 1] ?? '', lowerName)).join(','))
}
