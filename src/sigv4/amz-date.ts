/** A time as SigV4 writes it: `yyyyMMddTHHmmssZ`. */
export function amzDateOf(date: Date): string {
  return date.toISOString().replace(/[:-]|\.\d{3}/g, '')
}

const form = /^\d{8}T\d{6}Z$/

/** Milliseconds of a time as SigV4 writes it; `undefined` for what is none. */
export function parseAmzDate(text: string): number | undefined {
  if (!form.test(text)) return undefined
  const part = (from: number, to: number) => Number(text.slice(from, to))
  const [month, day, hour, minute, second] = [part(4, 6), part(6, 8), part(9, 11), part(11, 13), part(13, 15)]
  const isTime = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59
  return isTime ? Date.UTC(part(0, 4), month - 1, day, hour, minute, second) : undefined
}

/** The time of an HTTP `Date` header, `Sun, 30 Aug 2015 12:36:00 GMT`, as SigV4 writes it; `undefined` for what is none. */
export function amzDateOfHttp(text: string): string | undefined {
  if (!/^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (GMT|UTC|[+-]0000)$/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : amzDateOf(new Date(time))
}
