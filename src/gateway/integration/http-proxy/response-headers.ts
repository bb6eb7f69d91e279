import { fateToClient, remapped } from '../../mapping/header-fate.ts'
import { remembering } from '../../remembering.ts'

interface Facts {
  /** The name to send; undefined when the client never gets this header. */
  readonly sent: string | undefined
  readonly isType: boolean
  /** The name to send it under once more. */
  readonly again: string | undefined
}

const factsOf = remembering((name): Facts => {
  const lowerName = name.toLowerCase()
  const fate = fateToClient(lowerName)
  return {
    sent: fate === 'drop' ? undefined : fate === 'remap' ? remapped(name) : name,
    isType: lowerName === 'content-type',
    // Observed: the backend's length shows a second time.
    again: lowerName === 'content-length' ? remapped(name) : undefined,
  }
})

/**
 * The header lines for the client, flat, of those that an HTTP backend sent: in its case and order, with its repeats.
 * @param raw Flat names and values.
 */
export function headersForClient(raw: readonly string[], status: number): string[] {
  const lines: string[] = []
  let typed = status === 204 || status === 304
  for (let i = 0; i < raw.length; i += 2) {
    const { sent, isType, again } = factsOf(raw[i] ?? '')
    if (sent === undefined) continue
    const value = raw[i + 1] ?? ''
    lines.push(sent, value)
    if (isType) typed = true
    if (again !== undefined) lines.push(again, value)
  }
  if (!typed) lines.push('Content-Type', 'application/json')
  return lines
}
