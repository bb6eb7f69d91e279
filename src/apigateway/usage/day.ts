import { badRequest } from '../refusal.ts'

const dayMs = 86_400_000
/** Documented. */
const maxDays = 90

/**
 * The days from one to another, both included.
 *
 * @param todayMs Epoch milliseconds of now: usage is kept for 90 days.
 * @throws {ServiceError} `BadRequestException` for what is no date, for an end before the start, and for days too long ago.
 */
export function daysBetween(startDate: string, endDate: string, todayMs: number): string[] {
  const startMs = parse('startDate', startDate)
  const endMs = parse('endDate', endDate)
  if (endMs < startMs) throw badRequest('Invalid date range specified. The start date must not be after the end date')
  if (startMs < todayMs - maxDays * dayMs || endMs > todayMs + maxDays * dayMs) {
    throw badRequest(`Invalid date range specified. Usage data is available for the last ${maxDays} days`)
  }
  const days: string[] = []
  for (let ms = startMs; ms <= endMs; ms += dayMs) days.push(dayOf(ms))
  return days
}

/** The UTC day of a time: `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

function parse(member: string, text: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(ms) || dayOf(ms) !== text) throw badRequest(`Invalid ${member} specified. Expected YYYY-MM-DD`)
  return ms
}
