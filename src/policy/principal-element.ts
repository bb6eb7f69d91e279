import { isJsonObject, type JsonValue } from '../json/value.ts'
import { parseArn } from '../wire/arn.ts'
import { PolicyError, syntaxError } from './policy-error.ts'
import type { Principal } from './request.ts'

/** What `Principal` or `NotPrincipal` names. */
export interface PrincipalElement {
  /** `*`: everybody, those who did not say who they are included. */
  readonly everybody: boolean
  /** Twelve digits each. */
  readonly accounts: ReadonlySet<string>
  /** ARNs of users, roles and sessions, by type. */
  readonly names: ReadonlyMap<Principal['type'], ReadonlySet<string>>
}

/**
 * How a policy names somebody: themselves (or everybody), the role that their session is of, or their account as a whole.
 * Documented: an account's name passes the decision on to the account's own policies.
 */
export type Naming = 'itself' | 'role' | 'account'

/**
 * Reads the value of `Principal`: `"*"`, or an object of `AWS`, `Service` and `Federated`.
 * @throws {PolicyError} for a principal that cannot be one.
 */
export function parsePrincipals(value: JsonValue | undefined, place: string): PrincipalElement {
  if (value === '*') return { everybody: true, accounts: new Set(), names: new Map() }
  if (!isJsonObject(value) || value.size === 0) throw syntaxError(place)
  const accounts = new Set<string>()
  const names = new Map<Principal['type'], Set<string>>()
  let everybody = false
  for (const [type, listed] of value) {
    if (type !== 'AWS' && type !== 'Service' && type !== 'Federated') throw syntaxError(`${place}.${type}`)
    for (const name of texts(listed, `${place}.${type}`)) {
      const account = type === 'AWS' ? accountOf(name) : undefined
      if (type === 'AWS' && name === '*') everybody = true
      else if (account !== undefined) accounts.add(account)
      else if (isPrincipal(type, name)) names.set(type, (names.get(type) ?? new Set()).add(name))
      else throw new PolicyError(`Invalid principal in policy: "${type}":"${name}"`, `${place}.${type}`)
    }
  }
  return { everybody, accounts, names }
}

/** How an element names somebody; `undefined` when it does not. */
export function namingOf(element: PrincipalElement, principal: Principal): Naming | undefined {
  if (element.everybody) return 'itself'
  const names = element.names.get(principal.type)
  const [own, ...others] = principal.names
  if (names && own !== undefined && names.has(own)) return 'itself'
  if (names && others.some((name) => names.has(name))) return 'role'
  if (principal.account === undefined || !element.accounts.has(principal.account)) return undefined
  return isRoot(own) ? 'itself' : 'account'
}

/**
 * Whether a `NotPrincipal` of a Deny spares somebody. Documented: it has to name the account and, of a session, the role as
 * well as the session itself.
 */
export function isSpared(element: PrincipalElement, principal: Principal): boolean {
  if (element.everybody) return true
  const named = element.names.get(principal.type) ?? new Set()
  const accountIsNamed = principal.account === undefined || element.accounts.has(principal.account)
  const names = principal.names.filter((name) => !isRoot(name))
  return principal.type !== 'Anonymous' && accountIsNamed && names.every((name) => named.has(name))
}

function texts(value: JsonValue, place: string): string[] {
  const values = Array.isArray(value) ? value : [value]
  if (values.length === 0) throw syntaxError(place)
  return values.map((item) => {
    if (typeof item !== 'string') throw syntaxError(place)
    return item
  })
}

/** The account that `123456789012` or `arn:aws:iam::123456789012:root` names. */
function accountOf(name: string): string | undefined {
  if (/^\d{12}$/.test(name)) return name
  return isRoot(name) ? parseArn(name)?.account : undefined
}

function isRoot(name: string | undefined): boolean {
  return /^arn:[a-z-]+:iam::\d{12}:root$/.test(name ?? '')
}

const userOrRole = /^arn:[a-z-]+:iam::\d{12}:(user|role)\/[^*?\s]+$/
const session = /^arn:[a-z-]+:sts::\d{12}:(assumed-role\/[^/*?\s]+\/[^/*?\s]+|federated-user\/[^*?\s]+)$/
/** Of a user or a role: AWS writes it in place of the ARN of one that was deleted. */
const uniqueId = /^A(IDA|ROA)[A-Z0-9]{12,}$/

function isPrincipal(type: 'AWS' | 'Service' | 'Federated', name: string): boolean {
  if (type === 'Service') return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)
  if (type === 'Federated') return /^[A-Za-z0-9._:/-]+$/.test(name)
  return userOrRole.test(name) || session.test(name) || uniqueId.test(name)
}
