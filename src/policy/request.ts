/** What is asked of a policy. */
export interface PolicyRequest {
  readonly principal: Principal
  /** Such as `execute-api:Invoke`. */
  readonly action: string
  /** ARN. */
  readonly resource: string
  readonly context: ConditionContext
}

/**
 * The values of condition keys.
 * @param key In lower case: `aws:sourceip`.
 * @returns `undefined` for a key that the request does not have; a list for a key of several values.
 */
export type ConditionContext = (key: string) => string | readonly string[] | undefined

/** Who asks. */
export interface Principal {
  readonly type: 'AWS' | 'Service' | 'Federated' | 'Anonymous'
  /**
   * Every name that a policy may call it by, its own first: the ARN of a user; of a session, and then of its role; the
   * name of a service.
   */
  readonly names: readonly string[]
  /** Twelve digits. Absent for services and for anonymous callers. */
  readonly account?: string
}

/** Somebody who did not say who they are. */
export const anonymous: Principal = { type: 'Anonymous', names: [] }
