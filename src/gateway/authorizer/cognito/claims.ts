import type { Claims } from '../../../jwt/token-verifier.ts'
import type { Authorization } from '../authorization.ts'

/** What methods are told of a token's claims: all are texts, and times are written out (observed). Most methods ask for little of it. */
export function authorizationOf(claims: Claims): Authorization {
  let members: Authorization['members'] | undefined
  let eventText: string | undefined
  return {
    get members() {
      members ??= new Map([['claims', new Map(texts(claims))]])
      return members
    },
    get eventText() {
      eventText ??= JSON.stringify({ claims: Object.fromEntries(texts(claims)) })
      return eventText
    },
  }
}

function texts(claims: Claims): (readonly [string, string])[] {
  return Object.entries(claims).map(([name, value]) => [name, textOf(name, value)] as const)
}

const times: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf'])

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' && times.has(name)) return javaDate(value * 1000)
  if (Array.isArray(value)) return value.map((item) => textOf('', item)).join(',')
  return JSON.stringify(value) ?? ''
}

/** `Thu Jan 18 13:46:04 UTC 2018` */
function javaDate(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return ''
  const [weekday = '', day = '', month = '', year = '', time = ''] = date.toUTCString().split(' ')
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} UTC ${year}`
}
