import { isIPv4, isIPv6 } from 'node:net'

/** A form that texts may have to have. */
export interface Format {
  accepts(text: string): boolean
  /** The words for a text of another form. */
  refusal(text: string): string
}

const dateTimeForms = "[yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.SSSZ]"

function form(kind: string, accepts: (text: string) => boolean): Format {
  return { accepts, refusal: (text) => `string "${text}" is not a valid ${kind}` }
}

/** The formats that the service's validator knows; it lets all others be. Each accepts in time linear in the text. */
const formats: ReadonlyMap<string, Format> = new Map<string, Format>([
  [
    'date-time',
    {
      accepts: isDateTime,
      refusal: (text) => `string "${text}" is invalid against requested date format(s) ${dateTimeForms}`,
    },
  ],
  ['email', form('email address', (text) => /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/.test(text))],
  ['hostname', form('hostname', isHostname)],
  ['ipv4', form('IPv4 address', isIPv4)],
  ['ipv6', form('IPv6 address', (text) => isIPv6(text) && !text.includes('%'))],
  ['regex', form('ECMA 262 regular expression', isRegex)],
  ['uri', form('URI', isUri)],
  ['uuid', form('UUID', (text) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text))],
])

/** Finds a format by the value of its keyword. */
export function formatOf(given: unknown): Format | undefined {
  return typeof given === 'string' ? formats.get(given) : undefined
}

/** Of RFC 3339, with an offset. */
function isDateTime(text: string): boolean {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,12})?(?:Z|[+-]\d\d:?\d\d)$/.exec(text) ?? []
  if (year === undefined) return false
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return (
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= days &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 59
  )
}

function isHostname(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.')
  return text.length <= 253 && labels.every((label) => /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i.test(label))
}

function isRegex(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

/** A reference of RFC 3986, absolute or not: what it may not hold is refused, and so is a broken escape. */
function isUri(text: string): boolean {
  return !/[^\w\-.~:/?#[\]@!$&'()*+,;=%\u00a1-\uffff]|^:|%(?![\da-f]{2})/i.test(text)
}
