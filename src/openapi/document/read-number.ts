import type { Findings } from '../findings.ts'
import { type Json, textOf } from '../json.ts'

/**
 * Reads a number, also one that is written as text.
 *
 * @param place What holds it, for the warning that anything else gives.
 */
export function readNumber(value: Json | undefined, place: string, findings: Findings): number | undefined {
  if (value === undefined || value === null) return undefined
  const text = textOf(value)?.trim() ?? ''
  const number = Number(text)
  if (text !== '' && Number.isFinite(number)) return number
  findings.warnings.push(`Invalid format for ${place}: expected a number but got ${JSON.stringify(value)}. Ignoring.`)
  return undefined
}
