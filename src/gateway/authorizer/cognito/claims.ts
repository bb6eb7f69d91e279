import type { Claims } from '../../../jwt/token-verifier.ts'
import type { Authorization } from '../authorization.ts'

/** What methods are told of a token's claims: all are texts, and times are written out (observed). Most methods ask for little of it. */
export class ClaimsAuthorization implements Authorization {
  private readonly claims: Claims
  private asMembers: Authorization['members'] | undefined
  private asText: string | undefined

  constructor(claims: Claims) {
    this.claims = claims
  }

  get members(): Authorization['members'] {
    this.asMembers ??= new Map([['claims', new Map(texts(this.claims))]])
    return this.asMembers
  }

  get eventText(): string {
    this.asText ??= JSON.stringify({ claims: Object.fromEntries(texts(this.claims)) })
    return this.asText
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
