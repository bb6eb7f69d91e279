/** A time as SigV4 writes it: `yyyyMMddTHHmmssZ`. */
export function amzDateOf(date: Date): string {
  return date.toISOString().replace(/[:-]|\.\d{3}/g, '')
}

const form = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/

/** Milliseconds of a time as SigV4 writes it; `undefined` for what is none. */
export function parseAmzDate(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] = form.exec(text) ?? []
  if (year === undefined) return undefined
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? undefined : time
}

/** The time of an HTTP `Date` header, `Sun, 30 Aug 2015 12:36:00 GMT`, as SigV4 writes it; `undefined` for what is none. */
export function amzDateOfHttp(text: string): string | undefined {
  if (!/^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (GMT|UTC|[+-]0000)$/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : amzDateOf(new Date(time))
}
