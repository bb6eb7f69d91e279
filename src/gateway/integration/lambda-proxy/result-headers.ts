import { fateToClient, remapped } from '../../mapping/header-fate.ts'
import { remembering } from '../../remembering.ts'
import { isMap, malformed } from './malformed.ts'

interface Facts {
  readonly lowerName: string
  readonly valid: boolean
  /** The name to send; undefined when the client never gets this header. */
  readonly sent: string | undefined
}

const factsOf = remembering((name): Facts => {
  const lowerName = name.toLowerCase()
  const fate = fateToClient(lowerName)
  // The gateway measures the body itself.
  const dropped = fate === 'drop' || lowerName === 'content-length'
  const sent = dropped ? undefined : fate === 'remap' ? remapped(name) : name
  return { lowerName, valid: /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name), sent }
})

/**
 * The header lines of a result, flat. `multiValueHeaders` come first, and where both maps have a name it is spelt as
 * there, its list before the single value (observed). Without a content type it is `application/json`.
 * @throws {GatewayError} 502 when a map or a value is malformed.
 */
export function resultHeaders(single: unknown, multi: unknown): string[] {
  const lines: string[] = []
  const singles = mapOf(single, 'headers')
  const multis = mapOf(multi, 'multiValueHeaders')
  let typed = false
  const add = (name: string, value: unknown) => {
    const { lowerName, valid, sent } = factsOf(name)
    if (!valid) throw malformed(`header name ${JSON.stringify(name)}`)
    const text = valueText(value)
    if (sent === undefined) return
    if (lowerName === 'content-type') typed = true
    lines.push(sent, text)
  }
  const spelt = new Set<string>()
  for (const name in multis) {
    const values = multis[name]
    if (!Array.isArray(values)) throw malformed('a multi-value header is no list')
    for (const value of values) add(name, value)
    spelt.add(name.toLowerCase())
    for (const other in singles) {
      if (other.toLowerCase() === name.toLowerCase()) add(name, singles[other])
    }
  }
  for (const name in singles) {
    if (spelt.size === 0 || !spelt.has(name.toLowerCase())) add(name, singles[name])
  }
  if (!typed) lines.push('Content-Type', 'application/json')
  return lines
}

function mapOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {}
  if (!isMap(value)) throw malformed(`${name} is no map`)
  return value
}

/** Text, or a boolean as text; numbers are malformed (observed). Beyond ASCII it is sent as UTF-8. */
function valueText(value: unknown): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') throw malformed('a header value is no text')
  if (/^[\t\x20-\x7e]*$/.test(value)) return value
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a header value must not hold.
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) throw malformed('a header value has control characters')
  return Buffer.from(value, 'utf8').toString('latin1')
}
