import { configurationError } from '../../error.ts'
import type { MappedValues } from '../backend.ts'

/** Where one call goes. */
export interface Target {
  /** `https://example.com:8443` */
  readonly origin: string
  /** Path and query. */
  readonly path: string
}

/** Fills in the `{placeholders}` of an endpoint. @throws {GatewayError} 500 when one of them has no value. */
export type Endpoint = (values: MappedValues) => Target

/** Whether an empty value is one. */
export interface EndpointOptions {
  readonly takesEmptyValues: boolean
}

/**
 * Compiles an integration's URI, its stage variables already filled in.
 * @returns Undefined when it is no absolute http(s) URL.
 */
export function endpoint(uri: string, options: EndpointOptions = { takesEmptyValues: false }): Endpoint | undefined {
  const [, scheme = '', authority = '', rest = ''] = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(uri) ?? []
  if (authority === '') return undefined
  const prefix = `${scheme.toLowerCase()}://`
  const path = filler(rest.startsWith('/') ? rest : `/${rest}`, encodeInPath, options)
  if (!authority.includes('{')) {
    const origin = prefix + authority
    if (!isOrigin(origin)) return undefined
    return (values) => ({ origin, path: path(values) })
  }
  const host = filler(authority, (value) => value, options)
  return (values) => {
    const origin = prefix + host(values)
    if (!isOrigin(origin)) throw invalid(origin)
    return { origin, path: path(values) }
  }
}

/** A host and a port, and nothing that would make it another URL. */
function isOrigin(origin: string): boolean {
  return /^https?:\/\/([\w.~-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(origin) && URL.canParse(origin)
}

function invalid(address: string) {
  return configurationError(`Execution failed due to configuration error: Invalid endpoint address: ${address}`)
}

type Filler = (values: MappedValues) => string

function filler(template: string, encode: (value: string) => string, { takesEmptyValues }: EndpointOptions): Filler {
  // Odd parts are the placeholders' names.
  const parts = template.split(/\{([^{}]*)\}/)
  const literals = parts.filter((_, i) => i % 2 === 0).map((part) => part.replace(/[^\x21-\x7e]/g, encodeURIComponent))
  const names = parts.filter((_, i) => i % 2 === 1).map((name) => name.replace(/\+$/, ''))
  const [first = ''] = literals
  return (values) => {
    let text = first
    for (let i = 0; i < names.length; i++) {
      const value = values.get(names[i] ?? '')?.join(',')
      if (value === undefined || (value === '' && !takesEmptyValues)) throw invalid(template)
      text += encode(value) + literals[i + 1]
    }
    return text
  }
}

/** Path values travel raw: only what no path can hold, or what would end it, is escaped. */
function encodeInPath(value: string): string {
  if (/^[\x21\x22\x24-\x3e\x40-\x7e]*$/.test(value)) return value
  return value.toWellFormed().replace(/[^\x21-\x7e]+|[?#]/g, encodeURIComponent)
}
