import type { OpenRoleSession, RoleSession } from '../../identity/role-session.ts'
import type { RoleSource } from '../../identity/service-trust.ts'
import type { SigningCredentials } from '../../sigv4/signer.ts'
import type { Principal } from '../../snapshot/identity.ts'

interface Opened {
  readonly role: Principal
  readonly session: Promise<RoleSession | undefined>
  /** Epoch milliseconds; while it is being opened, the end of time. */
  usableUntil: number
}

/** A session that ends sooner is not begun with: clocks differ, and calls take their time. */
const marginMs = 300_000

/** Keeps one session for each role, and opens another before it ends, and when the role has changed. */
export function roleSessions(open: OpenRoleSession, now: () => number) {
  const known = new Map<string, Opened>()

  function begin(role: Principal, source: RoleSource): Opened {
    const opened: Opened = { role, session: open({ roleArn: role.arn, source }), usableUntil: Number.POSITIVE_INFINITY }
    known.set(role.arn, opened)
    const forget = () => {
      if (known.get(role.arn) === opened) known.delete(role.arn)
    }
    opened.session.then((session) => {
      if (session) opened.usableUntil = session.expiresAt - marginMs
      else forget()
    }, forget)
    return opened
  }

  return {
    /** Calls that come while a session is being opened wait for the same one. */
    async find(role: Principal, source: RoleSource): Promise<SigningCredentials | undefined> {
      const last = known.get(role.arn)
      const usable = last?.role.id === role.id && now() < last.usableUntil ? last : begin(role, source)
      return (await usable.session)?.credentials
    },
  }
}
