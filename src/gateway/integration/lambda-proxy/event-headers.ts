import type { HeaderList } from '../../headers.ts'
import { fateToLambda, isSignature } from '../../mapping/header-fate.ts'
import { remembering } from '../../remembering.ts'
import { type JsonMaps, jsonMaps } from './json-maps.ts'

/** What the gateway adds to the headers of an event. */
export interface ForwardedFor {
  readonly sourceIp: string
  readonly port: string
  /** `http` or `https`. */
  readonly scheme: string
  /** `Root=…`. */
  readonly trace: string
}

interface NameFacts {
  readonly lowerName: string
  /** As JSON text with a colon. */
  readonly key: string
  readonly dropped: boolean
}

const replaced = new Set(['x-forwarded-port', 'x-forwarded-proto', 'x-amzn-trace-id', 'x-forwarded-for'])

const factsOf = remembering((name): NameFacts => {
  const lowerName = name.toLowerCase()
  return {
    lowerName,
    key: `${JSON.stringify(name)}:`,
    dropped: fateToLambda(lowerName) === 'drop' || replaced.has(lowerName),
  }
})

/**
 * `headers` and `multiValueHeaders` of an event: the client's spelling and order, less what never reaches a function, and
 * the forwarding headers after them.
 *
 * @param added Absent: nothing is added.
 */
export function eventHeaders(headers: HeaderList, added?: ForwardedFor): JsonMaps {
  const names: string[] = []
  const values: string[] = []
  const lowerNames: string[] = []
  const { raw } = headers
  for (let i = 0; i < raw.length; i += 2) {
    const { lowerName, key, dropped } = factsOf(raw[i] ?? '')
    const value = raw[i + 1] ?? ''
    if (dropped || isSignature(lowerName, value)) continue
    // One header may come in two spellings: the first names them all.
    const first = lowerNames.indexOf(lowerName)
    names.push(first < 0 ? key : (names[first] ?? key))
    lowerNames.push(lowerName)
    values.push(value)
  }
  if (!added) return jsonMaps(names, values)
  const earlier = headers.get('x-forwarded-for')
  names.push('"X-Amzn-Trace-Id":', '"X-Forwarded-For":', '"X-Forwarded-Port":', '"X-Forwarded-Proto":')
  values.push(added.trace, earlier ? `${earlier}, ${added.sourceIp}` : added.sourceIp, added.port, added.scheme)
  return jsonMaps(names, values)
}
