import type { JWTPayload } from 'jose'
import { TokenError } from './token-error.ts'

/**
 * Checks when a token holds: it has to have an end (`exp`), and what else it says of times has to be times.
 *
 * @param checksIssueTime Whether a token that will be issued later (`iat`) is refused.
 * @throws {TokenError} `expired`, `not-yet-valid`; `untrusted` for what is no time.
 */
export function checkTimes({ exp, nbf, iat }: JWTPayload, nowMs: number, checksIssueTime: boolean): void {
  const nowSeconds = Math.floor(nowMs / 1000)
  if (!isTime(exp) || (iat !== undefined && !isTime(iat)))
    throw new TokenError('untrusted', 'The token has no such times')
  if (nbf !== undefined && !(isTime(nbf) && nbf <= nowSeconds)) {
    throw new TokenError('not-yet-valid', 'The token is not valid yet')
  }
  if (exp <= nowSeconds) throw new TokenError('expired', 'The token has expired')
  if (checksIssueTime && iat !== undefined && iat * 1000 > nowMs) {
    throw new TokenError('not-yet-valid', 'The token is issued in the future')
  }
}

/** Numbers in JSON may be too large to be any: `1e999`. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
