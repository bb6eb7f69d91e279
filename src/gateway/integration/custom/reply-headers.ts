import { configurationError } from '../../error.ts'
import { fateOfMapped, remapped } from '../../mapping/header-fate.ts'
import { headerValue, isHeaderName } from '../../mapping/header-value.ts'
import { remembering } from '../../remembering.ts'
import type { MappedValues } from '../backend.ts'

interface Facts {
  /** The name to send; undefined when the client never gets this header. */
  readonly sent: string | undefined
  readonly isType: boolean
}

const factsOf = remembering((name): Facts => {
  const lowerName = name.toLowerCase()
  const fate = fateOfMapped(lowerName)
  const sent = !isHeaderName(name) || fate === 'drop' ? undefined : fate === 'remap' ? remapped(name) : name
  return { sent, isType: lowerName === 'content-type' }
})

/**
 * The header lines of a method response, flat: those that were mapped or overridden, and no other but a `Content-Type`.
 *
 * @param contentType What the reply has where no header says otherwise.
 * @throws {GatewayError} 500 for a value that no header can hold.
 */
export function replyHeaders(mapped: MappedValues, contentType: string): string[] {
  const lines = ['Content-Type', contentType]
  let typed = false
  for (const [name, values] of mapped) {
    const { sent, isType } = factsOf(name)
    if (sent === undefined) continue
    if (isType) typed = true
    for (const value of values) lines.push(sent, sendable(name, value))
  }
  return typed ? lines.slice(2) : lines
}

function sendable(name: string, value: string): string {
  const text = headerValue(value)
  if (text === undefined) throw configurationError(`The value for header ${name} has control characters`)
  return text
}
