import { randomBytes } from 'node:crypto'

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

/** A multiple of what each id takes: 18, 12, 12 and 8 bytes. */
const poolBytes = 9_216

/** Draws from pools of random text: an id that is cut from a text costs next to nothing. */
export function randomIds(): Ids {
  const uuids = textPool(() => uuidText(randomBytes(poolBytes)))
  const base64 = textPool(() => base64Text(randomBytes(poolBytes)))
  const hex = textPool(() => randomBytes(poolBytes).toString('hex'))
  const root = traceRoots()
  return {
    request: () => uuids(36),
    extendedRequest: () => base64(16),
    traceRoot: (receivedAt) => root(receivedAt) + hex(24),
    segment: () => hex(16),
  }
}

const dash = 0x2d
const versionFour = 0x34
const variants = Buffer.from('89ab')

/** UUIDs of version 4, one after the other. @param bytes 18 for each, of which it keeps 122 bits. */
function uuidText(bytes: Buffer): string {
  const text = Buffer.from(bytes.toString('hex'), 'latin1')
  for (let at = 0; at < text.length; at += 36) {
    text[at + 8] = text[at + 13] = text[at + 18] = text[at + 23] = dash
    text[at + 14] = versionFour
    text[at + 19] = variants[(bytes[at / 2 + 9] ?? 0) & 3] ?? 0
  }
  return text.toString('latin1')
}

/** Fifteen random characters and `=`, again and again. @param bytes 12 for each. */
function base64Text(bytes: Buffer): string {
  const text = Buffer.from(bytes.toString('base64'), 'latin1')
  for (let at = 15; at < text.length; at += 16) text[at] = 0x3d
  return text.toString('latin1')
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
