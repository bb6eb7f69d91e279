import { evaluate } from '../policy/evaluate.ts'
import type { Policy } from '../policy/policy.ts'

/** Documented: what the service names its sessions of the roles of integrations and authorizers. */
export const serviceSessionName = 'BackplaneAssumeRoleSession'

const service = 'apigateway.amazonaws.com'

/** On whose behalf the service assumes a role. Plain data. */
export interface RoleSource {
  /** Of the API, twelve digits. */
  readonly account: string
  /** `arn:aws:execute-api:…`: the method or the authorizer. */
  readonly arn: string
}

/** Whether a role's trust policy lets API Gateway assume it. */
export function trustsService(trust: Policy, roleArn: string, source: RoleSource, nowMs: number): boolean {
  const values = new Map([
    ['aws:sourcearn', source.arn],
    ['aws:sourceaccount', source.account],
    ['aws:currenttime', new Date(nowMs).toISOString()],
    ['aws:epochtime', String(Math.floor(nowMs / 1000))],
    ['aws:principalisawsservice', 'true'],
    ['aws:principalservicename', service],
    ['sts:rolesessionname', serviceSessionName],
  ])
  const principal = { type: 'Service', names: [service] } as const
  const request = { principal, action: 'sts:AssumeRole', resource: roleArn, context: (key: string) => values.get(key) }
  return evaluate([trust], request).effect === 'Allow'
}
