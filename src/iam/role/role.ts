import { collection } from '../../storage/store.ts'
import type { EntityKind, EntityRecord } from '../entity/entity.ts'
import { revisePrincipal } from '../publication/topic.ts'
import type { TagRecord } from '../tag/tags.ts'

/** A role as it is stored. */
export interface RoleRecord extends EntityRecord {
  readonly tags: readonly TagRecord[]
  /** ARN of the managed policy that limits all others. */
  readonly permissionsBoundary?: string
  /** The document that says who may assume it. */
  readonly trustPolicy: string
  readonly description?: string
  /** 3600 to 43200. */
  readonly maxSessionSeconds: number
}

export const roles: EntityKind<RoleRecord> = {
  noun: 'role',
  title: 'Role',
  idPrefix: 'AROA',
  collection: collection<RoleRecord>('iam-role'),
  maxInlineSize: 10_240,
  revise: revisePrincipal,
}
