/**
 * A policy of a user, group or role, as its author wrote it. Its grammar was checked when it was stored.
 */
export interface IdentityPolicy {
  /** The inline policy's name, or the managed policy's. */
  readonly name: string
  /** Of managed policies: `arn:aws:iam::{account}:policy{path}{name}`, with the account `aws` for AWS's own. */
  readonly arn?: string
  /** JSON text. Equal documents are equal texts, so that parsing can be shared by text. */
  readonly document: string
}

/** What grants and limits the rights of an access key: a user, a role, or an account's root. Plain JSON data. */
export interface Principal {
  readonly kind: 'root' | 'user' | 'role'
  /** Unique for ever: `AIDA…` of users, `AROA…` of roles; of a root, its account. */
  readonly id: string
  /** `arn:aws:iam::{account}:user{path}{name}`, `…:role{path}{name}` or `…:root`; a role's ARN, not a session's. */
  readonly arn: string
  /** Twelve digits. */
  readonly account: string
  /** Empty for a root. */
  readonly name: string
  readonly tags: Readonly<Record<string, string>>
  /**
   * Inline and attached policies, a user's with those of its groups; managed ones in their default versions. A root
   * has none and may do everything in its account.
   */
  readonly policies: readonly IdentityPolicy[]
  /** What limits the policies; absent: nothing does. */
  readonly permissionsBoundary?: IdentityPolicy
  /** Of roles: who may assume it. JSON text. */
  readonly trustPolicy?: string
}

/** What temporary credentials have beyond their principal. */
export interface Session {
  /** What `X-Amz-Security-Token` must be. A secret: compare it in constant time. */
  readonly token: string
  /** Epoch milliseconds. */
  readonly issuedAt: number
  /** Epoch milliseconds; from then on the credentials are refused with `ExpiredToken`. */
  readonly expiresAt: number
  /** Who the session acts as: `arn:aws:sts::{account}:assumed-role/{role}/{session}`, or the user's own ARN. */
  readonly arn: string
  /** `aws:userid`: `{role id}:{session name}`, or the user's id. */
  readonly userId: string
  /** JSON texts that limit the principal's policies, one per given policy; empty: nothing more limits them. */
  readonly policies: readonly string[]
  /** `aws:PrincipalTag` of the session: they go before the principal's own tags of the same names. */
  readonly tags: Readonly<Record<string, string>>
  /** `sts:SourceIdentity` and `aws:SourceIdentity`. */
  readonly sourceIdentity?: string
  /** `aws:FederatedProvider`: the ARN or name of the identity provider whose token opened the session. */
  readonly federatedProvider?: string
}

/** An access key that signs requests: a user's or root's long-term key (`AKIA…`), or temporary credentials (`ASIA…`). */
export interface AccessKey {
  readonly accessKeyId: string
  /** A secret, here in the clear: it lives in memory only and is never logged. */
  readonly secretAccessKey: string
  /** The `id` of the principal whose key it is. */
  readonly principalId: string
  /** Present on temporary credentials: a request that is signed with them must carry the token. */
  readonly session?: Session
}

/**
 * What the control plane tells every data-plane thread about identities. Changes are states: a repeated one does no harm,
 * and those that arrive together are meant together. A key may arrive before or after its principal; a key whose
 * principal is absent is unknown.
 */
export type IdentityChange =
  | {
      readonly kind: 'principal'
      readonly id: string
      /** Absent: the principal is gone, and all its keys with it. */
      readonly principal?: Principal
    }
  | {
      readonly kind: 'access-key'
      readonly id: string
      /** Absent: the key is gone, inactive or expired; requests with it are refused as with an unknown one. */
      readonly accessKey?: AccessKey
    }
