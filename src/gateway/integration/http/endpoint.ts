import { configurationError } from '../../error.ts'
import type { Invocation } from '../../invocation.ts'
import type { Source } from '../../mapping/source.ts'

/** Where one call goes. */
export interface Target {
  /** `https://example.com:8443` */
  readonly origin: string
  /** Path and query. */
  readonly path: string
}

/** Fills in an endpoint for one invocation. @throws {GatewayError} 500 when a placeholder has no value. */
export type Endpoint = (invocation: Invocation) => Target

/**
 * Compiles an integration's URI, its stage variables already filled in.
 * @param values The values of its `{placeholders}`.
 * @returns Undefined when it is no absolute http(s) URL.
 */
export function endpoint(uri: string, values: ReadonlyMap<string, Source>): Endpoint | undefined {
  const [, scheme = '', authority = '', rest = ''] = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(uri) ?? []
  if (authority === '') return undefined
  const prefix = `${scheme.toLowerCase()}://`
  const path = filler(rest.startsWith('/') ? rest : `/${rest}`, values, encodeInPath)
  if (!authority.includes('{')) {
    const origin = prefix + authority
    if (!isOrigin(origin)) return undefined
    return (invocation) => ({ origin, path: path(invocation) })
  }
  const host = filler(authority, values, (value) => value)
  return (invocation) => {
    const origin = prefix + host(invocation)
    if (!isOrigin(origin)) throw invalid(origin)
    return { origin, path: path(invocation) }
  }
}

/** A host and a port, and nothing that would make it another URL. */
function isOrigin(origin: string): boolean {
  return /^https?:\/\/([\w.~-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(origin) && URL.canParse(origin)
}

function invalid(address: string) {
  return configurationError(`Execution failed due to configuration error: Invalid endpoint address: ${address}`)
}

type Filler = (invocation: Invocation) => string

function filler(template: string, values: ReadonlyMap<string, Source>, encode: (value: string) => string): Filler {
  // Odd parts are the placeholders' names.
  const parts = template.split(/\{([^{}]*)\}/)
  const literals = parts.filter((_, i) => i % 2 === 0).map((part) => part.replace(/[^\x21-\x7e]/g, encodeURIComponent))
  const sources = parts.filter((_, i) => i % 2 === 1).map((name) => values.get(name.replace(/\+$/, '')))
  const [first = ''] = literals
  return (invocation) => {
    let text = first
    for (let i = 0; i < sources.length; i++) {
      const value = sources[i]?.(invocation).join(',')
      if (value === undefined || value === '') throw invalid(template)
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
