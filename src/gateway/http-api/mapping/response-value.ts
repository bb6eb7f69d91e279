import { parseValue, type Reference } from '../../../parameter-mapping/value.ts'
import { isNamed } from '../../headers.ts'
import type { Invocation } from '../../invocation.ts'
import { headerText } from '../../mapping/header-value.ts'
import { contextVariable } from '../context.ts'
import type { DeployedRoute } from '../deployed-route.ts'
import { bodyReader } from './body-reader.ts'
import type { MappedBody } from './mapped-body.ts'

/** What the integration answered. */
export interface MappedResponse {
  /** Flat names and values. */
  readonly headers: readonly string[]
  /** `unreadBody` where no value reads it. */
  readonly body: MappedBody
}

/** A value that is read from a response: static text, references, or both. */
export interface ResponseValue {
  readonly readsBody: boolean
  /** @returns Empty for nothing. */
  read(response: MappedResponse, invocation: Invocation): string
}

type Reader = ResponseValue['read']

/**
 * Compiles a value of `responseParameters`, such as `$response.header.name` or `${context.requestId}`.
 * @returns Undefined when a reference in it is none.
 */
export function responseValue(text: string, route: DeployedRoute): ResponseValue | undefined {
  const parts = parseValue(text)
  if (!parts) return undefined
  const readers: Reader[] = []
  for (const part of parts) {
    const reader = typeof part === 'string' ? () => part : readerOf(part, route)
    if (!reader) return undefined
    readers.push(reader)
  }
  const readsBody = parts.some((part) => typeof part !== 'string' && part.source === 'response.body')
  return { readsBody, read: (response, invocation) => readers.map((read) => read(response, invocation)).join('') }
}

function readerOf({ source, name }: Reference, route: DeployedRoute): Reader | undefined {
  switch (source) {
    case 'response.header':
      return headerReader(name.toLowerCase())
    case 'response.body': {
      const read = bodyReader(name)
      return read && (({ body }) => read(body))
    }
    case 'context': {
      const variable = contextVariable(name, route)
      return (_response, invocation) => variable(invocation) ?? ''
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

function headerReader(lowerName: string): Reader {
  return ({ headers }) =>
    headerText(headers.filter((_, i) => i % 2 === 1 && isNamed(headers[i - 1] ?? '', lowerName)).join(','))
}
