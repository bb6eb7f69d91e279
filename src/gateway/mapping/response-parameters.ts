import { configurationError } from '../error.ts'
import { isNamed } from '../headers.ts'
import type { IntegrationResponse, MappedValues } from '../integration/backend.ts'
import type { Invocation } from '../invocation.ts'
import type { CallPlace } from '../rest/deployed-method.ts'
import { compileBodySource } from './body-source.ts'
import { headerText, isHeaderName } from './header-value.ts'
import type { Payload } from './payload.ts'
import { compileSource } from './source.ts'

/** What the parameters of a response are mapped from. */
export interface ResponseData {
  readonly response: IntegrationResponse
  /** The backend's body, after content handling. */
  readonly payload: Payload
}

/** Reads a mapping expression's values from a response. */
export type ResponseSource = (data: ResponseData, invocation: Invocation) => readonly string[]

/** An integration response's `responseParameters`, compiled. */
export interface ResponseParameters {
  /** The headers of the method response. @throws {GatewayError} 500 when a body that a source reads is no JSON. */
  map(data: ResponseData, invocation: Invocation): MappedValues
}

/** @returns The first expression that is none, when there is one. */
export function responseParameters(
  parameters: Readonly<Record<string, string>>,
  place: CallPlace,
): ResponseParameters | { readonly invalid: string } {
  const targets: (readonly [name: string, source: ResponseSource])[] = []
  for (const [key, expression] of Object.entries(parameters)) {
    const [, name = ''] = /^method\.response\.header\.(.+)$/.exec(key) ?? []
    if (!isHeaderName(name)) return { invalid: key }
    const source = compileResponseSource(expression, place)
    if (!source) return { invalid: expression }
    targets.push([name, source])
  }
  if (targets.length === 0) return { map: () => nothing }
  return {
    map(data, invocation) {
      const mapped = new Map<string, readonly string[]>()
      for (const [name, source] of targets) {
        const values = source(data, invocation)
        if (values.length > 0) mapped.set(name, values)
      }
      return mapped
    },
  }
}

const nothing: MappedValues = new Map()

function compileResponseSource(expression: string, place: CallPlace): ResponseSource | undefined {
  const [, rest] = /^integration\.response\.(.+)$/s.exec(expression) ?? []
  if (rest === undefined) {
    if (expression.startsWith('method.')) return undefined
    const source = compileSource(expression, place)
    return source && ((_data, invocation) => source(invocation))
  }
  const [, location, name = ''] = /^(header|multivalueheader)\.(.+)$/.exec(rest) ?? []
  if (location === 'header') return headerSource(name, (values) => values.slice(-1))
  if (location === 'multivalueheader') return headerSource(name, (values) => [values.join(',')])
  const fromBody = compileBodySource(rest, unreadable)
  return fromBody && (({ payload }) => fromBody(payload))
}

/** Backends spell the names of headers as they like: case does not count. */
function headerSource(name: string, choose: (values: readonly string[]) => readonly string[]): ResponseSource {
  const lowerName = name.toLowerCase()
  return ({ response: { headers } }) => {
    const values = headers.filter((value, i) => i % 2 === 1 && value !== '' && isNamed(headers[i - 1] ?? '', lowerName))
    return values.length === 0 ? values : choose(values.map(headerText))
  }
}

function unreadable(cause: unknown) {
  return configurationError('Execution failed due to configuration error: Invalid JSON in response body', cause)
}
