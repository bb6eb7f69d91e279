import { parseLenient } from './lenient-json.ts'

/**
 * The `statusCode` of what a `MOCK` integration's request template rendered: any integer is taken, but not its text
 * (observed).
 */
export function statusCodeOf(rendered: string): number | undefined {
  try {
    const value = parseLenient(rendered)
    const status = value instanceof Map ? value.get('statusCode') : undefined
    return Number.isInteger(status) ? Number(status) : undefined
  } catch {
    return undefined
  }
}
