import type { DocumentationPartType } from '@aws-sdk/client-api-gateway'
import type { Location } from '../../apigateway/documentation-part/location.ts'
import type { JsonObject } from '../json.ts'
import type { DocumentationPartDefinition } from './definition.ts'

/** Finds what documents one part of an API: `undefined` where nothing does. The location has no wildcards. */
export type FindDocumentation = (location: Location) => JsonObject | undefined

/** Documented: what is told about one of these is not told about others. */
const standAlone: readonly DocumentationPartType[] = ['API', 'AUTHORIZER', 'MODEL', 'RESOURCE']

/**
 * Finds documentation as the service inherits it. Documented: of the parts whose path is a prefix, and whose verb and status
 * code are the same or `*`, the one with the most specific path counts, then that with the status code; parts are not merged.
 */
export function inheritDocumentation(parts: readonly DocumentationPartDefinition[]): FindDocumentation {
  const byEntity = new Map<string, DocumentationPartDefinition[]>()
  for (const part of parts.toSorted((a, b) => rank(b.location) - rank(a.location))) {
    const key = keyOf(part.location)
    byEntity.set(key, [...(byEntity.get(key) ?? []), part])
  }
  return (location) => byEntity.get(keyOf(location))?.find((part) => covers(part.location, location))?.properties
}

/** A request has one body, whatever it is called. */
function keyOf({ type, path, name }: Location): string {
  if (type === 'RESOURCE') return `${type} ${path}`
  return type === 'REQUEST_BODY' ? type : `${type} ${name ?? ''}`
}

function covers(general: Location, { type, path = '/', method, statusCode }: Location): boolean {
  return (
    standAlone.includes(type) ||
    (isPrefix(general.path ?? '/', path) &&
      (general.method === '*' || general.method === method) &&
      (general.statusCode === undefined || general.statusCode === '*' || general.statusCode === statusCode))
  )
}

function isPrefix(prefix: string, path: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`)
}

function rank({ path = '/', method, statusCode }: Location): number {
  return path.length * 4 + (statusCode === '*' ? 0 : 2) + (method === '*' ? 0 : 1)
}
