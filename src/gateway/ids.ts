import { randomBytes, randomUUID } from 'node:crypto'

/** Makes the ids of a call. */
export interface Ids {
  /** A UUID. */
  request(): string
  /** Such as `YhVVYG0CoAMFjEA=`. */
  extendedRequest(): string
  /** Such as `Root=1-67891233-abcdef012345678912345678`. @param receivedAt Epoch milliseconds. */
  traceRoot(receivedAt: number): string
  /** Sixteen hexadecimal digits, as a trace's segment has. */
  segment(): string
}

const poolBytes = 12_288

/** Draws from pools of random text: an id that is cut from a text costs next to nothing. */
export function randomIds(): Ids {
  const uuids = textPool(() => Array.from({ length: poolBytes / 48 }, () => randomUUID()).join(''))
  const base64 = textPool(() =>
    randomBytes(poolBytes)
      .toString('base64')
      .replace(/(.{15})./g, '$1='),
  )
  const hex = textPool(() => randomBytes(poolBytes).toString('hex'))
  const root = traceRoots()
  return {
    request: () => uuids(36),
    extendedRequest: () => base64(16),
    traceRoot: (receivedAt) => root(receivedAt) + hex(24),
    segment: () => hex(16),
  }
}

/** `Root=1-67891233-`, made once in a second. */
function traceRoots(): (receivedAt: number) => string {
  let known = Number.NaN
  let text = ''
  return (receivedAt) => {
    const second = Math.floor(receivedAt / 1000)
    if (second !== known) {
      known = second
      text = `Root=1-${second.toString(16).padStart(8, '0')}-`
    }
    return text
  }
}

function textPool(refill: () => string): (characters: number) => string {
  let pool = ''
  let at = 0
  return (characters) => {
    if (at + characters > pool.length) {
      pool = refill()
      at = 0
    }
    at += characters
    return pool.slice(at - characters, at)
  }
}

const hexDigits = '0123456789abcdefABCDEF'

/** Whether a client's `x-amzn-RequestId` is a UUID, which is then the call's id. */
export function isUuid(text: string): boolean {
  if (text.length !== 36) return false
  for (let i = 0; i < 36; i++) {
    const dash = i === 8 || i === 13 || i === 18 || i === 23
    if (dash ? text[i] !== '-' : !hexDigits.includes(text[i] ?? '?')) return false
  }
  return true
}
